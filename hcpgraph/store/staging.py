"""From an export to temporary tables: the first half of every import.

The importer's description says how the file maps onto ``STAGED`` columns; its
queries run here, inside the database, so that no row passes through Python.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from hcpgraph.errors import ExportError, RejectedRows
from hcpgraph.model.files import STAGED, FileDescription, Unit
from hcpgraph.store.answers import carry_out, number

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES: Final = {
    "line": "bigint",
    "record": "boolean",
    "followers": "bigint",
    "following": "bigint",
    "posts": "bigint",
    "verified": "boolean",
    "listable": "boolean",
    "created_at": "timestamp",
    "at": "timestamp",
    "hashtags": "varchar[]",
    "urls": "varchar[]",
    "reposts": "bigint",
    "replies": "bigint",
    "likes": "bigint",
    "quotes": "bigint",
    "weight": "double",
    "place": "bigint",
}
STAGED_TABLE: Final = {unit: f"staged_{unit.value}" for unit in Unit}

_REJECTS_SHOWN: Final = 5

_TOO_LONG: Final = (
    "has a line longer than 32 MB; write one record a line and import again"
)

# Posts carry texts and lists: of a long file of them, what does not fit in here
# waits on disk, beside the study.
_MEMORY: Final = {Unit.POSTS: "1GB"}
# Bytes. For fewer, threads wait for each other longer than they work.
_LITTLE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Staged:
    """What was found in a file.

    Attributes:
        read: rows, unusable ones among them.
        rejected: unusable rows.
        reasons: the first of them, as (line, reason).
        notes: what the user should know.
    """

    read: int
    rejected: int
    reasons: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


@contextmanager
def sparing(
    connection: duckdb.DuckDBPyConnection, unit: Unit, *, size: int
) -> Iterator[None]:
    """Bound what the database uses while a file of *size* bytes of *unit* comes in.

    Outside any transaction, as an error inside would keep the bounds from being lifted.
    """
    bounds = {}
    if unit in _MEMORY:
        bounds["memory_limit"] = f"'{_MEMORY[unit]}'"
    if size < _LITTLE:
        bounds["threads"] = "1"
    for name, most in bounds.items():
        connection.execute(f"set {name} = {most}")
    try:
        yield
    finally:
        for name in bounds:
            connection.execute(f"reset {name}")


def stage(
    connection: duckdb.DuckDBPyConnection,
    description: FileDescription,
    *,
    max_rejected: float,
) -> Staged:
    """Read the file into the ``staged_*`` tables and check how much is unusable.

    Raises:
        ExportError: if a line of a compressed file is too long to be read.
        RejectedRows: if more than *max_rejected* of the rows are unusable.
    """
    try:
        carry_out(connection, description.stage)
    except duckdb.InvalidInputException as error:
        if "maximum_object_size" not in str(error):
            raise
        raise ExportError(description.path, _TOO_LONG) from error
    for unit, columns in STAGED.items():
        table = STAGED_TABLE[unit]
        typed = ", ".join(f'"{name}" {_TYPES.get(name, "varchar")}' for name in columns)
        connection.execute(f"create temp table {table} ({typed})")
        if unit in description.queries:
            connection.execute(f"insert into {table} {description.queries[unit]}")
    connection.execute(
        "create temp table staged_reject as select line::bigint as line,"
        f" reason::varchar as reason from ({description.rejects})"
    )
    notes = list(description.notes)
    if description.remarks:
        rows = connection.execute(description.remarks).fetchall()
        notes += [text for (text,) in rows]
    # room for what follows, and no table of the importer's hides one of the study's
    drop_temporary(connection, keep=("staged_",))
    return _count(connection, description, max_rejected, tuple(notes))


def _count(
    connection: duckdb.DuckDBPyConnection,
    description: FileDescription,
    max_rejected: float,
    notes: tuple[str, ...],
) -> Staged:
    table = STAGED_TABLE[description.unit]
    usable, rejected = connection.execute(
        f"select (select count(*) from {table} where record),"
        " (select count(*) from staged_reject)"
    ).fetchall()[0]
    first = connection.execute(
        "select coalesce(line, 0), reason from staged_reject"
        f" order by line, reason limit {_REJECTS_SHOWN}"
    ).fetchall()
    read = usable + rejected
    if not read:
        notes = (*notes, _nothing(description))
    # of a file without a usable row, nothing says that the rest was good
    cut_off = _cut_off(connection, description) if usable else 0
    if rejected - cut_off > max_rejected * read:
        raise RejectedRows(
            description.path,
            rejected=rejected,
            read=read,
            reasons=first,
            tolerated=max_rejected,
        )
    return Staged(read, rejected, tuple(first), notes)


def _nothing(description: FileDescription) -> str:
    """How a file without rows says so.

    Raises:
        ExportError: if it does not: then what it holds was not understood.
    """
    said = description.nothing() if description.nothing is not None else None
    if said is None:
        raise ExportError(
            description.path,
            f"holds no row of {description.format}; nothing was imported",
        )
    return said


def _cut_off(
    connection: duckdb.DuckDBPyConnection, description: FileDescription
) -> int:
    """1 if the last row is unusable because the file breaks off in it, else 0.

    A recording that was stopped ends so. The row is rejected like any other, but it
    says nothing against the rest of the file, however short that is.
    """
    with description.path.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - 1))
        if stream.read(1) == b"\n":
            return 0
    table = STAGED_TABLE[description.unit]
    return number(
        connection,
        f"select count(*) from (select max(line) as line from staged_reject) bad"
        f" where line > (select coalesce(max(line), 0) from {table})",
    )


def drop_temporary(
    connection: duckdb.DuckDBPyConnection, *, keep: tuple[str, ...] = ()
) -> None:
    """Drop every temporary table and view but those whose name starts as in *keep*."""
    rows = connection.execute(
        "select 'view', view_name from duckdb_views() where temporary and not internal"
        " union all select 'table', table_name from duckdb_tables() where temporary"
    ).fetchall()
    for kind, name in rows:
        if not name.startswith(keep):
            connection.execute(f'drop {kind} if exists temp."{name}"')
