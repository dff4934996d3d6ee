"""The files of an import: those named, those in folders, and those in archives."""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers import archives
from hcpgraph.model.files import FileReport
from hcpgraph.store import is_held
from hcpgraph.study import folders, pipes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hcpgraph.importers.archives import Member

_NOT_TEXT: Final = "its name is no UTF-8 text; rename it, or set PYTHONUTF8=1"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to import; those found in a folder or archive may be passed over.

    Attributes:
        path: as the user gave it, or where it was found.
        from_folder: whether the user named a folder or an archive that holds it.
        report: what there is to say of what is no file that can be read.
        file: where its bytes stand.
    """

    path: Path
    from_folder: bool
    report: FileReport | None = None
    file: Path | None = None


def candidates(paths: Iterable[Path]) -> Iterator[Candidate]:
    """Every file to look at: those named, and those in folders, sorted by path."""
    for path in paths:
        try:
            folder = path != pipes.STDIN and stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield _refused(path, folders.unreadable(error))
            continue
        if not folder:
            yield Candidate(path, from_folder=False)
            continue
        for found in folders.walk(path):
            yield _reported(found.path, found.error, found.note)


def contents(candidate: Candidate) -> Iterator[Candidate]:
    """The file itself, or what an archive holds, one after the other.

    The bytes of each stand where its ``file`` says until the next is asked for.
    """
    path = candidate.path
    if not _is_text(path):
        candidate = _refused(path, _NOT_TEXT)
    if candidate.report is not None:
        yield candidate
        return
    try:
        with pipes.readable(path) as file, TemporaryDirectory(prefix="hcpgraph-") as at:
            # whoever reads a study that is open gives its lock away
            if is_held(file) or not archives.is_archive(file):
                yield replace(candidate, file=file)
                return
            yield from _inside(path, archives.members(file, Path(at)))
    except ExportError as error:
        yield _refused(path, error.reason)
    except OSError as error:
        if error.filename != str(path):
            raise
        yield _refused(path, folders.unreadable(error))


def _inside(path: Path, members: Iterable[Member]) -> Iterator[Candidate]:
    """The members of an archive, each under the archive's path and its own."""
    for member in members:
        inside = path / member.name
        if _is_text(inside):
            found = _reported(inside, member.error, member.note)
            yield replace(found, file=member.file)
        else:
            yield _refused(inside, _NOT_TEXT)


def _reported(path: Path, error: str | None, note: str | None) -> Candidate:
    report = None
    if error or note:
        report = FileReport(path, "", notes=(note,) if note else (), error=error)
    return Candidate(path, from_folder=True, report=report)


def _refused(path: Path, reason: str) -> Candidate:
    report = FileReport(path, format="", error=reason)
    return Candidate(path, from_folder=False, report=report)


def _is_text(path: Path) -> bool:
    r"""Whether a path can be written down; Python reads stray bytes as half characters.

    >>> from pathlib import Path
    >>> _is_text(Path("caf\u00e9.csv")), _is_text(Path("caf\udce9.csv"))
    (True, False)
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True
