"""The disease areas a study knows, and labelling everything by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.importing import Labelling, label
from hcpgraph.store.staging import drop_temporary
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

# (slug, name, MeSH id or None, origin)
AreaRow = tuple[str, str, str | None, str]
# (slug, hashtag | term | exclude, folded term)
TermRow = tuple[str, str, str]

_INSERT: Final = """
insert into area select (select coalesce(max(area), -1) + 1 from area), ?, ?, ?, ?
"""


def write_vocabulary(
    connection: duckdb.DuckDBPyConnection,
    areas: Iterable[AreaRow],
    terms: Iterable[TermRow],
    labelling: Labelling,
    *,
    study: Path,
) -> None:
    """Add areas, or give known ones other terms, and label the whole study anew.

    An area keeps its number for good; only what makes a post belong to it changes.
    """
    with transaction(connection, study):
        _write(connection, list(areas), list(terms))
        _relabel(connection, labelling)


def _write(
    connection: duckdb.DuckDBPyConnection, areas: list[AreaRow], terms: list[TermRow]
) -> None:
    for slug, name, mesh, origin in areas:
        known = connection.execute(
            "update area set name = ?, mesh = ?, origin = ? where slug = ?"
            " returning area",
            [name, mesh, origin, slug],
        ).fetchall()
        if known:
            connection.execute("delete from area_term where area = ?", known[0])
        else:
            connection.execute(_INSERT, [slug, name, mesh, origin])
    connection.execute(
        "create or replace temp table said (slug varchar, kind varchar, term varchar)"
    )
    if terms:
        connection.executemany("insert into said values (?, ?, ?)", terms)
    connection.execute(
        "insert into area_term select area, kind, term from said join area using (slug)"
    )


def _relabel(connection: duckdb.DuckDBPyConnection, labelling: Labelling) -> None:
    connection.execute("create or replace temp table new_post as select post from post")
    connection.execute(
        "create or replace temp table touched_account as select account from account"
    )
    label(connection, labelling)
    drop_temporary(connection)
