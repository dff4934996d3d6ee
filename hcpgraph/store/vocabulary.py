"""The disease areas a study knows, and labelling everything by them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hcpgraph.store.answers import number, run
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

# As JSON: thousands of rows written out as values take DuckDB ten times as long.
# Places keep the order of the vocabulary, in which new areas are numbered.
_SAY_AREAS: Final = """
create or replace temp table said_area as
select said[1]::integer as place, said[2] as slug, said[3] as name, said[4] as mesh,
       said[5] as origin
from (select unnest(from_json($areas, '[["varchar"]]')) as said)
"""
_SAY_TERMS: Final = """
create or replace temp table said_term as
select said[1] as slug, said[2] as kind, said[3] as term
from (select unnest(from_json($terms, '[["varchar"]]')) as said)
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
    numbered = [(place, *area) for place, area in enumerate(areas)]
    run(connection, _SAY_AREAS, {"areas": json.dumps(numbered)})
    run(connection, _SAY_TERMS, {"terms": json.dumps(terms)})
    connection.execute(_ADOPT)


def _relabel(connection: duckdb.DuckDBPyConnection, labelling: Labelling) -> None:
    connection.execute("create or replace temp table new_post as select post from post")
    connection.execute(
        "create or replace temp table touched_account as select account from account"
    )
    label(connection, labelling)
