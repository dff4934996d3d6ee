"""Many cases over several processes: watched, counted, and what they find kept."""

from __future__ import annotations

import base64
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from tests.fuzz import making, questions
from tests.fuzz.worker import TOGETHER, Share

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT: Final = Path(__file__).parents[2]
_SILENCE: Final = 180.0  # seconds for one case; the first of all may compile kernels
_SHARE: Final = 20 * TOGETHER  # cases that a process runs before another takes over
_KEPT: Final = 3  # examples of a kind of fault
# What is wrong only of the file as it was made: a smaller one is another file.
_FORESEEN: Final = ("imported, must be", "refused, is sound", "rows refused of a sound")


@dataclass
class Found:
    """What a run found.

    Attributes:
        cases: how many files were imported and questions asked.
        seconds: how long that took.
        kinds: kind of fault -> how many cases showed it.
        examples: kind of fault -> the smallest files that show it, at most three.
    """

    cases: int = 0
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, fault: dict[str, Any]) -> None:
        """Count a fault, and keep it if it is one of the smallest of its kind."""
        kind = fault["kind"]
        self.kinds[kind] += 1
        kept = self.examples.setdefault(kind, [])
        kept.append(fault)
        kept.sort(key=lambda one: (not one["alone"], len(one["data"])))
        del kept[_KEPT:]

    def summary(self) -> str:
        """The kinds of faults, the most frequent first, with an example each."""
        rate = self.cases / self.seconds if self.seconds else 0.0
        lines = [
            f"{self.cases} cases in {self.seconds:.0f} s ({rate:.1f} a second), "
            f"{sum(self.kinds.values())} faults of {len(self.kinds)} kinds"
        ]
        for kind, count in self.kinds.most_common():
            one = self.examples[kind][0]
            lines.append(f"{count:7d}  {kind}")
            lines.append(
                f"         case {one['number']}, {one['recipe']}, {_command(one)}"
            )
        return "\n".join(lines)


def run(shares: Iterable[Share], *, processes: int, silence: float = _SILENCE) -> Found:
    """Run all shares, at most so many at a time."""
    found = Found()
    lock = threading.Lock()
    start = time.monotonic()

    def one(share: Share) -> None:
        for line in _watched(share, silence):
            with lock:
                if "fault" in line:
                    found.add(line["fault"])
                    told = f"case {line['fault']['number']}: {line['fault']['kind']}\n"
                    sys.stderr.write(told)
                else:
                    found.cases += line.get("done", 0)
        if not share.fault:
            told = f"{found.cases} cases, {found.kinds.total()} faults\n"
            sys.stderr.write(told)

    with ThreadPoolExecutor(processes) as pool:
        for _ in pool.map(one, shares):
            pass  # what a thread raises is raised here
    found.seconds = time.monotonic() - start
    return found


def minimise(found: Found, *, seed: int, folder: Path, processes: int) -> None:
    """Replace one example of each kind by the smallest file that still shows it."""
    todo = [
        Share(
            seed=seed,
            kind="file",
            first=kept[0]["number"],
            last=kept[0]["number"] + 1,
            folder=str(folder / f"smallest-{place}"),
            fault=kind,
        )
        for place, (kind, kept) in enumerate(found.examples.items())
        if kept[0]["of"] == "file" and not kind.startswith(_FORESEEN)
    ]
    smaller = run(todo, processes=processes)
    for kind, kept in smaller.examples.items():
        if kind in found.examples:
            found.examples[kind] = [kept[0], *found.examples[kind]][:_KEPT]


def shares(*, seed: int, kind: str, first: int, last: int, folder: Path) -> list[Share]:
    """Cut a range of cases into what single processes run."""
    return [
        Share(
            seed=seed,
            kind=kind,
            first=start,
            last=min(start + _SHARE, last),
            folder=str(folder / f"{kind}-{start}"),
        )
        for start in range(first, last, _SHARE)
    ]


def _watched(share: Share, silence: float) -> Iterable[dict[str, Any]]:
    """The lines of a worker; where it dies or hangs, another goes on behind that.

    Raises:
        RuntimeError: if the worker itself is at fault.
    """
    while share.first < share.last:
        at, done = share.first, False
        process = subprocess.Popen(
            command(share),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )
        lines = _lines(process)
        try:
            while (line := lines.get(timeout=silence)) is not None:
                at, done = line.get("at", at), "done" in line
                if "at" not in line:
                    yield line
            code = process.wait()
            if code == 1 and not done:
                raise RuntimeError(f"the worker itself failed at case {at}")
            why = f"the process died: exit code {code}"
        except queue.Empty:
            why = f"no end within {silence:g} seconds"
        finally:
            _end(process)
        if done:
            return
        yield {"fault": fault_of_case(share, at, why)}
        yield {"done": at + 1 - share.first}
        share = replace(share, first=at + 1)


def _end(process: subprocess.Popen[str]) -> None:
    """End a worker that has not ended by itself, and the reader it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def command(share: Share) -> list[str]:
    """What starts the process that runs a share."""
    told = json.dumps(asdict(share))
    return [sys.executable, "-m", "tests.fuzz", "--worker", told]


def _lines(process: subprocess.Popen[str]) -> queue.Queue[dict[str, Any] | None]:
    """The lines of a process as they come, and None at their end."""
    found: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def read(stream: IO[str]) -> None:
        with stream:
            for line in stream:
                found.put(json.loads(line))
        found.put(None)

    assert process.stdout is not None
    threading.Thread(target=read, args=(process.stdout,), daemon=True).start()
    return found


def fault_of_case(share: Share, number: int, why: str) -> dict[str, Any]:
    """A fault of the case that a process was at."""
    told = {"kind": why, "detail": why, "number": number, "alone": False}
    told["of"] = share.kind
    if share.kind == "question":
        asked = questions.make(share.seed, number)
        data, words = asked.people, list(asked.words)
        told |= {"recipe": words[0], "name": "people.csv"}
    else:
        case = making.make(share.seed, number)
        data, words = case.data, case.words()
        told |= {"recipe": case.recipe, "name": f"{number}"}
    return told | {"words": words, "data": base64.b64encode(data).decode()}


def keep(found: Found, folder: Path) -> None:
    """Write the examples of every kind of fault, and a summary beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "summary.txt").write_text(f"{found.summary()}\n", encoding="utf-8")
    for place, (kind, _) in enumerate(found.kinds.most_common(), start=1):
        slug = re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")[:70]
        inside = folder / f"{place:02d}-{slug}"
        inside.mkdir(exist_ok=True)
        for n, one in enumerate(found.examples[kind], start=1):
            (inside / f"example-{n}").write_bytes(base64.b64decode(one["data"]))
            told = (
                f"{kind}\n{_command(one)}\n"
                f"case {one['number']}, {one['recipe']}, file name {one['name']!r}\n"
                f"shown in a study of its own: {'yes' if one['alone'] else 'not tried'}"
                f"\n\n{one['detail']}\n"
            )
            (inside / f"example-{n}.txt").write_text(
                told, encoding="utf-8", errors="backslashreplace"
            )


def _command(fault: dict[str, Any]) -> str:
    """The command that shows a fault."""
    words = [w.encode("utf-8", "backslashreplace").decode() for w in fault["words"]]
    shown = " ".join(
        repr(w) if re.search(r"[^\w./:=@-]", w) or not w else w for w in words
    )
    if fault["of"] == "question":
        return f"hcpgraph {shown}"
    return f"hcpgraph import s.study example-1 {shown}"
