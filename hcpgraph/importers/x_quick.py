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

from hcpgraph.importers import json_reading, lines, sql, x_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.importers.head import Head

# The longest line the reader is ready for. Every core holds twice as much, so the
# smallest size that will do.
_SIZES: Final = (2 * 2**20, 8 * 2**20, lines.LONGEST)

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

# The file is read again only if there is an odd line: a join with an empty table is
# over before it begins.
_TEXTS: Final = """(
    select line, text
    from (
        select row_number() over () + (select min(rowid) - 1 from quick) as line,
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
join (select true as needed where exists (from odd) or exists ($unusable))
    on needed = (text is null or trim(text, ' \t\r') = '')
"""

# Whether a line is of the layout, its row or rows, and those as a list.
_LAID_OUT: Final = {
    "page": "data is not null",
    "single": "data.id is not null",  # a list in its place is no null to the reader
    "bare": "id is not null and data is null",
}
_ROW: Final = {"page": "unnest(data)", "single": "data", "bare": "$bare"}
_LIST: Final = {"page": "data", "single": "[data]", "bare": "[$bare]"}

# Whether a post holds whole people or posts after all.
_FLATTENED: Final = """coalesce(list_bool_or(list_transform($posts, lambda p:
        p.author is not null or p.in_reply_to_user is not null
        or list_bool_or(list_transform(
            p.entities.mentions, lambda m: m.name is not null))
        or list_bool_or(list_transform(
            p.referenced_tweets,
            lambda r: r.author is not null or r.author_id is not null)))), false)"""


@dataclass(frozen=True, slots=True)
class Quick:
    """How to read the lines that are laid out like the first.

    Attributes:
        stage: statements that make ``quick``, a row a line, and ``odd``, the numbers
            of the lines that are laid out in another way.
        texts: a relation with the columns line and text of the lines in ``odd``; the
            text of what is not valid JSON is null.
        rows: a query over ``quick`` for the columns line, row and url.
        along: a query over ``quick`` for the columns line and includes; empty if the
            layout has none.
        slim: whether the rows are posts without people and posts inside.
    """

    stage: tuple[str, ...]
    texts: str
    rows: str
    along: str
    slim: bool


def quick(head: Head, row: x_spec.Spec) -> Quick | None:
    """The quick way to read a file whose rows are *row*, or None if it has none.

    It has none if it begins with a list or with a byte order mark, is one document or
    holds a line that is too long, and for the ``includes`` of a page on their own.
    """
    first = _first(head)
    size = _size(head)
    if first is None or size is None:
        return None
    layout, slim = _layout_of(first), row is x_spec.POST and not _is_flattened(first)
    spec = dict(x_spec.layouts(x_spec.SLIM_POST if slim else row)[layout])
    if layout == "bare":
        spec["data"] = "JSON"
    reader = {
        "file": sql.file(head.path),
        "size": str(size),
        "compression": "'gzip'" if head.gzipped else "'uncompressed'",
    }
    bare = "{" + ", ".join(f"'{name}': \"{name}\"" for name in row) + "}"
    rows = f"select rowid as line, {_ROW[layout]} as row, __twarc.url as url"
    return Quick(
        stage=(
            sql.fill(
                _QUICK,
                columns=x_spec.columns(spec),
                plain=sql.fill(_plain(layout, slim=slim), bare=bare),
                **reader,
            ),
            _ODD,
        ),
        texts=sql.fill(_TEXTS, **reader),
        rows=sql.fill(f"{rows} from quick where plain", bare=bare),
        along="select rowid as line, includes from quick where plain"
        if "includes" in spec
        else "",
        slim=slim,
    )


def _plain(layout: str, *, slim: bool) -> str:
    """SQL for whether a line can be read in the quick way."""
    plain = _LAID_OUT[layout]
    if slim:
        plain += f" and not {sql.fill(_FLATTENED, posts=_LIST[layout])}"
        if layout != "bare":
            plain += f" and not {sql.fill(_FLATTENED, posts='includes.tweets')}"
    return plain


def _first(head: Head) -> dict[str, Any] | None:
    """The first object that holds rows, if the file has one object a line."""
    if head.marked or head.text.lstrip().startswith("["):
        return None
    if json_reading.is_document(head):
        return None
    objects = json_reading.first_objects(head)
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


def count_blanks(
    head: Head, tables: Iterable[str], *, unusable: str
) -> tuple[str, ...]:
    """Statements that make the line numbers of *tables* those of the file.

    They drop ``quick``, as nothing can be read from it afterwards.

    Args:
        head: the file.
        tables: temporary tables with a column ``line``.
        unusable: a query that gives rows if a number will be told to the user.
    """
    found = sql.fill(_BLANK, lines=lines.numbered_lines(head), unusable=unusable)
    return (
        *(sql.fill(_FROM_ONE, table=table) for table in tables),
        found,
        lines.renumber("blank", "unread"),
        *(lines.renumber(table, "blank") for table in tables),
        "drop table quick",
    )
