"""Plain tables of ties: who pays attention to whom, one row each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import MissingColumns
from hcpgraph.importers import (
    columns,
    conversions,
    csv_reading,
    parquet_reading,
    plain,
    sql,
)
from hcpgraph.importers.csv_reading import Header
from hcpgraph.model.files import FileDescription, PlainTies, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hcpgraph.importers.head import Head
    from hcpgraph.model.files import ImportOptions, PlainBlock

NAME: Final = "ties"

_BAD = """
create or replace temp table unusable as
select line, reason from (
    select line, $reason as reason from raw where $whole
) where reason is not null
"""

_TIES = """
select line, true as record,
    $source_id as source_id, $source_handle as source_handle,
    $target_id as target_id, $target_handle as target_handle,
    $layer as layer, $at as "at", $post as post_id, $weight as weight, $area as area,
    null::varchar as refers_to
from raw anti join unusable using (line)
where $whole
"""

# A post makes several ties; its kind is the strongest thing it does.
_POSTS = """
select min(line) as line, 0::bigint as place, false as record, post_id as native_id,
    arg_min(source_id, line) as author_id,
    arg_min(source_handle, line) as author_handle, min("at") as created_at,
    case
        when bool_or(layer in ('repost', 'mention_in_repost')) then 'repost'
        when bool_or(layer = 'quote') then 'quote'
        when bool_or(layer = 'reply') then 'reply'
        else 'original' end as kind,
    null::varchar as refers_to, null::varchar as lang, null::varchar as text,
    null::varchar[] as hashtags, null::varchar[] as urls, null::bigint as reposts,
    null::bigint as replies, null::bigint as likes, null::bigint as quotes,
    null::varchar[] as edits
from ($ties)
where post_id is not null
group by post_id
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which column of a table means what.

    Attributes:
        cells: name in ``raw`` -> position in the file.
        handles: whether the ends are handles.
        layer: layer of rows that name none.
        notes: the choices made, in words.
    """

    cells: dict[str, int]
    handles: bool
    layer: str
    notes: tuple[str, ...]


def recognises(head: Head) -> bool:
    """Whether the file is a table with a column for either end of a tie."""
    if head.parquet:
        return True
    header = csv_reading.header_of(head)
    return header is not None and columns.find_ends(header.folded) is not None


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How a table of ties maps onto the study.

    Raises:
        MissingColumns: if there is no column for one of the ends.
        ExportError: if a column is named twice, or a Parquet column cannot hold
            what it should.
    """
    if head.parquet:
        return _describe_parquet(head, options)
    header = csv_reading.header_of(head) or Header(",", (), 1)
    plan = _plan(head, header, options)
    csv_reading.check_header(head, header)
    stage = csv_reading.stage(head, header, plan.cells)
    rejects = f"{csv_reading.rejects(header)} union all from unusable"
    described = _description(head, plan, stage, rejects, whole="broken is null")
    return _with_numbers(described, plan, plain.from_csv(head, header, plan.cells))


def _describe_parquet(head: Head, options: ImportOptions) -> FileDescription:
    schema = parquet_reading.schema_of(head)
    header = Header(",", tuple(schema.names), 0)
    plan = _plan(head, header, options)
    csv_reading.check_header(head, header)
    ends = [plan.cells[name] for name in ("source", "target")]
    parquet_reading.check_ids(head, schema, ends)
    if "time" in plan.cells:
        parquet_reading.check_time(head, schema, plan.cells["time"])
    stage = parquet_reading.stage(head, schema, plan.cells)
    described = _description(head, plan, stage, "from unusable", whole="true")
    blocks = plain.from_parquet(head, schema, plan.cells)
    return _with_numbers(described, plan, blocks)


def _with_numbers(
    described: FileDescription,
    plan: Plan,
    blocks: Callable[[], Iterator[PlainBlock]] | None,
) -> FileDescription:
    """Say how to read the ties as numbers, if they may be nothing else."""
    if blocks is None or plan.handles:
        return described
    return replace(described, plain=PlainTies(blocks, plan.layer))


def _plan(head: Head, header: Header, options: ImportOptions) -> Plan:
    """Find out what the columns mean."""
    folded = header.folded
    found = columns.find_ends(folded)
    if found is None:
        missing = [
            end
            for end, known in (("source", columns.SOURCES), ("target", columns.TARGETS))
            if columns.first_of(known, folded) is None
        ]
        raise MissingColumns(head.path, missing or ["source", "target"], header.names)
    ends, source, target = found
    cells = {"source": source, "target": target}
    for name, synonyms in columns.OPTIONAL.items():
        position = columns.first_of(synonyms, folded)
        if position is not None:
            cells[name] = position
    layer, notes = _default_layer(ends.layer, cells, options)
    handles = ends.handles or options.ids == "handle"
    unread = [n for i, n in enumerate(header.names) if n and i not in cells.values()]
    if unread:
        notes += (f"columns not read: {', '.join(unread)}",)
    return Plan(cells, handles, layer, notes)


def _default_layer(
    implied: str | None, cells: dict[str, int], options: ImportOptions
) -> tuple[str, tuple[str, ...]]:
    """The layer of rows that name none, and a note where it is a guess.

    Ties with a time or a weight come from acts, ties with neither from a list of
    who follows whom.
    """
    known = options.layer or implied
    if known is not None:
        return known, ()
    guess = "mention" if {"time", "weight"} & cells.keys() else "follow"
    if "kind" in cells:
        return guess, ()
    return guess, (
        f"no column says what kind of ties these are: read as layer {guess!r}; "
        "choose another with --layer",
    )


def _description(
    head: Head, plan: Plan, stage: tuple[str, ...], rejects: str, *, whole: str
) -> FileDescription:
    """The statements, once the columns are known."""
    cells = plan.cells
    reasons = [
        conversions.id_reason("source", "source"),
        conversions.id_reason("target", "target"),
    ]
    if "kind" in cells:
        reasons.append(conversions.layer_reason("kind", plan.layer))
    if "time" in cells:
        reasons.append(conversions.at_reason("time"))
    if "weight" in cells:
        reasons.append(conversions.weight_reason("weight"))
    bad = sql.fill(_BAD, reason=conversions.first_reason(reasons), whole=whole)
    ties = sql.fill(_TIES, whole=whole, **_parts(plan))
    queries = {Unit.TIES: ties}
    if "post" in cells:
        queries[Unit.POSTS] = sql.fill(_POSTS, ties=ties)
    return FileDescription(
        path=head.path,
        format=NAME,
        platform=None,
        unit=Unit.TIES,
        stage=(*stage, bad),
        queries=queries,
        rejects=rejects,
        notes=plan.notes,
    )


def _parts(plan: Plan) -> dict[str, str]:
    """The expression of each staged column that depends on the file."""
    cells, handles = plan.cells, plan.handles
    return {
        "source_id": conversions.native_id("source", handles=handles),
        "source_handle": conversions.handle("source", handles=handles),
        "target_id": conversions.native_id("target", handles=handles),
        "target_handle": conversions.handle("target", handles=handles),
        "layer": conversions.layer("kind", plan.layer)
        if "kind" in cells
        else sql.text(plan.layer),
        "at": conversions.at("time") if "time" in cells else "null::timestamp",
        "post": "post" if "post" in cells else "null::varchar",
        "weight": conversions.weight("weight") if "weight" in cells else "1.0::double",
        "area": "area" if "area" in cells else "null::varchar",
    }
