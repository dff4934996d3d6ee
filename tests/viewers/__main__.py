"""``python -m tests.viewers COUNT``: so many policies and commands, and what leaked.

Each is a random viewer, a random command over tables, networks or JSON, and a search
for every cell that the viewer may not see in all bytes that come of it.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.viewers import asking, world

_USUAL: Final = 10_000


def run(count: int, folder: Path, start: int) -> Counter[str]:
    """Run so many commands; gives how often each wrote, was refused or leaked."""
    seen: Counter[str] = Counter()
    world.prepare(folder)
    whole = (folder / "s.duckdb").read_bytes()

    @seed(start)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(rules=asking.rules(), command=asking.commands())
    def once(rules, command):
        (folder / "s.duckdb").write_bytes(whole)
        asking.put_in_force(folder / "s.duckdb", rules)
        outputs = asking.outputs_of(folder, command)
        found = asking.faults(rules, command, outputs)
        refused = outputs["stderr"].startswith(b"Error: ")
        seen[f"{command[0]}: {'refused' if refused else 'answered'}"] += 1
        seen["runs"] += 1
        if found:
            seen["leaks"] += 1
            sys.stdout.write(f"{rules}\n{command}\n{found}\n\n")
            sys.stdout.flush()

    once()
    return seen


def main() -> int:
    """Run, and say what was found; 1 if anything leaked."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _USUAL
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with TemporaryDirectory() as name:
        seen = run(count, Path(name), start)
    for what, times in sorted(seen.items()):
        sys.stdout.write(f"{times:6}  {what}\n")
    return int(bool(seen["leaks"]))


if __name__ == "__main__":
    sys.exit(main())
