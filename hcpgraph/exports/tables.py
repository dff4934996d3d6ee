"""A table as CSV, JSON or Parquet; the same table gives the same bytes."""

from __future__ import annotations

import io
import json
import re
from types import NoneType
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hcpgraph.model.table import Cell, Table

    # the pattern of a cell, and the cells to fill in; None where it is filled already
    _Column: TypeAlias = tuple[str, Sequence[Cell] | None]

# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA: Final = frozenset("=+-@\t\r")
# Ids stay as they are, as they must be found again: a handle or a number below zero
# is no formula. What else starts like one was made to be one.
_IDS: Final = frozenset({"id", "label", "source", "target", "introducer"})
_PLAIN_ID: Final = re.compile(r"@[\w.@-]+|-[0-9]+")
_SPECIAL: Final = '",\r\n'


def to_csv(table: Table) -> bytes:
    r"""UTF-8, comma, one header row, LF; empty cells empty, six significant digits.

    >>> from hcpgraph.model.table import Table
    >>> to_csv(Table({"rank": [1], "name": ["=1+1"], "score": [0.12345678]}))
    b"rank,name,score\n1,'=1+1,0.123457\n"
    """
    columns = [_column(name, cells) for name, cells in table.columns.items()]
    if len(columns) == 1:  # an empty line would be no row
        columns = [_filled(columns[0])]
    line = ",".join(pattern for pattern, _ in columns)
    varying = [cells for _, cells in columns if cells is not None]
    # one pattern filled in for each row is quicker than a text for each cell
    rows = zip(*varying, strict=True) if varying else [()] * len(table)
    head = ",".join(map(_quoted, table.names))
    return "\n".join([head, *map(line.__mod__, rows), ""]).encode()


def _column(name: str, cells: Sequence[Cell]) -> _Column:
    """How a column is written, and its cells; those are None if all are the same."""
    kinds = set(map(type, cells))
    if kinds == {float}:
        return "%.6g", cells
    if kinds == {int}:
        return "%d", cells
    if kinds == {NoneType}:
        return "", None
    texts = list(map(str if kinds == {str} else _text, cells))
    if str in kinds and not _FORMULA.isdisjoint({text[:1] for text in texts}):
        pairs = zip(texts, cells, strict=True)
        texts = [_disarmed(t, name) if isinstance(c, str) else t for t, c in pairs]
    if texts and texts.count(texts[0]) == len(texts):
        # the same in each row, such as a role that nobody has: part of the pattern
        (text,) = _written(texts[:1])
        return text.replace("%", "%%"), None
    return "%s", _written(texts)


def _filled(column: _Column) -> _Column:
    """The column with quotes where a cell would be empty."""
    pattern, cells = column
    return pattern or '""', cells and ['""' if cell == "" else cell for cell in cells]


def _disarmed(text: str, column: str) -> str:
    """A text as one that no spreadsheet runs."""
    if text[:1] not in _FORMULA or (column in _IDS and _PLAIN_ID.fullmatch(text)):
        return text
    return f"'{text}"


def _written(texts: list[str]) -> list[str]:
    """Texts as they stand in the file."""
    # one look at the whole is quicker than one at each
    whole = "".join(texts)
    if not any(character in whole for character in _SPECIAL):
        return texts
    return list(map(_quoted, texts))


def _quoted(text: str) -> str:
    """In quotes if a reader would else see more than one cell."""
    if not any(character in text for character in _SPECIAL):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


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
