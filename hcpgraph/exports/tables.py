"""A table as CSV, JSON or Parquet; the same table gives the same bytes."""

from __future__ import annotations

import io
import json
import re
from itertools import repeat
from types import NoneType
from typing import TYPE_CHECKING, Final

from hcpgraph.exports.attributes import written
from hcpgraph.exports.formulas import DELIMITERS, disarmed, may_begin
from hcpgraph.model.columns import IDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hcpgraph.model.table import Cell, Table

# In columns of ids, a handle or a number below zero is no formula. What else starts
# like one was made to be one.
_PLAIN_ID: Final = re.compile(r"@[\w.@-]+|-[0-9]+")
_GLANCE: Final = 10_000  # cells that tell whether values of a column occur often
# A reader may take these for the end of a cell or of a line.
_SPECIAL: Final = f'",{DELIMITERS}'


def to_csv(table: Table) -> bytes:
    r"""UTF-8, comma, one header row, LF; empty cells empty, numbers with all digits.

    A number read back is the very number written, as the shortest text does it.

    >>> from hcpgraph.model.table import Table
    >>> to_csv(Table({"rank": [1], "name": ["=1+1"], "score": [0.12345678]}))
    b"rank,name,score\n1,'=1+1,0.12345678\n"
    """
    columns = [_column(name, cells) for name, cells in table.columns.items()]
    if len(columns) == 1:  # an empty line would be no row
        columns = [[text or '""' for text in columns[0]]]
    head = ",".join(_quoted(disarmed(name)) for name in table.names)
    rows = map(",".join, zip(*columns, strict=True))
    return "\n".join([head, *rows, ""]).encode()


def _column(name: str, cells: Sequence[Cell]) -> Iterable[str]:
    """The cells as they stand in the file."""
    kinds = set(map(type, cells))
    write = str if kinds in ({str}, {int}) else _text
    first = cells[:_GLANCE]
    # what is equal may differ as text, as 1 and True do
    if len(kinds - {NoneType}) > 1 or 2 * len(set(first)) > len(first):
        return _texts(name, cells, write)
    distinct = list(set(cells))  # each of them is written once
    once = _texts(name, distinct, write)
    if len(once) == 1:
        return repeat(once[0], len(cells))
    return map(dict(zip(distinct, once, strict=True)).__getitem__, cells)


def _texts(
    name: str, cells: Sequence[Cell], write: Callable[[Cell], str]
) -> Sequence[str]:
    """Each cell by itself: as text, harmless, in quotes where needed."""
    texts = list(map(write, cells))
    # one look at the whole is quicker than one at each
    whole = "".join(texts)
    special = any(character in whole for character in _SPECIAL)
    if special or may_begin({text[:1] for text in texts}):
        pairs = zip(texts, cells, strict=True)
        texts = [_disarmed(t, name) if isinstance(c, str) else t for t, c in pairs]
    if not special:
        return texts
    return list(map(_quoted, texts))


def _disarmed(text: str, column: str) -> str:
    """A text as one that no spreadsheet runs."""
    if column in IDS and _PLAIN_ID.fullmatch(text):
        return text
    return disarmed(text)


def _quoted(text: str) -> str:
    """In quotes if a reader would else see more than one cell."""
    if not any(character in text for character in _SPECIAL):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    return written(cell) if isinstance(cell, float) else str(cell)


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
