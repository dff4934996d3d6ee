"""Files whose columns somebody has mapped: any table, and any records of JSON.

The cells that the mapping names become columns of ``raw`` under the names of the study,
whatever the file is. From there on ties and people are read as those of any table, and
posts as ``mapped_posts`` says.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import (
    ExportError,
    MissingColumns,
    MissingLayer,
    UnknownFormat,
)
from hcpgraph.importers import mapped_posts, roster, ties
from hcpgraph.importers.reading import (
    conversions,
    json_values,
    record_sources,
    records,
    sql,
    tables,
    times,
)
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.record_sources import RecordSource
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.ties import TieColumns
from hcpgraph.model.files import FileDescription, RowType
from hcpgraph.model.mapping import COLUMNS, KEYS, SURE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.files import ImportOptions
    from hcpgraph.model.mapping import ColumnMapping
    from hcpgraph.model.statements import Statement

# Column of the mapping -> its name in the ``raw`` of ties and rosters.
_IN_RAW: Final[Mapping[RowType, Mapping[str, str]]] = {
    RowType.TIES: {"layer": "kind"},
    RowType.PEOPLE: {"id": "native", "match_basis": "basis"},
    RowType.POSTS: {},
}
# Columns that hold ids, which a table of Parquet may keep as numbers.
_IDS: Final = frozenset(
    {
        *("author_id", "author", "id", "parent", "parent_author_id", "repost_of"),
        *("reposted_author_id", "quote_of", "quoted_author_id", "source", "target"),
        *("handle", "npi"),
    }
)
# What programs write where there is nothing. Nan and None are names of people, too.
_NOTHING: Final = ("nan", "none", "null", "<na>", "n/a", "nat", "\\n")
_NAMES: Final = frozenset(
    {
        *("author", "author_id", "author_name", "bio", "text", "source", "target"),
        *("source_name", "target_name", "id", "handle", "name", "institution"),
    }
)

_ASIDE: Final = (
    "create or replace temp table no_row as $rejects",
    "create or replace temp table first_remark (text varchar)",
)
_CELLS: Final = """
create or replace temp table mapped as
select n, line, $cells, null::varchar as broken from raw where $there
"""
_TIMES: Final = """
create or replace temp table mapped as select * replace (
    strftime("at", '%Y-%m-%dT%H:%M:%S.%fZ') as time) from ($timed)
"""
_UTC: Final = """
insert into first_remark
select format('times without a zone: {:d}, read as UTC; [time] zone in the mapping '
    'names another', count(*)) from raw where no_zone having count(*) > 0
"""
_NO_TIME: Final = (
    "insert into no_row select line, time_reason from raw"
    " where time_reason is not null",
    "delete from raw where time_reason is not null",
)
_BROKEN: Final = "from no_row where reason = 'the line is not valid JSON'"


def describe(
    head: Head, mapping: ColumnMapping, options: ImportOptions
) -> FileDescription:
    """How a file maps onto the study that is read by a mapping.

    Raises:
        MissingColumns: if the file has no column that the mapping names.
        MissingLayer: if nothing says what kind of ties it holds.
        UnknownFormat: if it is neither a table nor JSON.
    """
    platform = mapping.platform or options.platform
    source, columns, notes = _source(head, mapping)
    stage = (*source.stage, *_staged(source, mapping, columns))
    if mapping.unit is RowType.POSTS:
        described = mapped_posts.described(head, stage, mapping, platform)
    else:
        said = replace(options, platform=platform, ids=mapping.ids or options.ids)
        read = _ties if mapping.unit is RowType.TIES else _people
        described = read(head, stage, mapping, said)
    remarks = ("select text from first_remark", described.remarks)
    return replace(
        described,
        format=f"map:{Path(mapping.name).stem}",
        platform=mapping.platform,
        notes=(*notes, *described.notes),
        remarks=" union all ".join(filter(None, remarks)),
        broken=_BROKEN if source.broken else "",
    )


def _source(
    head: Head, mapping: ColumnMapping
) -> tuple[RecordSource, Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """The records of a file, the columns of the mapping that it has, and notes."""
    said = f" ({SURE[mapping.sure]})" if mapping.sure else ""
    about = f": {mapping.about}" if mapping.about else ""
    note = f"read by the mapping {Path(mapping.name).name}{about}{said}"
    if json_values.begins(head):
        source = record_sources.from_json(head, "the mapping", within=mapping.records)
        return source, _in_json(head, mapping), (note,)
    header = tables.header_of(head)
    if header is None:
        raise UnknownFormat(head.path, "is neither a table nor records of JSON")
    there = _positions(head, header, mapping.places)
    columns = {
        column: tuple(place for place in places if place in there)
        for column, places in mapping.columns.items()
    }
    _check(head, mapping, columns, header.names)
    cells = {place: f"c{k}" for k, place in enumerate(there)}
    found = {cells[place]: position for place, position in there.items()}
    ids = {cells[place] for name in _IDS for place in columns.get(name, ())}
    source = RecordSource(
        stage=(
            *tables.stage(head, header, found, ids=tuple(sorted(ids))),
            *record_sources.NUMBERED,
        ),
        cell=lambda place: cells[place],
        texts=lambda _: "null::varchar[]",
        elements=None,
        there="broken is null",
        rejects=tables.rejects(head, header),
    )
    used = set(found.values())
    unread = [n for k, n in enumerate(header.names) if n and k not in used]
    more = (f"columns not read: {', '.join(unread)}",) if unread else ()
    return source, columns, (note, *more)


def _positions(
    head: Head, header: tables.Header, places: tuple[str, ...]
) -> dict[str, int]:
    """Where columns stand: by their very name, else by one of the same letters.

    Raises:
        ExportError: if two columns have the name.
    """
    names, folded = header.names, header.folded
    found = {}
    for place in places:
        if names.count(place) > 1:
            raise ExportError(
                head.path, f"has two columns {place!r}; remove or rename one of them"
            )
        position = names.index(place) if place in names else folded.get(fold(place))
        if position is not None:
            found[place] = position
    return found


def _in_json(head: Head, mapping: ColumnMapping) -> Mapping[str, tuple[str, ...]]:
    """The columns of the mapping; a record may lack what is empty in it."""
    shown = json_values.first_objects(head)
    if shown and not mapping.records:
        needed = {name for one in KEYS[mapping.unit] for name in one}
        columns = {
            column: tuple(
                place
                for place in places
                if column not in needed or any(records.has(one, place) for one in shown)
            )
            for column, places in mapping.columns.items()
        }
        keys = dict.fromkeys(key for one in shown for key in one)
        _check(head, mapping, columns, tuple(keys))
    return mapping.columns


def _check(
    head: Head,
    mapping: ColumnMapping,
    columns: Mapping[str, tuple[str, ...]],
    names: tuple[str, ...],
) -> None:
    """Refuse a file that lacks what the mapping names, with what it has."""
    missing = [
        f"{' or '.join(mapping.columns[column])} ({column})"
        for column, there in columns.items()
        if not there and column not in mapping.optional
    ]
    for one in KEYS[mapping.unit]:
        mapped = [name for name in one if name in columns]
        if mapped and not missing and not any(columns[name] for name in mapped):
            missing = [" or ".join(p for c in mapped for p in mapping.columns[c])]
    if missing:
        raise MissingColumns(head.path, missing, [name for name in names if name])


def _staged(
    source: RecordSource,
    mapping: ColumnMapping,
    columns: Mapping[str, tuple[str, ...]],
) -> tuple[Statement, ...]:
    """Statements that make ``raw`` a table of the columns of the study, as text."""
    in_raw = _IN_RAW[mapping.unit]
    cells = ", ".join(
        f'{_cell(source, mapping, columns.get(column, ()), column)} as "'
        f'{in_raw.get(column, column)}"'
        for column in COLUMNS[mapping.unit]
    )
    return (
        *(sql.fill(one, rejects=source.rejects) for one in _ASIDE),
        sql.fill(_CELLS, cells=cells, there=source.there),
        *mapped_posts.SWAP,
        *_in_time(mapping, timed="time" in columns),
    )


def _in_time(mapping: ColumnMapping, *, timed: bool) -> tuple[Statement, ...]:
    """Statements that bring the column ``time`` into UTC."""
    if not timed:
        return ()
    query = times.timed(
        "raw",
        "time",
        formats=mapping.formats,
        zone=mapping.zone,
        names=mapping.values.get("zone", ()),
    )
    said = () if mapping.zone else (_UTC,)
    return (sql.fill(_TIMES, timed=query), *mapped_posts.SWAP, *said, *_NO_TIME)


def _cell(
    source: RecordSource, mapping: ColumnMapping, places: tuple[str, ...], column: str
) -> str:
    """What a column of the study is in a record, by the words of the mapping."""
    if column in ("mentions", "hashtags"):
        return mapped_posts.listed(source, places)
    cells = [source.cell(place) for place in places]
    if column in _IDS:  # programs quote what a spreadsheet must not read as a number
        cells = [f"regexp_replace({c}, '^\"([^\"]+)\"$', '\\1')" for c in cells]
    if column not in _NAMES:
        nothing = f"({', '.join(map(sql.text, _NOTHING))})"
        cells = [f"case when lower({c}) not in {nothing} then {c} end" for c in cells]
    cell = f"coalesce({', '.join((*cells, 'null::varchar'))})"
    if column in mapping.constants:
        cell = sql.text(mapping.constants[column])
    if mapping.unit is RowType.POSTS and column in ("weight", "followers"):
        return conversions.in_english(cell, decimal=mapping.layout.decimal)
    return conversions.meaning(cell, mapping.values.get(column, ()))


def _ties(
    head: Head,
    stage: tuple[Statement, ...],
    mapping: ColumnMapping,
    options: ImportOptions,
) -> FileDescription:
    """Rows of a tie each."""
    layer = mapping.constants.get("layer", options.layer)
    if layer is None and "layer" not in mapping.columns:
        raise MissingLayer(head.path)
    cells = {
        _IN_RAW[RowType.TIES].get(column, column): position
        for position, column in enumerate(COLUMNS[RowType.TIES])
        if mapping.means(column) and not (column == "layer" in mapping.constants)
    }
    names = {
        _IN_RAW[RowType.TIES].get(column, column): places[0]
        for column, places in mapping.columns.items()
    }
    plan = TieColumns(
        cells, {**{c: c for c in cells}, **names}, options.ids == "handle", layer, ()
    )
    header = tables.Header(",", (), 0)  # no cell shows what separates the others
    described = ties.description(
        head, header, plan, options, stage=stage, rejects="from no_row"
    )
    named = [
        staged_rows(
            RowType.ACCOUNTS,
            {
                "line": "line",
                "record": "false",
                "native_id": conversions.native_id(end, handles=plan.handles),
                "handle": conversions.handle(end, handles=plan.handles),
                "name": f"{end}_name",
            },
            f"raw anti join unusable using (line) where {end}_name is not null",
        )
        for end in ("source", "target")
        if mapping.means(f"{end}_name")
    ]
    if not named:
        return described
    accounts = {RowType.ACCOUNTS: " union all ".join(named)}
    return replace(described, queries={**described.queries, **accounts})


def _people(
    head: Head,
    stage: tuple[Statement, ...],
    mapping: ColumnMapping,
    options: ImportOptions,
) -> FileDescription:
    """Rows of a person each."""
    return roster.of_raw(head, stage, options, rejects="from no_row")
