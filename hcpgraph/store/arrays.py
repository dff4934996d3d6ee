"""Arrays into tables and out of them, some million rows at a time."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb
    from numpy.typing import NDArray

GROUP: Final = 122_880  # rows that DuckDB writes together
AT_ONCE: Final = 32 * GROUP
_MANY: Final = AT_ONCE  # rows that are worth a library

# What DuckDB keeps of what it wrote is memory that an import of arrays needs itself.
_LITTLE: Final = "set memory_limit = '1GB'"
_ENOUGH: Final = "reset memory_limit"

_AFTER_LAST: Final = "select coalesce(max(rowid) + 1, 0) from {table}"
_RUN: Final = "rowid >= {first} and rowid < {last}"

Columns = dict[str, "NDArray[Any]"]


@contextmanager
def low_memory(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Leave the memory to arrays; what DuckDB has no room for goes to disk."""
    connection.execute(_LITTLE)
    try:
        yield
    finally:
        connection.execute(_ENOUGH)


@contextmanager
def registered(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    blocks: Iterator[Columns],
    *,
    rows: int,
) -> Iterator[None]:
    """Let one query read arrays as the table *name*.

    A single insert takes blocks as they come and forgets them, while many inserts
    in a row keep some memory each until their transaction ends.

    Args:
        connection: the study.
        name: name of the table.
        blocks: its columns, some rows at a time; best ``GROUP`` of them.
        rows: how many there are in all, at least 1.
    """
    connection.register(name, _stream(blocks) if rows >= _MANY else _joined(blocks))
    try:
        yield
    finally:
        connection.unregister(name)


def _joined(blocks: Iterator[Columns]) -> Columns:
    parts = list(blocks)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _stream(blocks: Iterator[Columns]) -> object:
    # It and what DuckDB imports for it take 0.5 s, as numpy's way does for 10 million.
    import pyarrow as pa  # noqa: PLC0415 - 0.1 s, only for arrays

    batches = (pa.record_batch(columns) for columns in blocks)
    first = next(batches)
    return pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))


def after_last(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """The row id after those of all rows that were written so far."""
    return number(connection, _AFTER_LAST.format(table=table))


def runs(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    asked: Mapping[str, object],
    *,
    rows: int,
    at_once: int = AT_ONCE,
) -> Iterator[Columns]:
    """The answer to a query about one table, for one run of its rows after another.

    Args:
        connection: the study.
        query: with ``$run`` where it is said which rows of the table are read.
        asked: the values of its other names.
        rows: the row id after those to read.
        at_once: how many rows to read together.

    Yields:
        Name -> values. No column may hold a null.
    """
    for first in range(0, rows, at_once):
        chosen = _RUN.format(first=first, last=min(first + at_once, rows))
        yield execute(connection, query.replace("$run", chosen), asked).fetchnumpy()
