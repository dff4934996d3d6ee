"""A table as CSV, JSON or Parquet; the same table gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hcpgraph.model.table import Cell, Table

# A spreadsheet runs a cell that starts like this as a formula. Ids stay as they
# are: they must be found again, and a leading @ alone is text to every spreadsheet
# that reads a quoted cell.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_GUARDED: Final = frozenset(
    {"handle", "name", "reason", "institution", "specialty", "country"}
)


def to_csv(table: Table) -> bytes:
    r"""UTF-8, comma, one header row, LF; empty cells empty, six significant digits.

    >>> from hcpgraph.model.table import Table
    >>> to_csv(Table({"rank": [1], "name": ["=1+1"], "score": [0.12345678]}))
    b"rank,name,score\n1,'=1+1,0.123457\n"
    """
    lines = [_csv_line(table.names)]
    for row in table.rows():
        cells = zip(table.names, row, strict=True)
        lines.append(_csv_line([_csv_cell(name, cell) for name, cell in cells]))
    return "".join(lines).encode()


def _csv_line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    # only with CRLF as the end of a line is a lone CR in a cell quoted
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _csv_cell(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6g}"
    text = str(cell)
    if name in _GUARDED and text.startswith(_FORMULA):
        return f"'{text}"
    return text


def to_json(table: Table) -> bytes:
    r"""A list of objects, one per row, with full precision.

    >>> from hcpgraph.model.table import Table
    >>> to_json(Table({"rank": [1], "name": [None]})).decode()
    '[\n {"rank": 1, "name": null}\n]\n'
    """
    rows = [
        json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False)
        for row in table.rows()
    ]
    return ("[\n " + ",\n ".join(rows) + "\n]\n" if rows else "[]\n").encode()


def to_parquet(table: Table) -> bytes:
    """One row group; a column without any value is text."""
    import pyarrow as pa  # noqa: PLC0415 - 0.1 s, only for those who ask
    from pyarrow import parquet  # noqa: PLC0415 - likewise

    columns = {
        name: pa.array(list(cells))
        if any(cell is not None for cell in cells)
        else pa.nulls(len(cells), pa.string())
        for name, cells in table.columns.items()
    }
    stream = io.BytesIO()
    parquet.write_table(pa.table(columns), stream)
    return stream.getvalue()


WRITERS: Final[Mapping[str, Callable[[Table], bytes]]] = {
    "csv": to_csv,
    "json": to_json,
    "parquet": to_parquet,
}
