"""From an export to temporary tables: the first half of every import.

The importer's description says how the file maps onto ``STAGED`` columns; its
queries run here, inside the database, so that no row passes through Python.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import duckdb

from hcpgraph.errors import ExportError, RejectedRows
from hcpgraph.model.files import STAGED, FileDescription, RowType, type_of
from hcpgraph.model.signs import shortened
from hcpgraph.store.faults import lacks_room
from hcpgraph.store.ingest.hidden import refuse_hidden
from hcpgraph.store.sql import number, run_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

# Types whose values are all values of another, or are read as such without a loss.
_WITHIN: Final = {
    "bigint": ("tinyint", "smallint", "utinyint", "usmallint", "uinteger"),
    "double": ("float", "bigint"),
    "timestamp": ("date", "timestamp_s", "timestamp_ms"),
}
_UNTYPED: Final = "integer"  # what DuckDB takes a bare null for
STAGED_TABLE: Final = {unit: f"staged_{unit.value}" for unit in RowType}

_REJECTS_SHOWN: Final = 5
_QUOTED: Final = 400  # characters of a reason or a note, which may quote a cell

_TOO_LONG: Final = (
    "has a line longer than 32 MB; write one record a line and import again"
)
_UNREADABLE: Final = (
    "cannot be read to its end: it is damaged, or was changed meanwhile; copy or export"
    " it again"
)

# Posts carry texts and lists: of a long file of them, what does not fit in here
# waits on disk, beside the study.
_MEMORY: Final = {RowType.POSTS: "1GB"}
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
def resource_limits(
    connection: duckdb.DuckDBPyConnection, unit: RowType, *, size: int
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
        ExportError: if the file cannot be read to its end.
        TypeError: if a query of the description does not give the staged columns.
        RejectedRows: if more than *max_rejected* of the rows are unusable.
    """
    with TemporaryDirectory(prefix="hcpgraph-") as folder:
        read = read_file(connection, description, Path(folder))
    # a copy keeps the path of its file, which is what people know
    description = replace(
        read,
        path=description.path,
        nothing=description.nothing,
        cut_off=description.cut_off,
    )
    for unit, columns in STAGED.items():
        table = STAGED_TABLE[unit]
        typed = ", ".join(f'"{name}" {type_of(name)}' for name in columns)
        connection.execute(f"create temp table {table} ({typed})")
        if unit in description.queries:
            _check_columns(connection, description, unit)
            query = description.queries[unit]
            connection.execute(f"insert into {table} by name {query}")
    connection.execute(
        "create temp table staged_reject as select line::bigint as line,"
        f" case when length(reason) > {_QUOTED} then left(reason, {_QUOTED - 1}) || '…'"
        f" else reason::varchar end as reason from ({description.rejects})"
    )
    notes = [*description.notes, *refuse_hidden(connection, STAGED_TABLE.items())]
    if description.remarks:
        rows = connection.execute(description.remarks).fetchall()
        notes += [text for (text,) in rows]
    notes = [shortened(note, _QUOTED) for note in notes]
    # room for what follows, and no table of the importer's hides one of the study's
    drop_temporary(connection, keep=("staged_",))
    return _count(connection, description, max_rejected, tuple(notes))


def _check_columns(
    connection: duckdb.DuckDBPyConnection, description: FileDescription, unit: RowType
) -> None:
    """Raise ``TypeError`` unless a query gives the staged columns, each as it must be.

    Their order says nothing: what is taken for another column must bear its name.
    """
    rows = connection.execute(f"describe {description.queries[unit]}").fetchall()
    found = {name: kind.lower() for name, kind, *_ in rows}
    wanted = set(STAGED[unit])
    names = [name for name, *_ in rows]
    faults = [
        *(f"no column {name}" for name in sorted(wanted - set(found))),
        *(f"the column {name} twice" for name in found if names.count(name) > 1),
        *(f"an unknown column {name}" for name in sorted(set(found) - wanted)),
        *(
            f"column {name} as {kind} instead of {type_of(name)}"
            for name, kind in found.items()
            if name in wanted and not _fits(kind, type_of(name))
        ),
    ]
    if faults:
        raise TypeError(
            f"the importer of {description.format} gives {', '.join(faults)},"
            f" in its query for {unit.value}"
        )


def _fits(found: str, wanted: str) -> bool:
    """Whether each value of a type is one of another."""
    return found in (wanted, _UNTYPED) or found in _WITHIN.get(wanted, ())


def read_file(
    connection: duckdb.DuckDBPyConnection, description: FileDescription, folder: Path
) -> FileDescription:
    """Run the stage of a file, or of a copy of it where that brings more.

    Returns:
        What describes the tables that were made.

    Raises:
        ExportError: if neither can be read to its end.
    """
    trouble: duckdb.Error | None = None
    try:
        run_statements(connection, description.stage)
        if not (
            description.broken and connection.execute(description.broken).fetchone()
        ):
            return description
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        if lacks_room(error):
            raise
        trouble = error
    copy = description.mended and description.mended(folder)
    if copy:
        drop_temporary(connection)
        return read_file(connection, copy, folder)
    if trouble is None:
        return description
    long = "maximum_object_size" in str(trouble)
    raise ExportError(description.path, _TOO_LONG if long else _UNREADABLE) from trouble


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
        "select distinct coalesce(line, 0) as line, reason from staged_reject"
        f" order by line, reason limit {_REJECTS_SHOWN}"
    ).fetchall()
    read = usable + rejected
    if not read:
        notes = (*notes, _nothing(description))
    allowed = max_rejected * read
    # a file of which nothing can be used does not merely end too early
    if rejected > allowed and usable:
        allowed += _cut_off(connection, description)
    if rejected > allowed:
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
    if description.cut_off is None:
        return 0
    table = STAGED_TABLE[description.unit]
    last = number(
        connection,
        f"select count(*) from (select max(line) as line from staged_reject) bad"
        f" where line > (select coalesce(max(line), 0) from {table})",
    )
    return int(last and description.cut_off())


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
