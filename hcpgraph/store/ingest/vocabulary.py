"""The disease areas a study knows, and labelling everything by them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.store.ingest.importing import Labelling, label
from hcpgraph.store.ingest.staging import drop_temporary
from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    from collections.abc import Sequence

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
insert into area (area, slug, name, mesh, origin)
select (select coalesce(max(area), -1) from area) + row_number() over (order by place),
       slug, name, mesh, origin
from said_area anti join area using (slug);
delete from area_term
where area in (select area from area semi join said_area using (slug));
insert into area_term (area, kind, term)
select area, kind, term from said_term join area using (slug);
"""


# Areas that files name are there without any vocabulary.
_ANY: Final = "select count(*) from area where origin <> 'file'"


@dataclass(frozen=True, slots=True)
class VocabularyRows:
    """Disease areas and their words.

    Attributes:
        areas: the areas, in the order in which new ones are numbered.
        terms: their words.
        labelling: what to run on posts and accounts once the words are there.
    """

    areas: tuple[AreaRow, ...]
    terms: tuple[TermRow, ...]
    labelling: Labelling


def write_vocabulary(
    connection: duckdb.DuckDBPyConnection, vocabulary: VocabularyRows
) -> None:
    """Add areas, or give known ones other terms, and label the whole study anew.

    Inside one transaction. An area keeps its number for good; only what makes a post
    belong to it changes.
    """
    _write(connection, vocabulary.areas, vocabulary.terms)
    if number(connection, "select count(*) from account"):
        _relabel(connection, vocabulary.labelling)
    drop_temporary(connection)


def has_vocabulary(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether any vocabulary was ever written."""
    return number(connection, _ANY) > 0


def _write(
    connection: duckdb.DuckDBPyConnection,
    areas: Sequence[AreaRow],
    terms: Sequence[TermRow],
) -> None:
    numbered = [(place, *area) for place, area in enumerate(areas)]
    execute(connection, _SAY_AREAS, {"areas": json.dumps(numbered)})
    execute(connection, _SAY_TERMS, {"terms": json.dumps(terms)})
    connection.execute(_ADOPT)


def _relabel(connection: duckdb.DuckDBPyConnection, labelling: Labelling) -> None:
    connection.execute("create or replace temp table new_post as select post from post")
    connection.execute(
        "create or replace temp table touched_account as select account from account"
    )
    label(connection, labelling)
