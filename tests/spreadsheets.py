"""Workbooks as spreadsheet programs write them, the same at any time of day."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

import openpyxl

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_STAMP: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def workbook(**sheets):
    """An XLSX workbook of such sheets, each with its rows, as bytes."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(made)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook, without the time at which it is saved."""
    content, same = io.BytesIO(), io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(same, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, _STAMP.sub(b"2025-03-01T12:00:00Z", old.read(name)))
    return same.getvalue()
