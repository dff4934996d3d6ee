"""The door through which tables come: whatever they are kept in, as UTF-8 text.

Sheets of workbooks, UTF-16, Windows-1252 and other encodings, and tables below title
lines are written as a copy that every reader reads, with the same line numbers. What is
plain UTF-8 text is read where it is. The digest of a file is that of its own bytes.
"""

from __future__ import annotations

import codecs
import re
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import headings, packed, workbooks
from hcpgraph.importers.reading.copying import write_copy
from hcpgraph.importers.reading.head import (
    LINE_END,
    PARQUET,
    looks_like_utf16,
    name_of_bytes,
)
from hcpgraph.model.files import Layout
from hcpgraph.model.signs import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

UTC: Final = "Z"

_SEEN: Final = 2**20  # bytes of the beginning that are looked at
# The mark of UTF-16 begins that of UTF-32.
_MARKS: Final[Mapping[bytes, str | None]] = MappingProxyType(
    {
        codecs.BOM_UTF8: None,
        codecs.BOM_UTF32_LE: "utf-32",
        codecs.BOM_UTF32_BE: "utf-32",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
)
_OWN: Final = ("utf-8", "utf-8-sig", "ascii")
_CP1252: Final = "cp1252"
# Letters of several bytes in UTF-8, and bytes that Windows-1252 does not have.
_LETTER: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NO_CP1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# Such a letter in a word; what stands beside digits alone is a broken byte.
_IN_A_WORD: Final = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_NUMBERS: Final = re.compile(rb"[\d\s,;\t|\"]*")
_JSON: Final = re.compile(rb"(\xef\xbb\xbf)?\s*(\{\s*[\"}]|\[\s*[\[{\"\]])")
_END: Final = re.compile(rb"\r\n|\n|\r")
_MOST_ABOVE: Final = 2**26  # bytes above headings

_NO_ROWS: Final = "no table: it has no row of headings to choose"
_READ_AS: Final = (
    "is no UTF-8: read as Western European text (Windows-1252); name another with"
    " --layout encoding=NAME"
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A file as the readers read it.

    Attributes:
        path: the file itself, or a copy.
        notes: what was done, in words.
        others: further sheets of a workbook that are filled.
        errors: cells of a workbook that hold an error and are read as empty.
        guessed: whether its encoding is the likely one, and not stated.
    """

    path: Path
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    errors: int = 0
    guessed: bool = False


@contextmanager
def as_plain_text(
    path: Path, layout: Layout, *, zone: str = UTC
) -> Iterator[PlainText]:
    """A file as UTF-8 text, for as long as it is read; itself where it is that.

    Args:
        path: the file.
        layout: what is known of its encoding, its headings and its sheet.
        zone: what is put behind the times of workbooks, which name no zone.

    Raises:
        ExportError: if it is a workbook that cannot be read, has no such sheet or row,
            or is no text in the encoding that was named.
        OSError: if it cannot be read.
    """
    with TemporaryDirectory(prefix="hcpgraph-") as folder:
        found = PlainText(path)
        if workbooks.is_workbook(path):
            found = _from_workbook(path, Path(folder) / "sheet", layout, zone)
        elif layout.sheet is not None:
            found = replace(found, notes=("no workbook: it has no sheets to choose",))
        seen = packed.beginning(found.path, _SEEN)
        if found.path == path and not seen[0].startswith(PARQUET):
            found = _decoded(found, Path(folder) / "decoded", layout, seen)
            seen = seen if found.path == path else packed.beginning(found.path, _SEEN)
        if not seen[0].startswith(PARQUET):
            found = _below_titles(found, Path(folder) / "table", layout, seen)
        yield found


def _from_workbook(path: Path, target: Path, layout: Layout, zone: str) -> PlainText:
    sheet = workbooks.write_sheet(path, target, layout, zone=zone)
    notes = []
    if sheet.others and layout.sheet is None:
        names = on_one_line(f"{sheet.name} is read, and not {', '.join(sheet.others)}")
        notes.append(f"sheet {names}; name another with --layout sheet=NAME")
    if sheet.times and zone == UTC:
        notes.append("times in a workbook name no zone: read as UTC")
    if sheet.errors:
        cells = "1 cell holds" if sheet.errors == 1 else f"{sheet.errors} cells hold"
        notes.append(f"{cells} an error such as #N/A: read as empty")
    return PlainText(target, tuple(notes), sheet.others, sheet.errors)


def _decoded(
    found: PlainText, target: Path, layout: Layout, seen: tuple[bytes, bool]
) -> PlainText:
    """The same in UTF-8."""
    start, gzipped = seen
    code = _encoding(found.path, start, layout, gzipped=gzipped)
    if code is None:
        return found
    write_copy(
        found.path, target, _recoded(found.path, _pieces(found.path, gzipped), code)
    )
    guessed = code == _CP1252 and layout.encoding is None
    notes = (*found.notes, *((_READ_AS,) if guessed else ()))
    return replace(found, path=target, notes=notes, guessed=guessed)


def _encoding(path: Path, start: bytes, layout: Layout, *, gzipped: bool) -> str | None:
    """The encoding of a file; None if it is to be read as it is."""
    if layout.encoding is not None:
        named = codecs.lookup(layout.encoding).name
        return None if named in _OWN else named
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    if looks_like_utf16(start):
        return "utf-16-le" if start[0] else "utf-16-be"
    if _may_be_table(start) and _is_cp1252(_pieces(path, gzipped)):
        return _CP1252
    return None


def _may_be_table(start: bytes) -> bool:
    """Whether it may be a table with letters beyond ASCII in it."""
    first, _, rest = start.lstrip().partition(b"\n")
    if first[:1] in b"{[<" or b"\0" in start or name_of_bytes(start) is not None:
        return False
    lines = rest[:_SEEN].rpartition(b"\n")[0]
    return not first.isascii() or not lines or not _NUMBERS.fullmatch(lines[:4096])


def _is_cp1252(pieces: Iterable[bytes]) -> bool:
    """Whether no letter is one of UTF-8, each one of Windows-1252, one in a word."""
    found = False
    rest = b""
    for piece in pieces:
        if piece.isascii() and not rest:
            continue
        text = rest + piece
        if text.isascii():
            rest = b""
            continue
        # no letter has more than four bytes
        rest = b"" if text[-4:].isascii() else text[-3:]
        if _LETTER.search(text) or _NO_CP1252.search(text):
            return False
        found = found or _IN_A_WORD.search(text) is not None
    return found


def _pieces(path: Path, gzipped: bool) -> Iterator[bytes]:
    with closing(packed.pieces(path, gzipped=gzipped)) as pieces:
        yield from pieces


def _recoded(path: Path, pieces: Iterable[bytes], code: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(code)(errors="strict")
    try:
        for piece in pieces:
            yield decoder.decode(piece).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise ExportError(
            path,
            f"is no text in {code}, or is damaged; name its encoding with --layout"
            " encoding=NAME, or save it as UTF-8",
        ) from error


def _below_titles(
    found: PlainText, target: Path, layout: Layout, seen: tuple[bytes, bool]
) -> PlainText:
    """The same with blank lines for what stands above the headings."""
    start, gzipped = seen
    line = layout.header
    notes: tuple[str, ...] = ()
    if line is not None and _JSON.match(start):
        return replace(found, notes=(*found.notes, _NO_ROWS))
    if line is None:
        if start.lstrip()[:1] in (b"{", b"["):
            return found
        text = start.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
        line = headings.line_below_titles(_lines(text), layout.separator)
        if line is None:
            return found
        notes = (f"the headings stand in line {line}; the lines above are passed over",)
    if line > 1:
        pieces = _pieces(found.path, gzipped)
        write_copy(found.path, target, _blanked(found.path, pieces, line))
        found = replace(found, path=target)
    return replace(found, notes=(*found.notes, *notes))


def _lines(text: str) -> list[str]:
    """The first lines, blank ones as well, without the one that is cut off."""
    found = []
    start = 0
    for end in LINE_END.finditer(text):
        found.append(text[start : end.start()])
        start = end.end()
        if len(found) > headings.SHOWN:
            return found
    return [*found, text[start:]] if len(text) < _SEEN else found


def _blanked(path: Path, pieces: Iterator[bytes], line: int) -> Iterator[bytes]:
    """The same text with nothing in front of a line but the ends of lines."""
    above, buffer = line - 1, b""
    for piece in pieces:
        buffer += piece
        ends = list(islice(_END.finditer(buffer), above + 1))
        if len(ends) > above:
            break
        if len(buffer) > _MOST_ABOVE:
            break
    ends = list(islice(_END.finditer(buffer), above))
    rest = buffer[ends[-1].end() :] if len(ends) == above else b""
    if not rest.strip():
        raise ExportError(path, f"has no row {line} for headings to stand in")
    yield b"".join(end[0] for end in ends) + rest
    yield from pieces
