"""Pages of X API v2 as posts and users in temporary tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers import json_reading, lines, sql, x_quick, x_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcpgraph.importers.head import Head
    from hcpgraph.importers.x_quick import Quick

_RAW = """
create or replace temp table raw as
select line, kind,
    case when kind = 'page' then from_json(text, $page) end as page,
    case when kind = 'single' then from_json(text, $single) end as single,
    case when kind = 'bare' then from_json(text, $bare) end as bare,
    case when kind = 'includes' then from_json(text, $includes) end as includes
from (select line, text, $kind as kind from $objects)
"""

# The rows of the file, whichever layout they come in.
_ROWS: Final = """(
    $quick select line, unnest(page.data) as row, page.__twarc.url as url from raw
    union all
    select line, single.data, single.__twarc.url from raw where kind = 'single'
    union all
    select line, $bare, bare.__twarc.url from raw where kind = 'bare'
)"""

# What came along with those of ``raw``: a query for the columns line and includes.
ALONG: Final = """
    select line, page.includes as includes from raw
    union all select line, single.includes from raw
    union all select line, includes from raw
"""

_REJECTS: Final = """
select line, case kind when 'broken' then 'the line is not valid JSON'
    else 'neither a page nor a row of X API v2' end as reason
from raw where kind in ('broken', 'other') $readable
"""

MESSAGES: Final = """
select format('{:d} lines are error messages of the platform, not results', count(*))
from raw where kind = 'message' having count(*) > 0
"""


def stage_raw(head: Head, row: x_spec.Spec, quick: Quick | None) -> tuple[str, ...]:
    """Statements that make ``raw`` of a file whose rows are *row*.

    Where the file has a layout that can be read at once, ``raw`` holds only the lines
    that are laid out in another way, and what *quick* makes the others.
    """
    raw = sql.fill(
        _RAW,
        kind=x_spec.KIND,
        objects=quick.texts if quick else json_reading.objects(head),
        **{name: x_spec.literal(spec) for name, spec in x_spec.layouts(row).items()},
    )
    if quick:
        return (*lines.CLEAR, *quick.stage, raw)
    if json_reading.is_document(head):
        return (raw,)
    return (*lines.CLEAR, raw, lines.renumber("raw", "unread"))


def rows(row: x_spec.Spec, quick: Quick | None) -> str:
    """A relation with the columns line, row (one *row*) and url.

    Posts that *quick* has made rows of ``x_post`` are not among them.
    """
    given = f"{quick.rows} union all" if quick and quick.rows else ""
    return sql.fill(_ROWS, quick=given, bare=struct("bare", row))


def number_lines(
    head: Head, quick: Quick | None, tables: Iterable[str], unusable: str
) -> tuple[str, ...]:
    """Statements after which ``line`` in *tables* and ``raw`` is that of the file.

    Args:
        head: the file.
        quick: how most of it was read.
        tables: what was made of ``rows``.
        unusable: a query that gives a row for each line to complain of.
    """
    if quick is None:
        return ()
    return x_quick.count_blanks(head, quick, ("raw", *tables), unusable=unusable)


def struct(value: str, spec: x_spec.Spec) -> str:
    """*value* with the fields of *spec* and no others."""
    return "{" + ", ".join(f"'{name}': {value}.{name}" for name in spec) + "}"


def rejects(head: Head) -> str:
    """A query that gives line and reason of what is no page."""
    if json_reading.is_document(head):
        return sql.fill(_REJECTS, readable="")
    readable = "and line not in (select line from unread)"
    return f"{lines.UNREAD} union all {sql.fill(_REJECTS, readable=readable)}"
