"""Cases run one after the other into one study, each judged by all that must hold."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import click.testing

from hcpgraph.cli import main
from hcpgraph.errors import HcpgraphError, StoreError
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study
from tests.fuzz import faults, judging
from tests.fuzz.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hcpgraph.model.files import FileReport
    from tests.fuzz.judging import Entry
    from tests.fuzz.making import Case

# How often what takes long is looked at.
_UNTOUCHED: Final = 0.1  # a refused file leaves every row of the study as it was
_AGAIN: Final = 0.1  # the same file once more changes nothing
_TAKEN_OUT: Final = 0.1  # taken out again, it leaves the counts of before
_TWIN: Final = 0.1  # compressed, it is the same file

_FIRST: Final = "follower,followed,timestamp\n1,2,2025-01-01T10:00:00Z\n2,3,\n"


@dataclass(frozen=True)
class Outcome:
    """What one import did.

    Attributes:
        imported: whether the file is in the study now.
        faults: what was wrong with it.
        known: whether these very bytes were in the study before.
    """

    imported: bool
    faults: tuple[Fault, ...]
    known: bool = False


def run(*words: str) -> tuple[click.testing.Result, list[Fault]]:
    """Run the command, as people do, and judge what it printed."""
    result = click.testing.CliRunner().invoke(main, list(words))
    found: list[Fault] = []
    raised = result.exception
    if raised is not None and not isinstance(raised, SystemExit):
        found.append(Fault.raised(raised))
    elif result.exit_code not in (0, 1, 2):
        found.append(Fault.of(f"exit code {result.exit_code}", words))
    elif result.exit_code and not result.stderr.strip():
        found.append(Fault.of("a failure without a word", words))
    found += faults.of_screen(result.stderr, "stderr")
    return result, found


class Session:
    """A study that cases are imported into.

    Args:
        folder: for the study and the files; emptied by ``begin``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.study = folder / "s.study"
        self._odd: frozenset[Any] = frozenset()
        self._last: int | None = None

    @cached_property
    def _template(self) -> Path:
        """A study with its areas and one small file, to begin with."""
        place = self._folder.parent / f"{self._folder.name}-template"
        place.mkdir(parents=True, exist_ok=True)
        (place / "first.csv").write_text(_FIRST, encoding="utf-8")
        Study(place / "s.study").add(place / "first.csv")
        return place / "s.study"

    def begin(self, *, fresh: bool) -> None:
        """Begin with another study: one that is yet to be made, or a small one."""
        template = self._template
        self._odd = frozenset()
        self._last = None if fresh else 0
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        if not fresh:
            shutil.copyfile(template, self.study)

    def store(self, case: Case) -> Path:
        """Write the file of a case, under its name."""
        path = self._folder / case.name
        path.write_bytes(case.data)
        return path

    def judge(self, case: Case) -> list[Fault]:
        """Import the file of a case; gives everything that is wrong."""
        try:
            return self._judged(case)
        except judging.duckdb.Error as error:
            self.begin(fresh=True)
            return [Fault.of(f"the study does not open: {type(error).__name__}", error)]

    def _judged(self, case: Case) -> list[Fault]:
        path = self.store(case)
        shares = {
            "untouched": _UNTOUCHED,
            "again": _AGAIN,
            "taken out": _TAKEN_OUT,
            "twin": _TWIN,
        }
        wanted = {what: case.rng.random() < share for what, share in shares.items()}
        before = self._before(wanted)
        outcome = self._import(case, path)
        found = list(outcome.faults)
        entry = None
        if outcome.imported:
            seen = judging.look(self.study)
            entry = seen.last
            found += seen.faults
            if entry is not None:
                found += judging.of_accounts(seen.odd - self._odd, entry.format)
                self._last = entry.file
            self._odd = seen.odd
        if not outcome.known:
            found += judging.unforeseen(case, entry)
        if entry is not None:
            found += judging.of_nothing(case.data, entry)
            found += self._after_import(case, path, entry, before)
        elif "digest" in before and before["digest"] != self._digest():
            found.append(Fault.of("a refused file changed the study", case.words()))
        if "copy" in before and not outcome.known:  # a twin's bytes are new
            found += self._of_twin(case, entry, before["copy"])
        path.unlink()
        return found

    def _before(self, wanted: dict[str, bool]) -> dict[str, Any]:
        """What will be compared with what is there afterwards."""
        there = self.study.exists()
        found: dict[str, Any] = {}
        if wanted["untouched"]:
            found["digest"] = self._digest()
        if wanted["again"]:
            found["again"] = True
        if wanted["taken out"] and there:
            found["counts"] = judging.counts(self.study)
        if wanted["twin"] and there:
            found["copy"] = self._copy("twin.study")
        return found

    def _digest(self) -> str:
        return judging.digest(self.study) if self.study.exists() else "no study"

    def _copy(self, name: str) -> Path:
        copy = self._folder / name
        shutil.copyfile(self.study, copy)
        return copy

    def _import(self, case: Case, path: Path) -> Outcome:
        if case.by_command:
            return self._by_command(case, path)
        return self._by_library(case, path)

    def _by_command(self, case: Case, path: Path) -> Outcome:
        words = ("import", str(self.study), str(path), *case.words())
        result, found = run(*words)
        found += faults.of_screen(result.stdout, "stdout")
        entry = None
        if result.exit_code == 0 and self.study.exists():
            entry = judging.look(self.study).last
        imported = entry is not None and entry.file != self._last
        if entry is not None and imported:
            numbers = r"\s+".join(map(str, entry.outcome[1:]))
            if not re.search(rf"\s{numbers}\b", result.stdout):
                found.append(
                    Fault.of("the table is not the ledger", f"{result.stdout}\n{entry}")
                )
        known = result.exit_code == 0 and not imported
        return Outcome(imported, tuple(found), known)

    def _by_library(self, case: Case, path: Path) -> Outcome:
        try:
            options = ImportOptions(**case.said)
        except (ValueError, HcpgraphError):
            return Outcome(imported=False, faults=())
        try:
            reports = Study(self.study).add(path, options=options)
        except StoreError as error:
            told = Fault.raised(error)
            kind = f"a file's fault is the study's: {faults.shape(error.reason)}"
            return Outcome(imported=False, faults=(Fault(kind, told.detail),))
        except HcpgraphError as error:
            return Outcome(False, tuple(faults.of_message(str(error), "an error")))
        except Exception as error:  # any is a finding
            return Outcome(imported=False, faults=(Fault.raised(error),))
        if not reports:  # an archive with nothing in it
            return Outcome(imported=False, faults=())
        (report,) = reports
        known = any("already imported" in note for note in report.notes)
        found = tuple(_of_report(report))
        return Outcome(report.imported and not known, found, known)

    def _after_import(
        self, case: Case, path: Path, entry: Entry, before: dict[str, Any]
    ) -> Iterator[Fault]:
        if "again" in before:
            yield from self._of_again(case, path)
        if "counts" in before:
            yield from self._of_removal(entry, before["counts"])

    def _of_again(self, case: Case, path: Path) -> Iterator[Fault]:
        before = self._digest()
        outcome = self._import(case, path)
        yield from outcome.faults
        if outcome.imported or before != self._digest():
            yield Fault.of("the same file once more is no no-op", case.words())

    def _of_removal(self, entry: Entry, before: dict[str, int]) -> Iterator[Fault]:
        copy = self._copy("removal.study")
        with judging.duckdb.connect(str(copy), read_only=True) as connection:
            (digest,) = connection.execute(
                f"select sha256 from source_file where file = {entry.file}"
            ).fetchone()
        try:
            Study(copy).remove(digest)
        except Exception as error:  # any is a finding
            yield Fault.raised(error)
            return
        yield from judging.removed(before, judging.counts(copy))
        copy.unlink()

    def _of_twin(self, case: Case, entry: Entry | None, copy: Path) -> Iterator[Fault]:
        """Compressed, the file must be read as it is without."""
        if case.data.startswith((b"\x1f\x8b", b"PAR1", b"PK")) or not case.data:
            return
        if b"ustar" in case.data[257:263]:
            return  # archives are read by themselves only
        # a name that is no text is refused, which the twin's is not
        if any("\ud800" <= sign <= "\udfff" for sign in case.name):
            return
        path = self._folder / "twin"
        path.write_bytes(gzip.compress(case.data, mtime=0))
        twin = Session(self._folder)
        twin.study = copy
        outcome = twin._by_library(case, path)
        found = judging.look(copy).last if outcome.imported else None
        yield from outcome.faults
        theirs = found.outcome if found else None
        ours = entry.outcome if entry else None
        if theirs != ours and not (case.by_command and entry is None):
            yield Fault.of("compressed, it is another file", f"{ours} {theirs}")
        path.unlink()
        copy.unlink()


def _of_report(report: FileReport) -> Iterator[Fault]:
    """What is wrong with what the library says of a file."""
    if report.imported:
        total = report.accepted + report.known + report.rejected
        if total != report.read:
            yield Fault.of("the report does not add up", report)
        if bool(report.reasons) != (report.rejected > 0):
            yield Fault.of("rejected rows without reasons, or the reverse", report)
    if report.error is not None:
        yield from faults.of_message(report.error, "a refusal")
    for note in report.notes:
        yield from faults.of_message(note, "a note")
    for line, reason in report.reasons:
        yield from faults.of_message(reason, "a reason")
        if not isinstance(line, int) or line < 1:
            yield Fault.of("a reason without its line", report.reasons)


def questions(study: Path) -> Sequence[tuple[str, ...]]:
    """What every study can be asked, as words of the command."""
    name = str(study)
    return (
        ("info", name, "--format", "json"),
        ("info", name),
        ("areas", name),
        ("find", name, "a"),
        ("rank", name, "--audience", "all", "--resamples", "0"),
    )


def ask(study: Path) -> list[Fault]:
    """Ask a study what it must always answer."""
    found: list[Fault] = []
    for words in questions(study):
        result, wrong = run(*words)
        found += wrong
        if "json" not in words:
            found += faults.of_screen(result.stdout, f"stdout of {words[0]}")
        if result.exit_code and words[0] != "rank":
            found.append(Fault.of(f"{words[0]} does not answer", result.output))
        if "json" in words and not result.exit_code:
            found += _of_info(json.loads(result.stdout))
    return found


def _of_info(told: dict[str, Any]) -> Iterator[Fault]:
    for entry in told["files"]:
        if entry["accepted"] + entry["known"] + entry["rejected"] != entry["read"]:
            yield Fault.of("info does not add up", entry)
