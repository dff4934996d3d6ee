"""The beginning of a file: enough to recognise it, whatever it is called.

A binary file is told by its signature bytes.
"""

from __future__ import annotations

import codecs
import re
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError, UnknownFormat, UnreadFormat
from hcpgraph.importers.reading import packed

if TYPE_CHECKING:
    from pathlib import Path


PARQUET: Final = b"PAR1"
UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Not str.splitlines: it also splits at characters that stand inside texts.
LINE_END: Final = re.compile(r"\r\n|\n|\r")

# A page of a social platform is one line of up to a few megabytes; the first one
# is read whole, so that what stands at its end can be used.
PEEKED: Final = 32 * 2**20
READ_AT_ONCE: Final = 2**20
ENOUGH_LINES: Final = 20

# Where in the beginning of a file -> which bytes -> what it is.
_BYTES: Final = (
    (257, b"ustar", "a tar archive; unpack it and import the files inside"),
    (0, b"PK\x03\x04", "a zip archive; unpack it and import the files inside"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"Rar!", "a RAR archive; unpack it and import the files inside"),
    (0, b"7z\xbc\xaf", "a 7z archive; unpack it and import the files inside"),
    (0, b"BZh", "compressed with bzip2; unpack it, or pack it with gzip"),
    (0, b"\xfd7zXZ", "compressed with xz; unpack it, or pack it with gzip"),
    (0, b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it, or pack it with gzip"),
    (0, b"\xd0\xcf\x11\xe0", "a workbook of old Excel; save it as CSV UTF-8"),
    (0, b"SQLite format 3", "a database of SQLite; export its tables as CSV"),
    (0, b"%PDF", "a PDF document"),
    (0, b"ORC", "an ORC table; write it as Parquet"),
    (0, b"ARROW1", "an Arrow table; write it as Parquet"),
    (0, b"!BDN", "a letter box of Outlook, which hcpgraph never reads"),
)
_WORKBOOK: Final = "a workbook of Excel; save its sheet as CSV UTF-8"
_OFFICE: Final = "a document of an office program; save its tables as CSV UTF-8"
_INSIDE: Final = 2**16  # bytes of an archive in which its first names stand


@dataclass(frozen=True)
class Head:
    """The first lines of a file, decoded.

    Attributes:
        path: the file.
        gzipped: whether it is compressed.
        parquet: whether it is a Parquet file; it then has no text.
        text: the beginning, without byte order mark; undecodable bytes replaced.
        whole: whether ``text`` is the whole file.
        marked: whether the file begins with a byte order mark.
        separator: what stands between the cells of a table, if the user says it.
    """

    path: Path
    gzipped: bool
    parquet: bool
    text: str
    whole: bool
    marked: bool = False
    separator: str | None = None

    @property
    def first_line(self) -> int:
        """Line number, from 1, of the first line that is not blank."""
        blank = self.text[: len(self.text) - len(self.text.lstrip())]
        return 1 + len(LINE_END.findall(blank))

    def lines(self) -> list[str]:
        """The first lines that are not blank, without the last if it is cut off."""
        return list(self._lines)

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        # asked for many times, and long
        found: list[str] = []
        start = 0
        for end in LINE_END.finditer(self.text):
            line = self.text[start : end.start()]
            start = end.end()
            if line.strip():
                found.append(line)
            if len(found) == ENOUGH_LINES:
                return tuple(found)
        last = self.text[start:]
        if last.strip() and (self.whole or start == 0):
            found.append(last)
        return tuple(found)


def peek(path: Path, separator: str | None = None) -> Head:
    """Look at the beginning of *path*.

    Args:
        path: the file.
        separator: what stands between the cells, if the user says it.

    Raises:
        ExportError: if it cannot be read, holds nothing, is damaged, or is
            text in an encoding other than UTF-8.
        UnknownFormat: if it is binary.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            gzipped = start.startswith(packed.MAGIC)
        if start == PARQUET:
            return Head(path, gzipped=False, parquet=True, text="", whole=False)
        data, whole = _read(path, gzipped=gzipped)
    except OSError as error:
        raise ExportError(path, f"cannot be read: {error.strerror}") from error
    if gzipped and data.startswith(PARQUET):
        raise ExportError(path, "is a compressed Parquet file; gunzip it first")
    marked = data.startswith(codecs.BOM_UTF8)
    text = _decoded(path, data)
    return Head(path, gzipped, False, text, whole, marked, separator)


def _read(path: Path, *, gzipped: bool) -> tuple[bytes, bool]:
    """The beginning up to the end of the first line, and whether that is all."""
    pieces: list[bytes] = []
    size, ended = 0, False
    with closing(packed.pieces(path, gzipped=gzipped)) as rest:
        for piece in rest:
            pieces.append(piece)
            size += len(piece)
            begun = size > len(piece)
            ended = ended or b"\n" in (piece if begun else piece.strip())
            if size >= PEEKED or (ended and size >= READ_AT_ONCE):
                break
        return b"".join(pieces), next(rest, None) is None


def _decoded(path: Path, data: bytes) -> str:
    if not data:
        raise ExportError(path, "is empty")
    if data.startswith(UTF16) or looks_like_utf16(data):
        raise ExportError(
            path,
            "is text in UTF-16; save it as UTF-8, for instance with "
            "iconv -f UTF-16 -t UTF-8",
        )
    named = name_of_bytes(data)
    if named is not None:
        what = named.partition(";")[0]
        raise UnreadFormat(path, f"is {named}", what=what)
    if b"\x00" in data[:READ_AT_ONCE]:
        raise UnknownFormat(path, "is a binary file that hcpgraph does not read")
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    if not text.strip():
        raise ExportError(path, "holds nothing but blank lines")
    return text


def looks_like_utf16(data: bytes) -> bool:
    """Without a byte order mark: every other byte of plain text is then zero."""
    start = data[:200]
    return len(start) >= 4 and any(
        not any(start[zeros::2]) and all(start[1 - zeros :: 2]) for zeros in (0, 1)
    )


def name_of_bytes(data: bytes) -> str | None:
    """What a binary file is, after "is", and what to do with it."""
    if data.startswith(b"PK\x03\x04") and b"xl/" in data[:_INSIDE]:
        return _WORKBOOK
    if data.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in data[:_INSIDE]):
        return _OFFICE
    return next((what for at, mark, what in _BYTES if data[at:].startswith(mark)), None)
