"""JSON lines of one layout, read as columns: the quick way to most of a file.

DuckDB's reader of JSON takes lines apart as it reads them, on every core, and never
makes text of them; but it says neither why a line could not be read nor where that
line stands. So what is laid out like the first line is read in this way, and every
other line, such as one that is cut off, is left for ``x_pages`` to look at. Both ways
read a value alike.

This reader passes over blank lines and does not count them. If there is anything to
say about a line, they are looked for, and the lines after them numbered anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.reading import json_values, lines, sql
from hcpgraph.importers.x_api import field_spec
from hcpgraph.model.statements import IfAny

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.statements import Statement

# The longest line the reader is ready for. Every core holds twice as much, so the
# smallest size that will do.
_SIZES: Final = (2**19, 2**21, 2**23, lines.LONGEST)

# Rows of a table are numbered in order, but from where is the database's affair. So
# that no query over wide rows has to ask, all lines are numbered so at first.
_QUICK: Final = """
create or replace temp table quick as
select *, $plain as plain
from read_ndjson(
    $file, columns = $columns, records = true, ignore_errors = true,
    maximum_object_size = $size, compression = $compression
)
"""
_ODD: Final = """
create or replace temp table odd as select rowid as line from quick where not plain
"""
_BEFORE: Final = "(select min(rowid) - 1 from quick)"

# Of posts that are ids where people are meant, no line is kept as it is: the posts of
# a line, those of the file before those that came along, stand beside its users, one
# of each a row, and what is missing is null. Every line has a row, as it may be odd.
_FLAT: Final = """
create or replace temp table x_post as
select null::bigint as line, null::bigint as n, starts, plain,
    place <= records as record, $fields, person
from (
    select plain, records, unnest([true]) as starts,
        unnest(range(1, len(posts) + 1)) as place, unnest(posts) as post,
        unnest($users) as person
    from (
        select $plain as plain, len($list) as records, $posts as posts, *
        from read_ndjson(
            $file, columns = $columns, records = true, ignore_errors = true,
            maximum_object_size = $size, compression = $compression
        )
    )
)
"""
# Counted afterwards: one core alone would have to count while it reads.
_COUNT: Final = """
update x_post set line = counted.line
from (
    select rowid as place, count(starts) over (
        rows between unbounded preceding and current row) as line
    from x_post
) as counted
where x_post.rowid = counted.place
"""
_ODD_FLAT: Final = """
create or replace temp table odd as select line from x_post where starts and not plain
"""
LEAVE_ODD: Final = "delete from x_post where line in (from odd)"

_TEXTS: Final = """(
    select line, text
    from (
        select row_number() over () + $before as line,
            json as text
        from read_ndjson_objects(
            $file, ignore_errors = true, maximum_object_size = $size,
            compression = $compression
        )
    )
    join odd using (line)
)"""

_FROM_ONE: Final = """
update $table set line = line - (select min(rowid) - 1 from quick)
"""

_BLANK: Final = """
create or replace temp table blank as
select line
from $lines as each
where text is null or trim(text, ' \t\r') = ''
"""

# Whether a line is of the layout, its row or rows, and those as a list.
_LAID_OUT: Final = {
    "page": "data is not null",
    "single": "data.id is not null",  # a list in its place is no null to the reader
    "bare": "id is not null and data is null",
}
_ROW: Final = {"page": "unnest(data)", "single": "data", "bare": "$bare"}
_LIST: Final = {"page": "data", "single": "[data]", "bare": "[$bare]"}

_ALONG: Final = "select rowid as line, includes from quick where plain"
_INCLUDES: Final = field_spec.type_of(field_spec.INCLUDES)
_NOTHING_ALONG: Final = f"select 0 as line, null::{_INCLUDES} as includes where false"

# Whether a post holds whole people or posts after all.
_FLATTENED: Final = """coalesce(list_bool_or(list_transform($posts, lambda p:
        p.author is not null or p.in_reply_to_user is not null
        or list_bool_or(list_transform(
            p.entities.mentions, lambda m: m.name is not null))
        or list_bool_or(list_transform(
            p.referenced_tweets,
            lambda r: r.author is not null or r.author_id is not null)))), false)"""


@dataclass(frozen=True, slots=True)
class FastPath:
    """How to read the lines that are laid out like the first.

    Attributes:
        stage: statements that make ``quick``, a row a line, or if slim ``x_post``,
            and ``odd``, the numbers of the lines that are laid out in another way.
            ``LEAVE_ODD`` takes what was made of those out of ``x_post``.
        texts: a relation with the columns line and text of the lines in ``odd``; the
            text of what is not valid JSON is null.
        rows: a query over ``quick`` for the columns line, row and url; empty if slim.
        along: a query over ``quick`` for the columns line and includes; empty if slim.
        slim: whether the rows are posts without people and posts inside.
    """

    stage: tuple[str, ...]
    texts: str
    rows: str
    along: str
    slim: bool


def fast_path(head: Head, row: field_spec.Spec, fields: str = "") -> FastPath | None:
    """The quick way to read a file whose rows are *row*, or None if it has none.

    It has none if it begins with a list or with a byte order mark, is one document or
    holds a line that is too long, and for the ``includes`` of a page on their own.

    Args:
        head: the file.
        row: what its rows are.
        fields: for posts, SQL for the columns of ``x_post``, given ``post``.
    """
    first = _first(head)
    size = _size(head)
    if first is None or size is None:
        return None
    layout, slim = _layout_of(first), bool(fields) and not _is_flattened(first)
    spec = dict(field_spec.layouts(field_spec.SLIM_POST if slim else row)[layout])
    if layout == "bare":
        spec["data"] = "JSON"
    reader = {
        "file": sql.file(head.path),
        "size": str(size),
        "compression": "'gzip'" if head.gzipped else "'uncompressed'",
    }
    columns = field_spec.columns(spec)
    bare = "{" + ", ".join(f"'{name}': \"{name}\"" for name in row) + "}"
    if slim:
        return _slim(layout, fields, reader, bare=bare, columns=columns)
    rows = f"select rowid as line, {_ROW[layout]} as row, __twarc.url as url"
    return FastPath(
        stage=(
            sql.fill(
                _QUICK,
                columns=columns,
                plain=_LAID_OUT[layout],
                **reader,
            ),
            _ODD,
        ),
        texts=sql.fill(_TEXTS, before=_BEFORE, **reader),
        rows=sql.fill(f"{rows} from quick where plain", bare=bare),
        along=_ALONG if "includes" in spec else _NOTHING_ALONG,
        slim=False,
    )


def _slim(
    layout: str, fields: str, reader: dict[str, str], *, bare: str, columns: str
) -> FastPath:
    """The quick way to read posts that hold neither people nor posts."""
    posts = records = sql.fill(_LIST[layout], bare=bare)
    users = f"null::{field_spec.type_of([field_spec.USER])}"
    if layout != "bare":
        posts, users = f"list_concat({records}, includes.tweets)", "includes.users"
    flat = sql.fill(
        _FLAT,
        fields=fields,
        plain=f"{_LAID_OUT[layout]} and not {sql.fill(_FLATTENED, posts=posts)}",
        list=records,
        posts=posts,
        users=users,
        columns=columns,
        **reader,
    )
    return FastPath(
        stage=(flat, _COUNT, _ODD_FLAT),
        texts=sql.fill(_TEXTS, before="0", **reader),
        rows="",
        along="",
        slim=True,
    )


def _first(head: Head) -> dict[str, Any] | None:
    """The first object that holds rows, if the file has one object a line."""
    if head.marked or head.text.lstrip().startswith("["):
        return None
    if json_values.is_document(head):
        return None
    objects = json_values.first_objects(head)
    return next((item for item in objects if _layout_of(item)), None)


def _layout_of(item: dict[str, Any]) -> str:
    data = item.get("data")
    if isinstance(data, list):
        return "page"
    if isinstance(data, dict):
        return "single"
    return "bare" if "id" in item else ""


def _is_flattened(item: dict[str, Any]) -> bool:
    """Whether the rows of an object name their authors in full."""
    data = item.get("data", item)
    rows = data if isinstance(data, list) else [data]
    return any(isinstance(row, dict) and "author" in row for row in rows)


def _size(head: Head) -> int | None:
    sizes = _SIZES[-1:] if head.gzipped else _SIZES
    return next((size for size in sizes if lines.fits(head, size)), None)


def number_lines(
    head: Head, way: FastPath, tables: Iterable[str], *, unusable: str
) -> tuple[Statement, ...]:
    """Statements that make the line numbers of *tables* those of the file.

    Nothing can be read from ``quick`` afterwards, so they drop it. Blank lines are
    counted only if a number will be told to the user.

    Args:
        head: the file.
        way: how it was read.
        tables: temporary tables with a column ``line``.
        unusable: a query that gives rows for lines to complain of.
    """
    told = f"select line from ({unusable})"
    tables = tuple(tables)
    from_one = (sql.fill(_FROM_ONE, table=table) for table in tables)
    counted = (
        sql.fill(_BLANK, lines=lines.numbered_lines(head)),
        lines.renumber("blank", "unread"),
        *(lines.renumber(table, "blank") for table in tables),
    )
    return (
        *(() if way.slim else (*from_one, "drop table quick")),
        IfAny(f"from odd union all ({told}) limit 1", counted, lines.NONE),
    )
