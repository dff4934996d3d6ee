"""Pages, workbooks and figures for viewers drawn at random, searched for what leaks.

``python -m tests.viewers.pictures 200`` draws so many policies; of each it makes the
page, the workbook and every figure as SVG and PDF, and prints what leaked.
"""

from __future__ import annotations

import base64
import contextlib
import shutil
import sys
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, seed, settings

from hcpgraph.cli import main
from hcpgraph.exports.read_back import read_back
from hcpgraph.model.names import FIGURES
from tests.viewers import asking, world
from tests.viewers.judging import leaks

if TYPE_CHECKING:
    from tests.viewers.judging import Rules

_USUAL = 200
_KNOWN = ("--known", "known.csv")
_PLAN = (*_KNOWN, "--budget", "3")
PLANNED = {"network", "coverage"}
COMMANDS = {
    "page.html": ("report", "s.duckdb", *_PLAN, "--top", "8"),
    "book.xlsx": ("export", "s.duckdb", "xlsx", *_PLAN, "--top", "8"),
    **{
        f"{kind}.{end}": (
            *("figure", "s.duckdb", kind),
            *(_PLAN if kind in PLANNED else ()),
        )
        for kind in FIGURES
        for end in ("svg", "pdf")
    },
}
# what the page calls its columns, in the values behind it and in its tables
_TOLD = {
    "90_%_interval": "rank_low",
    "probability_of_top_10": "p_top10",
    "endorsed": "adds",
    "prospects": "id",
}
_OF_NOBODY = ("sheet Areas", "sheet About")
_LISTED = (
    "rank", "score", "rank_low", "rank_high", "tier", "p_top10", "reach", "resonance",
    "authority", "brokerage", "activity", "gain", "coverage", "response", "kind",
    "country", "x", "y", "in_degree", "out_degree", "adds", "id", "handle", "name",
)  # fmt: skip


def made(folder: Path, name: str) -> tuple[bool, dict[str, bytes]]:
    """Whether an output was written, and all that was said and written, by name."""
    with contextlib.chdir(folder):
        words = [*COMMANDS[name], "-o", name, "--as", "drawn"]
        result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in {0, 1}, (words, result.output)
    found = {"stdout": result.stdout_bytes, "stderr": result.stderr.encode()}
    for path in (folder / name, folder / f"{name}.provenance.json"):
        if path.exists():
            found[path.name] = _unpacked(path.read_bytes())
    return result.exit_code == 0, found


def _unpacked(content: bytes) -> bytes:
    """The bytes of a file, and those of the files that are packed in it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as book:
        return b"\n".join(book.read(one) for one in book.namelist())


def said(path: Path) -> bytes:
    """Every text of an output, also where it is drawn or packed."""
    cells = [
        str(cell)
        for part in read_back(path)
        for column in part.columns.values()
        for cell in column
    ]
    return "\n".join(cells).encode()


def columns_of(path: Path) -> set[str]:
    """The columns of lists of which a page or a workbook has values."""
    found = set()
    for part in (one for one in read_back(path) if one.where not in _OF_NOBODY):
        for name, cells in part.columns.items():
            told = _TOLD.get(name, name)
            if told in _LISTED and any(map(_says, cells)):
                found.add(told)
    return found


def _says(cell: object) -> bool:
    """Whether a cell says something; arrays of a page are packed."""
    if isinstance(cell, str) and len(cell) % 4 == 0:
        with contextlib.suppress(ValueError):
            return bool(base64.b64decode(cell, validate=True)) or bool(cell)
    return cell not in (None, "")


def faults(folder: Path, rules: Rules, name: str) -> list[object]:
    """What an output for a viewer with these rules holds that it may not hold."""
    path = folder / name
    for one in folder.glob(f"{name}*"):
        one.unlink()
    written, outputs = made(folder, name)
    if not written:
        told = outputs["stderr"].decode()
        assert told.count("\n") == 1 or "Error" in told.splitlines()[-1], told
        return list(leaks(rules, outputs))
    outputs["read back"] = said(path)
    found: list[object] = list(leaks(rules, outputs))
    if path.suffix in {".html", ".xlsx"}:
        found += [one for one in columns_of(path) if not rules.shows(one)]
    return found


@contextlib.contextmanager
def set_for(folder: Path, rules: Rules):
    """The study with a policy in force inside, and as it was before afterwards."""
    shutil.copyfile(folder / "s.duckdb", folder / "whole.duckdb")
    try:
        asking.put_in_force(folder / "s.duckdb", rules)
        yield
    finally:
        shutil.move(folder / "whole.duckdb", folder / "s.duckdb")


def search(folder: Path, policies: int, start: int) -> Counter[str]:
    """Draw policies, make every output for each, and print what leaks.

    Returns:
        How many policies there were, and how many outputs were written, refused, or
        leaked.
    """
    seen: Counter[str] = Counter()

    @seed(start)
    @settings(
        max_examples=policies, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(rules=asking.rules())
    def draw(rules: Rules) -> None:
        seen["policies"] += 1
        with set_for(folder, rules):
            for name in COMMANDS:
                wrong = faults(folder, rules, name)
                seen["written" if (folder / name).exists() else "refused"] += 1
                if wrong:
                    seen["leaks"] += 1
                    sys.stdout.write(f"{rules}\n{name}\n{wrong}\n\n")
        sys.stderr.write(f"{dict(seen)}\n")

    draw()
    return seen


def run() -> int:
    """Search, and say what was found; 1 if anything leaked."""
    policies = int(sys.argv[1]) if len(sys.argv) > 1 else _USUAL
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with TemporaryDirectory() as name:
        world.prepare(Path(name))
        seen = search(Path(name), policies, start)
    for what, times in sorted(seen.items()):
        sys.stdout.write(f"{times:6}  {what}\n")
    return int(bool(seen["leaks"]))


if __name__ == "__main__":
    sys.exit(run())
