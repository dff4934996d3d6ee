"""Tables as an XLSX workbook that can be read, sorted and filtered as it opens."""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import MissingExtra
from hcpgraph.exports.attributes import clean
from hcpgraph.exports.formulas import is_formula
from hcpgraph.model.column import SCORE, SHARE
from hcpgraph.model.columns import declared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcpgraph.model.column import Column, Kind
    from hcpgraph.model.table import Cell, Table

_HEAD_COLOUR: Final = "DCE6F1"
_FORMATS: Final[Mapping[Kind, str]] = {SCORE: "0.00", SHARE: "0.000"}
_NARROW, _WIDE = 6, 60  # characters
_MOST_TEXT: Final = 32_767  # characters that a cell of Excel holds
_MOST_TITLE: Final = 31
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\]")
# Files inside the workbook bear this time, and so does what it says of itself.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_STAMPED: Final = rb"\g<1>1980-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook.

    Attributes:
        title: of its tab; no other sheet has it.
        table: what it shows; an empty one is a header and nothing beneath.
    """

    title: str
    table: Table


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The tables as sheets: header kept in sight, filters on, numbers with few digits.

    Texts are texts, also those that look like formulas, and stay so when edited. The
    same tables give the same bytes.

    Raises:
        MissingExtra: if openpyxl is not installed.
    """
    try:
        from openpyxl import (  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and it ships no types
            Workbook,
        )
    except ImportError as error:
        raise MissingExtra("an XLSX workbook", "openpyxl", "excel") from error
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(_title(sheet.title)), sheet.table)
    stream = io.BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


def _title(text: str) -> str:
    return _NOT_IN_TITLES.sub(" ", clean(text))[:_MOST_TITLE]


def _fill(page: Any, table: Table) -> None:
    from openpyxl.styles import (  # type: ignore[import-untyped]  # noqa: PLC0415 - likewise
        Alignment,
        Font,
        PatternFill,
    )
    from openpyxl.utils import (  # type: ignore[import-untyped]  # noqa: PLC0415 - likewise
        get_column_letter,
    )

    for number, (name, cells) in enumerate(table.columns.items(), start=1):
        head = page.cell(1, number)
        _write(head, name)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor=_HEAD_COLOUR)
        form = _number_format(cells, declared(table.listing, name))
        long = max((len(str(cell)) for cell in cells), default=0) > _WIDE
        style = None
        for row, value in enumerate(cells, start=2):
            cell = page.cell(row, number)
            if style is None:
                cell.number_format = form
                cell.alignment = Alignment(vertical="top", wrap_text=long)
                style = copy(cell._style)
            # as all cells of a column look: openpyxl takes long to look up a style
            cell._style = copy(style)
            _write(cell, value)
        page.column_dimensions[get_column_letter(number)].width = _width(name, cells)
    page.freeze_panes = "A2"
    if table.names:
        last = get_column_letter(len(table.names))
        page.auto_filter.ref = f"A1:{last}{len(table) + 1}"


def _write(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = clean(value)[:_MOST_TEXT]
        cell.data_type = "s"  # openpyxl takes a leading = for a formula
        # and so would Excel, once the cell is edited
        cell.quotePrefix = is_formula(value)
    elif isinstance(value, float) and value - value != 0:
        cell.value = None  # spreadsheets know neither NaN nor infinity
    else:
        cell.value = value


def _number_format(cells: Sequence[Cell], column: Column | None) -> str:
    """As the column declares; else whole numbers whole, small shares not all zero."""
    if column is not None and column.kind in _FORMATS:
        return _FORMATS[column.kind]
    numbers = [abs(cell) for cell in cells if isinstance(cell, float)]
    if not numbers:
        return "General"
    if all(number == int(number) for number in numbers if number < 2**53):
        return "0"
    return "0.00" if max(numbers) >= 1 else "0.000"


def _width(name: str, cells: Sequence[Cell]) -> int:
    """Characters that the column needs, the arrow of its filter included."""
    sizes = (5 if isinstance(cell, float) else len(str(cell)) for cell in cells)
    return min(max(_NARROW, len(name) + 3, max(sizes, default=0) + 1), _WIDE)


def _without_clock(content: bytes) -> bytes:
    """The same workbook without the time of writing."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(_STAMPED, part)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return stream.getvalue()
