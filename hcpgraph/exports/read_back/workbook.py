"""XLSX read back: every sheet, also a hidden one, and texts outside of sheets."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from hcpgraph.exports.read_back.tables import part_of
from hcpgraph.model.content import TEXT, OutputPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK: Final = "xl/workbook.xml"
_LETTERS: Final = re.compile(r"[A-Z]+")
# Parts that hold shapes and looks, or are read as sheets.
_LOOKS: Final = ("xl/theme/", "xl/styles.xml", "xl/worksheets/sheet")
_SHARED: Final = "xl/sharedStrings.xml"


def parts(content: bytes) -> list[OutputPart]:
    """The cells of each sheet by their headings, and every text outside of sheets."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = _shared(book)
        sheets = [
            part_of(f"sheet {title}", _rows(_xml(book, name), shared))
            for title, name in _sheets(book)
        ]
        return [*sheets, OutputPart("workbook", {TEXT: list(_said(book))})]


def _xml(book: zipfile.ZipFile, name: str) -> Element:
    return ElementTree.fromstring(book.read(name))


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Title and file of each sheet."""
    links = {
        one.get("Id"): one.get("Target", "")
        for one in _xml(book, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _xml(book, _BOOK).iter(f"{_MAIN}sheet"):
        # from the folder of the workbook, or from the root
        file = posixpath.join("/xl", links[sheet.get(_LINK)]).lstrip("/")
        yield sheet.get("name", ""), file


def _shared(book: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by number."""
    if _SHARED not in book.namelist():
        return []
    return [_text(one) for one in _xml(book, _SHARED).iter(f"{_MAIN}si")]


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_MAIN}t"))


def _rows(sheet: Element, shared: Sequence[str]) -> list[list[str | None]]:
    """The cells row by row; none where there is nothing in one."""
    found: list[list[str | None]] = []
    for row in sheet.iter(f"{_MAIN}row"):
        cells: list[str | None] = []
        for cell in row.iter(f"{_MAIN}c"):
            place = _column(cell.get("r", ""))
            cells += [None] * (place - len(cells))
            cells.append(_value(cell, shared))
        found.append(cells)
    return found


def _column(address: str) -> int:
    """The place of a column, from 0: that of ``B7`` is 1."""
    letters = _LETTERS.match(address)
    number = 0
    for letter in letters[0] if letters else "":
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Element, shared: Sequence[str]) -> str | None:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v")
    if value is None:
        return cell.findtext(f"{_MAIN}f")
    return shared[int(value)] if cell.get("t") == "s" else value


def _said(book: zipfile.ZipFile) -> Iterator[str]:
    """Texts outside of sheets: properties, names, comments; and formulas of cells."""
    for name in book.namelist():
        if not name.endswith((".xml", ".rels", ".vml")) or name.startswith(_LOOKS):
            continue
        if name != _SHARED:
            for element in _xml(book, name).iter():
                told = (element.text, *element.attrib.values())
                yield from (one for one in told if one and one.strip())
