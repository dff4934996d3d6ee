"""One process that runs cases and questions and tells what it finds, line by line.

The lines on its standard output are JSON: what begins, what was found, what is done.
Whoever started it reads them, and ends it where nothing comes for too long.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Self

from tests.fuzz import making, minimising, questions, sessions
from tests.fuzz.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.fuzz.making import Case

TOGETHER: Final = 50  # files that go into one study
_ASKED: Final = 25  # files between two looks at the study from another process
_READERS: Final = 10  # studies that one such process looks at


@dataclass(frozen=True)
class Share:
    """What one process has to do.

    Attributes:
        seed: of the whole run.
        kind: "file" or "question".
        first: number of its first case.
        last: number after its last case.
        folder: for its studies and files.
        fault: a kind of fault; if it is named, all to do is to find the smallest file
            that shows it, beginning with that of the first case.
    """

    seed: int
    kind: str
    first: int
    last: int
    folder: str
    fault: str = ""


def main(word: str) -> None:
    """Do a share that is given as JSON, or read studies if the word is "read"."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the package prints is no line of ours
    if word == "read":
        _read(told)
        return
    share = Share(**json.loads(word))

    def tell(**line: Any) -> None:
        told.write(f"{json.dumps(line)}\n")
        told.flush()

    if share.fault:
        _minimise(share, tell)
    elif share.kind == "file":
        _run_files(share, tell)
    else:
        _run_questions(share, tell)
    tell(done=share.last - share.first)


def _run_files(share: Share, tell: Callable[..., None]) -> None:
    folder = Path(share.folder)
    session = sessions.Session(folder / "study")
    tell(at=share.first)
    with Reader() as reader:
        for number in range(share.first, share.last):
            if number == share.first or number % TOGETHER == 0:
                session.begin(fresh=number // TOGETHER % 3 == 0)
            tell(at=number)
            case = making.make(share.seed, number)
            found = session.judge(case)
            if number % _ASKED == _ASKED - 1 and session.study.exists():
                found += reader.ask(session.study)
            for fault in _each_once(found):
                tell(fault=_told_of(case, fault))


def _each_once(found: Iterable[Fault]) -> Iterator[Fault]:
    """One fault of each kind, as one file may show it in many places."""
    yield from {fault.kind: fault for fault in found}.values()


def _told_of(case: Case, fault: Fault) -> dict[str, Any]:
    return {
        "of": "file",
        "kind": fault.kind,
        "detail": fault.detail,
        "number": case.number,
        "recipe": case.recipe,
        "name": case.name.encode(errors="backslashreplace").decode(),
        "words": case.words(),
        "data": base64.b64encode(case.data).decode(),
        "alone": False,
    }


def _minimise(share: Share, tell: Callable[..., None]) -> None:
    """Find the smallest file that shows a fault in a study of its own."""
    case = making.make(share.seed, share.first)
    session = sessions.Session(Path(share.folder) / "study")

    def shown(data: bytes) -> Fault | None:
        session.begin(fresh=False)
        tell(at=share.first)
        again = making.make(share.seed, share.first)  # with all its chances
        found = session.judge(dataclasses.replace(again, data=data))
        return next((fault for fault in found if fault.kind == share.fault), None)

    if shown(case.data) is None:
        return  # it takes the files before it
    data = minimising.smallest(case.data, lambda data: shown(data) is not None)
    fault = shown(data)
    if fault is not None:
        told = _told_of(dataclasses.replace(case, data=data), fault)
        tell(fault={**told, "alone": True})


def _run_questions(share: Share, tell: Callable[..., None]) -> None:
    folder = Path(share.folder) / "asked"
    folder.parent.mkdir(parents=True, exist_ok=True)
    tell(at=share.first)
    asking = questions.Asking(folder)
    for number in range(share.first, share.last):
        if number == share.first or number % TOGETHER == 0:
            asking.begin()
        tell(at=number)
        question = questions.make(share.seed, number)
        with contextlib.chdir(folder):
            found = asking.judge(question)
        for fault in _each_once(found):
            tell(
                fault={
                    "of": "question",
                    "kind": fault.kind,
                    "detail": fault.detail,
                    "number": number,
                    "recipe": question.words[0],
                    "name": "people.csv",
                    "words": list(question.words),
                    "data": base64.b64encode(question.people).decode(),
                    "alone": False,
                }
            )


class Reader:
    """Another process that opens studies to read them, as their owner would."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, study: Path) -> list[Fault]:
        """What is wrong with the answers that *study* gives."""
        if self._asked >= _READERS:
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fuzz", "--worker", "read"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self._asked = 0
        self._asked += 1
        asked, answer = _pipes(self._process)
        asked.write(f"{study}\n")
        asked.flush()
        line = answer.readline()
        if not line:
            code = self._process.wait()
            self._process = None
            return [Fault.of(f"a reader of the study died: {code}", study)]
        return [Fault(kind, detail) for kind, detail in json.loads(line)]

    def _end(self) -> None:
        if self._process is not None:
            asked, answer = _pipes(self._process)
            asked.close()
            self._process.wait()
            answer.close()
            self._process = None


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _read(told: IO[str]) -> None:
    """Answer with the faults of each study that is named."""
    for line in sys.stdin:
        found = sessions.ask(Path(line.rstrip("\n")))
        told.write(f"{json.dumps([(f.kind, f.detail) for f in found])}\n")
        told.flush()
