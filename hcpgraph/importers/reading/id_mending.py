"""Ids that went through a spreadsheet or a decimal number, as they were before.

Mended is what can have been nothing else: ``11.0``, ``="11"``, ``'11`` and
``1,294,030`` are 11, 11, 11 and 1294030. What lost digits is left as it is, and
``conversions.id_reason`` refuses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

# Blanks of other widths, as they come along from pages of the web.
_WIDE: Final = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u202f\u205f\u3000"
)

# Text that a spreadsheet must not read as a number, ="11" or '11.
_UNQUOTED: Final = """case
        when regexp_full_match($cell, '=\\s*"[^"]*"') then trim(
            regexp_extract($cell, '"([^"]*)"', 1))
        when regexp_full_match($cell, '''.+''') and strlen($cell) > 2
            then trim(($cell)[2:-2])
        when starts_with($cell, '''') then trim(($cell)[2:])
        else $cell end"""

# A number with three zeros behind its only separator may be thousands.
_MENDED: Final = """case
    when regexp_full_match($cell, '[0-9]+[.]0{0,2}|[0-9]+,0{1,2}|[0-9]{4,}[.,]0+')
        and try_cast(regexp_extract($cell, '^[0-9]+') as ubigint) <= 9007199254740992
        then regexp_extract($cell, '^[0-9]+')
    when regexp_full_match($cell, '[0-9]{1,3}(,[0-9]{3}){2,}([.]0+)?')
        then replace(regexp_extract($cell, '^[0-9,]+'), ',', '')
    when regexp_full_match($cell, '[0-9]{1,3}([.][0-9]{3}){2,}(,0+)?')
        then replace(regexp_extract($cell, '^[0-9.]+'), '.', '')
    when regexp_full_match($cell,
        '[0-9]{1,3}([\\s\\x{00a0}\\x{202f}''\\x{2019}][0-9]{3}){2,}')
        then regexp_replace($cell, '[^0-9]', '', 'g')
    else $cell end"""

_FIND: Final = """
create or replace temp table mended as
select distinct on (was) was, id from (
    select was, $mended as id from (select was, $unquoted as bare from ($cells))
) where id is distinct from was and id <> ''
"""
_CELLS: Final = """
    select distinct $column as was from raw
    where $column is not null and try_cast($column as ubigint)::varchar
        is distinct from $column
        and not regexp_full_match($column, '@?[0-9A-Za-z_:-]+')
"""
_APPLY: Final = """
update raw set $column = mended.id from mended where raw.$column = mended.was
"""

REMARKS: Final = """
select format('{:d} ids are mended that went through a spreadsheet or a decimal '
    'number, such as {} to {}', count(*), min(was), arg_min(id, was))
from mended having count(*) > 0
"""

# Excel keeps 15 digits of a number and writes zeros for the others.
_ROUNDED: Final = """
select format('{:d} of {:d} cells with ids of 17 digits or more end in zeros after the '
    '15th digit, such as {}: a spreadsheet may have rounded them; export ids as text',
    count(*) filter (rounded), count(*), min(id) filter (rounded))
from (
    select id, suffix(id, '00') and regexp_full_match(id, '[0-9]{15}0+') as rounded
    from ($cells)
    where strlen(id) >= 17 and try_cast(id as ubigint) is not null
)
having count(*) filter (rounded) * 10 > count(*)
"""


def mend(columns: Iterable[str]) -> tuple[str, ...]:
    """Statements that mend the ids in *columns* of ``raw``, listed in ``mended``."""
    columns = tuple(columns)
    cells = " union ".join(sql.fill(_CELLS, column=column) for column in columns)
    find = sql.fill(
        _FIND,
        cells=cells,
        unquoted=sql.fill(_UNQUOTED, cell=f"trim(was, {sql.text(_WIDE)})"),
        mended=sql.fill(_MENDED, cell="bare"),
    )
    return (find, *(sql.fill(_APPLY, column=column) for column in columns))


def remarks(columns: Iterable[str]) -> str:
    """A query for the notes on the ids in *columns* of ``raw``."""
    cells = " union all ".join(f"select {column} as id from raw" for column in columns)
    return f"{REMARKS} union all {sql.fill(_ROUNDED, cells=cells)}"
