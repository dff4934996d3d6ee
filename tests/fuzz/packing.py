"""What tables and files are kept in: workbooks, other encodings, archives."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING, Final

import openpyxl
from openpyxl.utils.exceptions import IllegalCharacterError

from tests.spreadsheets import EPOCH, saved

if TYPE_CHECKING:
    from random import Random

    from tests.fuzz.tables import Table

_TITLES: Final = ("Results", "Exported on 1 March 2025", "=1+1", "")
_SHEETS: Final = ("Sheet1", "T\u00fcr", "a'b", "x" * 31)
_ENCODINGS: Final = ("utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig", "cp932")
_NAMES: Final = (
    "a.csv", "deep/er/a.csv", "../a.csv", "/a.csv", "C:\\a.csv", "a b.json", "", "a/",
    "caf\u00e9.csv", "\u202ea.csv", "a\nb.csv",
)  # fmt: skip
_NUMBERS: Final = 0.2  # share of cells of digits that a spreadsheet took for numbers


def workbook(rng: Random, table: Table) -> bytes:
    """The table as a sheet of a workbook, as spreadsheets and people leave them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = rng.choice(_SHEETS)
    if rng.random() < 0.2:
        sheet.append([rng.choice(_TITLES)])
        sheet.append([])
    for row in (table.names, *table.rows):
        sheet.append([_cell(rng, cell) for cell in row])
        if rng.random() < 0.05:
            sheet.append([])
    if rng.random() < 0.3:
        more = book.create_sheet("Notes", index=rng.choice((0, 1)))
        more.append([rng.choice(_TITLES)])
    return saved(book)


def _cell(rng: Random, text: str) -> str | float | int:
    if (
        text.isascii()
        and text.isdigit()
        and len(text) < 300
        and rng.random() < _NUMBERS
    ):
        return rng.choice((int, float))(text)
    try:
        openpyxl.cell.WriteOnlyCell(None, text)
    except (IllegalCharacterError, ValueError):
        return ""
    return text


def encoded(rng: Random, data: bytes) -> bytes:
    """The same text in an encoding that spreadsheets write."""
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(_ENCODINGS), "replace")


def archived(rng: Random, data: bytes) -> bytes:
    """An archive of one file, under a name that is none for a file here."""
    out, name = io.BytesIO(), rng.choice(_NAMES)
    if rng.random() < 0.5:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            entry = zipfile.ZipInfo(name or "x", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    else:
        packs = rng.random() < 0.5
        with tarfile.open(fileobj=out, mode="w") as tar:
            member = tarfile.TarInfo(name or "x")
            member.size = len(data)
            member.type = rng.choice((tarfile.REGTYPE,) * 8 + (tarfile.SYMTYPE,))
            tar.addfile(member, io.BytesIO(data))
        if packs:
            return gzip.compress(out.getvalue(), mtime=0)
    return out.getvalue()
