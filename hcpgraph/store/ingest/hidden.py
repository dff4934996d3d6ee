"""Ids and handles with characters that none has are nobody's.

Those that steer a screen or cannot be seen: two names could look alike, and each would
go wherever names are printed. And those of JSON and of quoted cells, which get into a
name only by mistake. A handle has no @ of its own: written with one, it is the same.
This holds for every format, so it is done behind all importers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.files import STAGED
from hcpgraph.model.signs import HIDDEN_IN_RE2
from hcpgraph.store.sql import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from hcpgraph.model.files import RowType

# Handle -> the id beside it, by which an account is known without a handle.
_HANDLES: Final[Mapping[str, str]] = {
    "handle": "native_id",
    "author_handle": "author_id",
    "source_handle": "source_id",
    "target_handle": "target_id",
}
_IDS: Final = ("native_id", "author_id", "source_id", "target_id", "post_id")
# An id may be a name, as in tables of Gephi; a handle is one word on every platform.
_OF_IDS: Final = HIDDEN_IN_RE2 + '"{}\\[\\]'
_OF_HANDLES: Final = _OF_IDS + r"\s'',;"
_SHOWN: Final = 80  # characters of an id in a reason


def refuse_hidden(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[tuple[RowType, str]]
) -> list[str]:
    """Reject staged rows that are about such a name, and leave it out of the others.

    Args:
        connection: with the staged rows and ``staged_reject``.
        tables: what is staged, and in which table.

    Returns:
        Notes on what was left out.
    """
    left_out = 0
    for unit, table in tables:
        _bare(connection, table, [n for n in STAGED[unit] if n in _HANDLES])
        names = [name for name in STAGED[unit] if name in (*_HANDLES, *_IDS)]
        counts = ", ".join(f"count(*) filter (where {_hides(n)})" for n in names)
        (found,) = connection.execute(f"select {counts} from {table}").fetchall()
        hiding = [name for name, count in zip(names, found, strict=True) if count]
        if hiding:
            _reject(connection, table, hiding)
            left_out += sum(_clear(connection, table, name) for name in hiding)
    if not left_out:
        return []
    return [
        f"{left_out} ids or handles beside the rows hold a character that none has:"
        " they are left out"
    ]


def _bare(
    connection: duckdb.DuckDBPyConnection, table: str, handles: list[str]
) -> None:
    """Take the @ off handles that bear one."""
    if not handles:
        return
    borne = ", ".join(f"bool_or(starts_with({name}, '@'))" for name in handles)
    (found,) = connection.execute(f"select {borne} from {table}").fetchall()
    for name in (name for name, any_is in zip(handles, found, strict=True) if any_is):
        connection.execute(
            f"update {table} set {name} = ltrim({name}, '@')"
            f" where starts_with({name}, '@') and ltrim({name}, '@') <> ''"
        )


def _hides(name: str) -> str:
    """Whether a column holds such a name; most are numbers, a quicker test."""
    none = f"[{_OF_HANDLES}]|^@" if name in _HANDLES else f"[{_OF_IDS}]"
    return (
        f"case when try_cast({name} as ubigint)::varchar = {name} then false"
        f" else coalesce(regexp_matches({name}, '{none}'), false) end"
    )


def _reject(
    connection: duckdb.DuckDBPyConnection, table: str, names: list[str]
) -> None:
    """Move the file's own rows with such a name to the rejected ones."""
    # a post whose author is known by id is one without the handle
    own = [name for name in names if name != "author_handle"]
    if not own:
        return
    reasons = ", ".join(
        f"case when {_hides(name)} then '{name.removeprefix('native_')} '"
        f" || left({name}, {_SHOWN})"
        " || ' holds a character that no id or handle has' end"
        for name in own
    )
    bad = f"record and ({' or '.join(map(_hides, own))})"
    connection.execute(
        f"insert into staged_reject (line, reason)"
        f" select line, coalesce({reasons}) from {table}"
        f" where {bad}"
    )
    connection.execute(f"delete from {table} where {bad}")


def _clear(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> int:
    """Take such names out of all other rows; gives how many there were."""
    bad = _hides(name)
    count = number(connection, f"select count(*) from {table} where {bad}")
    if name in _HANDLES:
        beside = _HANDLES[name]
        connection.execute(f"delete from {table} where {beside} is null and {bad}")
        connection.execute(f"update {table} set {name} = null where {bad}")
    else:
        connection.execute(f"delete from {table} where {bad}")
    return count
