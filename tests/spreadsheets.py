"""Workbooks as spreadsheet programs write them."""

from __future__ import annotations

import io

import openpyxl


def workbook(**sheets):
    """An XLSX workbook of such sheets, each with its rows, as bytes."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()
