"""The disease areas a study knows, and labelling everything by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.answers import number, rows
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

# Places keep the order of the vocabulary, in which new areas are numbered.
_SAY_AREAS: Final = """
create or replace temp table said_area (
    place integer, slug varchar, name varchar, mesh varchar, origin varchar
)
"""
_SAY_TERMS: Final = """
create or replace temp table said_term (slug varchar, kind varchar, term varchar)
"""
_ADOPT: Final = """
update area set name = said.name, mesh = said.mesh, origin = said.origin
from said_area said where area.slug = said.slug;
insert into area
select (select coalesce(max(area), -1) from area) + row_number() over (order by place),
       slug, name, mesh, origin
from said_area anti join area using (slug);
delete from area_term
where area in (select area from area semi join said_area using (slug));
insert into area_term select area, kind, term from said_term join area using (slug);
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
        if number(connection, "select count(*) from account"):
            _relabel(connection, labelling)
        drop_temporary(connection)


def _write(
    connection: duckdb.DuckDBPyConnection, areas: list[AreaRow], terms: list[TermRow]
) -> None:
    connection.execute(_SAY_AREAS)
    connection.execute(_SAY_TERMS)
    if areas:
        numbered = ((place, *area) for place, area in enumerate(areas))
        connection.execute(f"insert into said_area values {rows(numbered)}")
    if terms:
        connection.execute(f"insert into said_term values {rows(terms)}")
    connection.execute(_ADOPT)


def _relabel(connection: duckdb.DuckDBPyConnection, labelling: Labelling) -> None:
    connection.execute("create or replace temp table new_post as select post from post")
    connection.execute(
        "create or replace temp table touched_account as select account from account"
    )
    label(connection, labelling)
