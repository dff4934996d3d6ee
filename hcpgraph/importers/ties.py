"""Plain tables of ties: a source and a target in each row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import MissingColumns, MissingLayer
from hcpgraph.importers.reading import (
    addresses,
    columns,
    conversions,
    id_mending,
    sql,
    tables,
    times,
)
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.recognition.likeness import (
    NOTHING_ALIKE,
    SURE,
    Likeness,
    doubtful,
    lacking,
)
from hcpgraph.model.files import FileDescription, IntegerEdgeList, RowType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.reading.tables import Header
    from hcpgraph.model.files import EdgeBlock, ImportOptions
    from hcpgraph.model.statements import Statement

NAME: Final = "ties"

_ENDS: Final = ("source", "target")
_IDS: Final = (*_ENDS, "post")

# A column called Relationship need not name layers. If the user says what all ties
# are, such a column is passed over, as long as not one of its cells is a layer.
_SPEAKING: Final = """
create or replace temp table kinds as
select count(*) filter ($layer is not null and kind is not null) > 0 as speak,
    min(kind) as example
from raw where broken is null
"""
_SILENT: Final = """
select 'column ' || $column || ' names no layers, such as ' || example
    || ': every tie is read as layer ' || $layer || ', as --layer says'
from kinds where not speak and example is not null
"""

# Gephi says of each row whether it is directed; other columns are called type, too.
_BOTH_WAYS: Final = """coalesce(lower(direction) in ('undirected', 'mutual')
    or $flag and lower(direction) in ('false', 'f', '0', 'no', 'n'), false)"""
_UNDIRECTED: Final = """
select format('{:d} rows are undirected: they tie both ways', count(*))
from raw anti join unusable using (line)
where broken is null and $both having count(*) > 0
"""

_UNDIRECTED_BY_NOTHING: Final = """
select 'columns not read: ' || $column from raw where broken is null
having count(direction) > 0 and count(*) filter ($known) = 0
"""
_DIRECTIONS: Final = (
    *("directed", "undirected", "mutual", "true", "false"),
    *("t", "f", "0", "1", "yes", "no", "y", "n"),
)

# In a table of names, as Gephi has them, a name is an id. Among numbers it is none.
_NUMBERED: Final = """
create or replace temp table numbered as
select coalesce(2 * count(*) filter (try_cast(id as ubigint) is not null
    or starts_with(id, '@')) > count(*), false) as mostly
from (select unnest([source, target]) as id from (from raw limit 1000))
"""
_NAME_REASON: Final = """when not regexp_full_match($cell, '[\\p{L}\\p{N}_.:@/+=-]+')
        and (select mostly from numbered)
        then $what || ' ' || left($cell, 80) || ' is a name, and the others are ids'"""

# The text of a post is no id, and says so by being no number.
_POST_REASON: Final = """case when regexp_full_match(post,
    '[+-]?[0-9]+([.,][0-9]*)?([eE][+-]?[0-9]+)?') then $reason end"""

_BAD = """
create or replace temp table unusable as
select line, reason from (
    select line, $reason as reason from raw where broken is null
) where reason is not null
"""

_USABLE: Final = "raw anti join unusable using (line) where broken is null"

# A post makes several ties; its kind is the strongest thing it does.
_OF_POSTS: Final = MappingProxyType(
    {
        "line": "min(line)",
        "place": "0::bigint",
        "record": "false",
        "native_id": "post_id",
        "author_id": "arg_min(source_id, line)",
        "author_handle": "arg_min(source_handle, line)",
        "created_at": 'min("at")',
        "kind": """case
        when bool_or(layer in ('repost', 'mention_in_repost')) then 'repost'
        when bool_or(layer = 'quote') then 'quote'
        when bool_or(layer = 'reply') then 'reply'
        else 'original' end""",
    }
)


@dataclass(frozen=True, slots=True)
class TieColumns:
    """Which column of a table means what.

    Attributes:
        cells: name in ``raw`` -> position in the file.
        names: name in ``raw`` -> name in the file.
        handles: whether the ends are handles.
        layer: layer of rows that name none; None if nobody says so.
        notes: the choices made, in words.
    """

    cells: dict[str, int]
    names: dict[str, str]
    handles: bool
    layer: str | None
    notes: tuple[str, ...]


def likeness(head: Head) -> Likeness:
    """How much the file looks like a table with a column for either end of a tie."""
    header = tables.header_of(head)
    if header is None:
        return NOTHING_ALIKE
    folded = header.folded
    found = columns.find_ends(folded)
    if found is None:
        missing = _missing(folded)
        return lacking(*missing) if len(missing) == 1 else NOTHING_ALIKE
    if found[0].handles and columns.TEXTS & folded.keys():
        # authors and addressees of posts, such as those of DMI-TCAT
        return doubtful(*sorted(columns.TEXTS & folded.keys()))
    return SURE


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How a table of ties maps onto the study.

    Raises:
        MissingColumns: if there is no column for one of the ends.
        MissingLayer: if neither the file nor the user says what kind of ties it holds.
        ExportError: if a column is named twice, or a Parquet column cannot hold
            what it should.
    """
    header = tables.table_of(head)
    plan = _plan(head, header, options)
    stage = tables.stage(head, header, plan.cells, ids=_IDS)
    described = description(head, header, plan, options, stage=stage)
    return _with_numbers(described, plan, tables.blocks(head, header, plan.cells))


def description(
    head: Head,
    header: Header,
    plan: TieColumns,
    options: ImportOptions,
    *,
    stage: tuple[Statement, ...],
    name: str = NAME,
    rejects: str | None = None,
) -> FileDescription:
    """The description of a file of ties, however it is laid out.

    Args:
        head: the file.
        header: its columns.
        plan: what they mean.
        options: what the user says.
        stage: statements that make ``raw``: line, the cells of the plan, broken.
        name: of the format.
        rejects: a query for line and reason of what is no row, unless ``raw`` has it.
    """
    rejects = rejects or tables.rejects(head, header)
    return FileDescription(
        path=head.path,
        format=name,
        platform=None,
        unit=RowType.TIES,
        stage=(*stage, *judge(header, plan, options)),
        queries=_queries(plan, options),
        rejects=f"{rejects} union all from unusable",
        notes=plan.notes,
        remarks=_remarks(plan, options),
    )


def _with_numbers(
    described: FileDescription,
    plan: TieColumns,
    blocks: Callable[[], Iterator[EdgeBlock]] | None,
) -> FileDescription:
    """Say how to read the ties as numbers, if they may be nothing else."""
    if blocks is None or plan.handles or plan.layer is None:
        return described
    return replace(described, plain=IntegerEdgeList(blocks, plan.layer))


def _missing(folded: dict[str, int]) -> list[str]:
    """Which ends have no column."""
    return [
        end
        for end, known in (("source", columns.SOURCES), ("target", columns.TARGETS))
        if columns.first_of(known, folded) is None
    ]


def _plan(head: Head, header: Header, options: ImportOptions) -> TieColumns:
    """Find out what the columns mean."""
    folded = header.folded
    found = columns.find_ends(folded)
    if found is None:
        missing = _missing(folded) or ["source", "target"]
        raise MissingColumns(head.path, missing, header.names)
    ends, source, target = found
    cells = {"source": source, "target": target}
    for name, synonyms in columns.OPTIONAL.items():
        position = columns.first_of(synonyms, folded)
        if position is not None:
            cells[name] = position
    layer = options.layer or ends.layer
    if layer is None and "kind" not in cells:
        raise MissingLayer(head.path)
    notes: tuple[str, ...] = ()
    if ends.layer not in (None, layer):
        notes += (
            f"the columns {header.names[source]} and {header.names[target]} name the "
            f"layer {ends.layer}: read as {layer} all the same, as --layer says",
        )
    unread = [n for i, n in enumerate(header.names) if n and i not in cells.values()]
    if unread:
        notes += (f"columns not read: {', '.join(unread)}",)
    names = {name: header.names[position] for name, position in cells.items()}
    handles = ends.handles or options.ids == "handle"
    return TieColumns(cells, names, handles, layer, notes)


def judge(
    header: Header, plan: TieColumns, options: ImportOptions
) -> tuple[Statement, ...]:
    """The statements that mend ``raw`` and make ``unusable``."""
    cells = plan.cells
    reasons = [
        conversions.id_reason(
            end,
            plan.names[end],
            handles=plan.handles,
            platform=options.platform,
            more=_NAME_REASON,
        )
        for end in _ENDS
    ]
    if "post" in cells:
        reason = conversions.id_reason("post", plan.names["post"])
        reasons.append(sql.fill(_POST_REASON, reason=reason))
    if "kind" in cells:
        reasons.append(_or_silent(plan, options, _layer_reason(plan), "null"))
    if "time" in cells:
        reasons.append(times.at_reason("time"))
    if "weight" in cells:
        comma = options.layout.decimal == ","
        reasons.append(conversions.weight_reason("weight", comma=comma))
    kinds = sql.fill(_SPEAKING, layer=conversions.layer("kind", None))
    decimal = conversions.decimal_commas(header.delimiter, options.layout.decimal)
    return (
        *(decimal if "weight" in cells else ()),
        *id_mending.mend(_ids(plan)),
        *addresses.read(_ENDS, _ids(plan)[len(_ENDS) :], platform=options.platform),
        _NUMBERED,
        *((kinds,) if _may_be_silent(plan, options) else ()),
        sql.fill(_BAD, reason=conversions.first_reason(reasons)),
    )


def _ids(plan: TieColumns) -> tuple[str, ...]:
    return tuple(name for name in _IDS if name in plan.cells)


def _layer_reason(plan: TieColumns) -> str:
    return conversions.layer_reason("kind", plan.layer)


def _may_be_silent(plan: TieColumns, options: ImportOptions) -> bool:
    """Whether the column of kinds may name no layers, and the user named one."""
    return "kind" in plan.cells and options.layer is not None


def _or_silent(
    plan: TieColumns, options: ImportOptions, spoken: str, silent: str
) -> str:
    """*spoken*, or *silent* where the column of kinds names no layers."""
    if not _may_be_silent(plan, options):
        return spoken
    return f"case when (select speak from kinds) then {spoken} else {silent} end"


def _queries(plan: TieColumns, options: ImportOptions) -> dict[RowType, str]:
    cells = _cells(plan, options)
    there = staged_rows(RowType.TIES, {**cells, "record": "true"}, _USABLE)
    ties = there
    if "direction" in plan.cells:
        back = {**_turned(cells), "record": "false"}
        both = f"{_USABLE} and {_both_ways(plan)}"
        ties = f"{there} union all {staged_rows(RowType.TIES, back, both)}"
    queries = {RowType.TIES: ties}
    if "post" in plan.cells:
        named = f"({there}) where post_id is not null group by post_id"
        queries[RowType.POSTS] = staged_rows(RowType.POSTS, _OF_POSTS, named)
    return queries


def _turned(cells: dict[str, str]) -> dict[str, str]:
    """The same tie from its target to its source."""
    turned = {
        f"{end}_{what}": cells[f"{other}_{what}"]
        for end, other in (_ENDS, _ENDS[::-1])
        for what in ("id", "handle")
    }
    return {**cells, **turned}


def _both_ways(plan: TieColumns) -> str:
    flag = columns.fold(plan.names["direction"]) == "directed"
    return sql.fill(_BOTH_WAYS, flag=str(flag).lower())


def _remarks(plan: TieColumns, options: ImportOptions) -> str:
    """A query for the notes on the rows."""
    said = [id_mending.remarks(_ids(plan)), addresses.REMARKS]
    if "weight" in plan.cells:
        said.append(conversions.DECIMAL_REMARKS)
    if _may_be_silent(plan, options):
        column = sql.text(plan.names["kind"])
        layer = sql.text(str(plan.layer))
        said.append(sql.fill(_SILENT, column=column, layer=layer))
    if "direction" in plan.cells:
        said.append(sql.fill(_UNDIRECTED, both=_both_ways(plan)))
        column = sql.text(plan.names["direction"])
        known = f"lower(direction) in {_DIRECTIONS}"
        said.append(sql.fill(_UNDIRECTED_BY_NOTHING, column=column, known=known))
    return " union all ".join(said)


def _cells(plan: TieColumns, options: ImportOptions) -> dict[str, str]:
    """The expression of each staged column that the file says something of."""
    there, handles = plan.cells, plan.handles
    default = sql.text(str(plan.layer))
    kind = _or_silent(plan, options, conversions.layer("kind", plan.layer), default)
    cells = {
        "line": "line",
        "layer": kind if "kind" in there else default,
        "weight": conversions.weight("weight") if "weight" in there else "1.0::double",
    }
    for end in _ENDS:
        cells[f"{end}_id"] = conversions.native_id(end, handles=handles)
        cells[f"{end}_handle"] = conversions.handle(end, handles=handles)
    if "time" in there:
        cells["at"] = times.at("time")
    if "post" in there:
        cells["post_id"] = "post"
    if "area" in there:
        cells["area"] = "area"
    return cells
