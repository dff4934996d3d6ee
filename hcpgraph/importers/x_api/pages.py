"""Pages of X API v2 as posts and users in temporary tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import json_values, lines, sql
from hcpgraph.importers.x_api import field_spec
from hcpgraph.model.statements import IfAny

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.x_api.fast_path import FastPath
    from hcpgraph.model.statements import Statement

_RAW = """
create or replace temp table raw as
select line, kind,
    case when kind = 'page' then from_json(text, $page) end as page,
    case when kind = 'single' then from_json(text, $single) end as single,
    case when kind = 'bare' then from_json(text, $bare) end as bare,
    case when kind = 'includes' then from_json(text, $includes) end as includes
from (select line, text, $kind as kind from $objects)
"""

# Of a file that was read in another way.
_NO_RAW: Final = "create or replace temp table raw (line bigint, kind varchar)"

# The rows of ``raw``, whichever layout they come in.
_ROWS: Final = """
    select line, unnest(page.data) as row, page.__twarc.url as url from raw
    union all
    select line, single.data, single.__twarc.url from raw where kind = 'single'
    union all
    select line, $bare, bare.__twarc.url from raw where kind = 'bare'
"""

# What came along with them: a query for the columns line and includes.
ALONG: Final = """
    select line, page.includes as includes from raw
    union all select line, single.includes from raw
    union all select line, includes from raw
"""

_OTHER: Final = """
select line, 'neither a page nor a row of X API v2' as reason
from raw where kind = 'other'
"""
_BROKEN: Final = """
select line, 'the line is not valid JSON' as reason
from raw where kind = 'broken' $readable
"""

# A line that cannot be read counts as many rows as the lines that can hold.
_LOST: Final = """
select line, case when n = 1 then reason
    else reason || format('; such lines hold {:d} rows, so many are lost', n)
    end as reason
from (select line, reason, n, unnest(range(n)) from ($unread), (
    select greatest(1, coalesce(round(count(*) / nullif(count(distinct line), 0)), 1))
        ::bigint as n
    from $rows))
"""

MESSAGES: Final = """
select format('{:d} lines are error messages of the platform, not results', count(*))
from raw where kind = 'message' having count(*) > 0
"""


def stage_raw(head: Head, row: field_spec.Spec) -> tuple[str, ...]:
    """Statements that make ``raw`` of a file whose rows are *row*."""
    raw = _raw(row, json_values.objects(head))
    if json_values.is_document(head):
        return (raw,)
    return (*lines.CLEAR, raw, lines.renumber("raw", "unread"))


def stage_quick(
    row: field_spec.Spec,
    quick: FastPath,
    *,
    alike: tuple[str, ...],
    mixed: tuple[str, ...],
) -> tuple[Statement, ...]:
    """Statements that read a file at once, and what cannot be read so into ``raw``.

    Args:
        row: what its rows are.
        quick: how most of it is read.
        alike: statements to run if nothing was left over.
        mixed: those to run if ``raw`` holds something.
    """
    odd = (_raw(row, quick.texts), *mixed)
    return (*quick.stage, IfAny("from odd limit 1", odd, (_NO_RAW, *alike)))


def _raw(row: field_spec.Spec, objects: str) -> str:
    layouts = field_spec.layouts(row).items()
    return sql.fill(
        _RAW,
        kind=field_spec.KIND,
        objects=objects,
        **{name: field_spec.literal(spec) for name, spec in layouts},
    )


def rows(row: field_spec.Spec) -> str:
    """A query over ``raw`` for the columns line, row (one *row*) and url."""
    return sql.fill(_ROWS, bare=struct("bare", row))


def struct(value: str, spec: field_spec.Spec) -> str:
    """*value* with the fields of *spec* and no others."""
    return "{" + ", ".join(f"'{name}': {value}.{name}" for name in spec) + "}"


def rejects(head: Head, rows: str) -> str:
    """A query that gives line and reason of what is no page, once for each row lost.

    Args:
        head: the file.
        rows: the rows that were read, as they stand behind ``from``; they have a line.
    """
    return f"{sql.fill(_LOST, unread=broken(head), rows=rows)} union all {_OTHER}"


def broken(head: Head) -> str:
    """A query that gives line and reason of what could not be read."""
    if json_values.is_document(head):
        return sql.fill(_BROKEN, readable="")
    readable = "and line not in (select line from unread)"
    return f"{lines.UNREAD} union all {sql.fill(_BROKEN, readable=readable)}"
