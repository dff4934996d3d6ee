"""A table as CSV, JSON or Parquet; the same table gives the same bytes."""

from __future__ import annotations

import io
import json
import re
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
_SPECIAL: Final = re.compile('[",\r\n]')


def to_csv(table: Table) -> bytes:
    r"""UTF-8, comma, one header row, LF; empty cells empty, six significant digits.

    >>> from hcpgraph.model.table import Table
    >>> to_csv(Table({"rank": [1], "name": ["=1+1"], "score": [0.12345678]}))
    b"rank,name,score\n1,'=1+1,0.123457\n"
    """
    columns = [
        [_quoted(name), *_csv_cells(name, cells)]
        for name, cells in table.columns.items()
    ]
    if len(columns) == 1:  # an empty line would be no row
        columns = [[text or '""' for text in columns[0]]]
    lines = map(",".join, zip(*columns, strict=True))
    return "\n".join([*lines, ""]).encode()


def _csv_cells(name: str, cells: Sequence[Cell]) -> list[str]:
    """A column as it stands in the file; it is done at once where all are alike."""
    kinds = set(map(type, cells))
    guarded = name in _GUARDED
    if kinds == {type(None)}:
        return [""] * len(cells)
    if kinds == {float}:
        return list(map("{:.6g}".format, cells))
    if kinds <= {int, str} and not guarded:
        texts = list(map(str, cells))
    else:
        texts = [_csv_cell(cell, guarded=guarded) for cell in cells]
    # one look at the whole is quicker than one at each
    return list(map(_quoted, texts)) if _SPECIAL.search("".join(texts)) else texts


def _quoted(text: str) -> str:
    """In quotes if a reader would else see more than one cell."""
    if not _SPECIAL.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _csv_cell(cell: Cell, *, guarded: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6g}"
    text = str(cell)
    if guarded and text.startswith(_FORMULA):
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
