"""Records in a temporary table, from JSON of any layout or from a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import MissingColumns
from hcpgraph.importers.reading import (
    addresses,
    id_mending,
    json_values,
    lines,
    sql,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.statements import Statement

EACH: Final = "[*]"

_JSON: Final = """
create or replace temp table raw as
select row_number() over () as n, line, json_valid(text) as valid, case
    when json_valid(text) and json_type(text) = 'OBJECT' then text end as body
from $objects
"""
# Records in a list inside a document, or inside each of several.
_INSIDE: Final = """(
    select line, unnest(case when json_valid(text) then list_transform(
        from_json(json_extract(text, $path), '["JSON"]'),
        lambda e: coalesce(e::varchar, 'null')) else [text] end) as text
    from $objects
)"""
_NO_RECORD: Final = """
select line, case when valid then 'no record of ' || $name
    else 'the line is not valid JSON' end as reason
from raw where body is null
"""
NUMBERED: Final = ("alter table raw add column n bigint", "update raw set n = line")
_ELEMENTS: Final = """(select n, line, body, unnest(from_json(
    json_extract(body, $path), '["JSON"]')) as element from raw)"""


@dataclass(frozen=True, slots=True)
class RecordSource:
    """Records in ``raw``, numbered ``n``.

    Attributes:
        stage: what makes ``raw``.
        cell: the text at a place of a record, or of an element of a list.
        texts: the texts at a place that goes through a list.
        elements: what stands behind ``from`` for the elements of a list, by its place;
            None where there are no lists.
        there: which rows of ``raw`` are records.
        rejects: a query for line and reason of all others.
        broken: a query for what a mended copy may bring back; may be empty.
        remarks: queries for notes.
        checked: whether ids, handles and times in it can be used as they stand.
    """

    stage: tuple[Statement, ...]
    cell: Callable[[str], str]
    texts: Callable[[str], str]
    elements: Callable[[str], str] | None
    there: str
    rejects: str
    broken: str = ""
    remarks: tuple[str, ...] = ()
    checked: bool = False


def from_json(head: Head, name: str, *, within: str | None = None) -> RecordSource:
    """Objects of JSON on lines, in lists or printed.

    Args:
        head: the file.
        name: what they are called where there is none.
        within: where the list of records stands; None if they stand by themselves.
    """
    objects = json_values.objects(head)
    if within:
        objects = sql.fill(_INSIDE, path=sql.text(_path(within)), objects=objects)
    raw = sql.fill(_JSON, objects=objects)
    rejects = sql.fill(_NO_RECORD, name=sql.text(name))
    stage: tuple[str, ...] = (raw,)
    if not json_values.is_document(head):
        stage = (*lines.CLEAR, raw, lines.renumber("raw", "unread"))
        rejects += "and line not in (select line from unread)"
        rejects = f"{lines.UNREAD} union all {rejects}"
    return RecordSource(
        stage=stage,
        cell=_json_cell,
        texts=_json_texts,
        elements=_elements,
        there="body is not null",
        rejects=rejects,
        broken="from raw where not valid",
    )


def _json_cell(place: str) -> str:
    body, _, rest = place.rpartition(EACH)
    source = "element" if body else "body"
    text = f"json_extract_string({source}, {sql.text(_path(rest.lstrip('.')))})"
    return f"nullif(trim({text}), '')"


def _json_texts(place: str) -> str:
    before, _, rest = place.partition(EACH)
    path = f"{_path(before)}{EACH}{_path(rest.lstrip('.')).removeprefix('$')}"
    return f"json_extract_string(body, {sql.text(path)})"


def _elements(place: str) -> str:
    return sql.fill(_ELEMENTS, path=sql.text(_path(place)))


def _path(place: str) -> str:
    return "$" + "".join(f'."{key}"' for key in place.split(".") if key)


def from_table(
    head: Head,
    places: tuple[str, ...],
    *,
    people: tuple[str, ...],
    posts: tuple[str, ...],
    platform: str | None,
) -> RecordSource:
    """Rows of a table, whose columns are called as *places* are.

    Args:
        head: the file.
        places: columns to read.
        people: those that hold ids or handles.
        posts: those that hold ids of posts.
        platform: whose they are.

    Raises:
        UnknownFormat: if it is no table.
        MissingColumns: if it has none of the columns that hold ids or handles.
        ExportError: if a column is named twice.
    """
    header = tables.table_of(head)
    cells = {place: f"c{number}" for number, place in enumerate(places)}
    found = tables.positions_of(header, {cells[place]: place for place in places})
    if not any(cells[place] in found for place in people):
        raise MissingColumns(head.path, people[:3], header.names)
    ids = tuple(cells[place] for place in (*people, *posts) if cells[place] in found)
    absent = tuple(cells[place] for place in places if cells[place] not in found)
    columns = tuple(cells[place] for place in people)
    return RecordSource(
        stage=(
            *tables.stage(head, header, found, ids=ids, absent=absent),
            *id_mending.mend(ids),
            *addresses.read(
                columns, tuple(cells[place] for place in posts), platform=platform
            ),
            *NUMBERED,
        ),
        cell=lambda place: cells.get(place, "null::varchar"),
        texts=lambda _: "null::varchar[]",
        elements=None,
        there="broken is null",
        rejects=tables.rejects(head, header),
        remarks=(id_mending.remarks(ids), addresses.REMARKS),
    )
