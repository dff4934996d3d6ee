"""Archives (zip, tar, tar.gz): what they hold, one file after the other.

No file is written under a name from an archive: each member is copied to one and the
same temporary file. How many bytes may come out is limited while they are read.
"""

from __future__ import annotations

import gzip
import re
import stat
import tarfile
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import packed, workbooks
from hcpgraph.importers.reading.copying import write_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import IO

MOST_INFLATED: Final = 2**30  # bytes that any archive may hold
MOST_RATIO: Final = 200  # and how many times its own size

_BLOCK: Final = 2**20
_READ: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OFFICE: Final = "[Content_Types].xml"  # in documents of Word and others
_ENCRYPTED: Final = "is encrypted; unpack the archive with its password"
_PACKED: Final = "is packed in a way that is not read; unpack the archive"
_LINK: Final = "passed over: a link, a pipe or a device, and no file"
_NESTED: Final = "passed over: an archive inside an archive; unpack it and import it"
_BROKEN: Final = "is damaged inside its archive; copy or download the archive again"
_DAMAGED: Final = "is a damaged archive; copy or download it again"
_FAULTS: Final = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError),
    *(NotImplementedError, UnicodeError, ValueError, gzip.BadGzipFile),
)
_APART: Final = re.compile(r"[\\/]+")


@dataclass(frozen=True, slots=True)
class Member:
    """Something in an archive.

    Attributes:
        name: its path inside, as it may be shown.
        file: a copy, until the next member is asked for; None if there is none.
        error: why it cannot be read.
        note: why it is passed over.
    """

    name: str
    file: Path | None = None
    error: str | None = None
    note: str | None = None


def is_archive(path: Path) -> bool:
    """Whether a file is an archive, and no workbook.

    Raises:
        OSError: if it cannot be read.
    """
    try:
        start, gzipped = packed.beginning(path, tarfile.BLOCKSIZE)
    except ExportError:  # it is compressed and damaged, as its reader says
        return False
    if start.startswith(workbooks.ZIP) and not gzipped:
        return not workbooks.is_workbook(path) and not _is_office(path)
    return _is_tar(start[: tarfile.BLOCKSIZE])


def members(path: Path, folder: Path) -> Iterator[Member]:
    """What an archive holds, sorted by path, hidden files left out.

    Args:
        path: the archive.
        folder: where copies are made; empty.

    Raises:
        ExportError: if it is damaged, or inflates to too much.
    """
    budget = _Budget(path)
    try:
        with path.open("rb") as stream:
            zipped = stream.read(4) in workbooks.ZIP
        found = _of_zip if zipped else _of_tar
        yield from found(path, folder, budget)
    except _FAULTS as error:
        raise ExportError(path, _DAMAGED) from error


class _Budget:
    """Counts the bytes that come out of an archive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._most = max(MOST_INFLATED, MOST_RATIO * path.stat().st_size)
        self._left = self._most

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces.

        Raises:
            ExportError: if there are too many.
        """
        for piece in pieces:
            self._left -= len(piece)
            if self._left < 0:
                raise ExportError(
                    self._path,
                    f"inflates to more than {self._most / 2**30:.3g} GB; unpack it and"
                    " import the files inside",
                )
            yield piece


class _Names:
    """Paths inside an archive as they may be shown, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def shown(self, name: str) -> str:
        """A path without what leads out of the archive."""
        parts = [part for part in _APART.split(name) if part not in ("", ".", "..")]
        plain = again = "/".join(parts) or "without a name"
        count = 1
        while again in self._given:
            count += 1
            stem, dot, suffix = plain.rpartition(".")
            again = f"{stem or suffix} ({count}){dot + suffix if stem else ''}"
        self._given.add(again)
        return again


def _is_hidden(name: str) -> bool:
    """Files that folders hide, and what macOS puts beside files."""
    parts = _APART.split(name)
    return any(
        part == "__MACOSX" or (part.startswith(".") and part.strip("."))
        for part in parts
    )


def _of_zip(path: Path, folder: Path, budget: _Budget) -> Iterator[Member]:
    names = _Names()
    with zipfile.ZipFile(path) as archive:
        listed = [(_decoded(info), info) for info in archive.infolist()]
        for name, info in sorted(listed, key=lambda each: each[0]):
            if info.is_dir() or _is_hidden(name):
                continue
            shown = names.shown(name)
            mode = info.external_attr >> 16
            if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
                yield Member(shown, note=_LINK)
            elif info.flag_bits & 1:
                yield Member(shown, error=_ENCRYPTED)
            elif info.compress_type not in _READ:
                yield Member(shown, error=_PACKED)
            else:
                yield _copied(path, shown, folder, budget, partial(archive.open, info))


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _of_tar(path: Path, folder: Path, budget: _Budget) -> Iterator[Member]:
    plain = path
    with path.open("rb") as stream:
        gzipped = stream.read(2) == packed.MAGIC
    if gzipped:
        plain = folder / "archive"
        with closing(packed.pieces(path, gzipped=True)) as pieces:
            write_copy(path, plain, budget.counted(pieces))
    names = _Names()
    with tarfile.open(plain, "r:", encoding="utf-8", errors="replace") as archive:
        listed = archive.getmembers()
        _check_end(archive, plain)
        for info in sorted(listed, key=lambda each: each.name):
            if info.isdir() or _is_hidden(info.name):
                continue
            shown = names.shown(info.name)
            if info.isreg():
                yield _copied(path, shown, folder, budget, partial(_of, archive, info))
            else:
                yield Member(shown, note=_LINK)


def _of(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise tarfile.ReadError("no file")
    return stream


def _check_end(archive: tarfile.TarFile, path: Path) -> None:
    """Of what is no header, the library takes the first for the end.

    Raises:
        ReadError: if something else than zeros stands there.
    """
    with path.open("rb") as stream:
        stream.seek(archive.offset)
        if stream.read(tarfile.BLOCKSIZE).strip(b"\0"):
            raise tarfile.ReadError("no header")


def _copied(
    path: Path,
    shown: str,
    folder: Path,
    budget: _Budget,
    opened: Callable[[], IO[bytes]],
) -> Member:
    """A member in a file of its own.

    Raises:
        ExportError: if the archive inflates to too much, or there is no room.
    """
    copy = folder / "member"
    try:
        with opened() as stream:
            pieces = iter(lambda: stream.read(_BLOCK), b"")
            write_copy(path, copy, budget.counted(pieces))
    except (*_FAULTS, RuntimeError):  # of what is encrypted without saying so
        return Member(shown, error=_BROKEN)
    return Member(shown, note=_NESTED) if is_archive(copy) else Member(shown, copy)


def _is_office(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _OFFICE in archive.namelist()
    except _FAULTS:
        return False


def _is_tar(start: bytes) -> bool:
    """Whether a file begins with the header of a member, whose sum is right."""
    try:
        tarfile.TarInfo.frombuf(start, "utf-8", "replace")
    except tarfile.HeaderError:
        return False
    return True
