"""Text cells to ids, layers, times and weights, in SQL, and why a cell is refused.

Every function gives the text of an expression over a column of trimmed text in
which null means empty. ``*_reason`` is null where the cell can be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql
from hcpgraph.importers.reading.columns import KIND_WORDS, fold
from hcpgraph.model.names import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping

LAYER_OF: Final[Mapping[str, str]] = {
    **KIND_WORDS,
    **{fold(layer): layer for layer in LAYERS},
}

# A spreadsheet turns long ids into 1.23457E+18; ``id_mending`` has mended what it can.
# Nan, None, null, NA and N/A are names that people bear.
_ID_REASON = """case
    when try_cast($cell as ubigint)::varchar = $cell then null
    when $cell is null then '$what is empty'
    when regexp_full_match($cell, '@?[0-9A-Za-z_:-]+') and $cell != '@' then null
    when regexp_matches($cell, '[\\x00-\\x1f\\x7f]')
        then '$what holds a control character'
    when regexp_full_match($cell, '[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+')
        then '$what ' || $cell || ' was rounded by a spreadsheet; export ids as text'
    when regexp_full_match($cell, '[+-]?[0-9]+[.,][0-9]*')
        then '$what ' || $cell || ' went through a decimal number; export ids as text'
    when regexp_full_match($cell, '#(N/A|NAME\\?|REF!|VALUE!|NUM!|DIV/0!|NULL!|#+)')
        then '$what ' || $cell || ' is what a spreadsheet writes in place of an id'
    when trim($cell, '@ ''="') = '' or $cell = '<NA>'
        then '$what is empty (' || $cell || ')'
    end"""


def id_reason(cell: str, what: str) -> str:
    """Why an id or @handle cannot be one."""
    return sql.fill(_ID_REASON, cell=cell, what=what)


def native_id(cell: str, *, handles: bool) -> str:
    """The id as it stands; null where the cell is a handle."""
    if handles:
        return "null::varchar"
    return f"case when not starts_with({cell}, '@') then {cell} end"


def handle(cell: str, *, handles: bool) -> str:
    """The handle without its @; null where the cell is an id."""
    bare = f"ltrim({cell}[2:])"
    if handles:
        return f"case when starts_with({cell}, '@') then {bare} else {cell} end"
    return f"case when starts_with({cell}, '@') then {bare} end"


def layer(cell: str, default: str | None) -> str:
    """The layer that a kind of tie means; null for an unknown kind.

    Args:
        cell: the column.
        default: what an empty cell means; None if nobody said so.
    """
    own = " ".join(f"when '{name}' then '{name}'" for name in LAYERS)
    words = " ".join(f"when '{word}' then '{name}'" for word, name in LAYER_OF.items())
    folded = f"regexp_replace(lower({cell}), '[\\s_.-]+', '', 'g')"
    empty = "null" if default is None else sql.text(default)
    return (
        f"case {cell} {own} else case when {cell} is null then {empty} "
        f"else case {folded} {words} end end end"
    )


_LAYER_REASON = """case when $cell in $names then null when $layer is null then
    coalesce('kind ' || $cell || ' is no layer; the closest is ' || list_reverse_sort(
        list_transform($list, lambda name: {
            'likeness': jaro_winkler_similarity(name, lower($cell)), 'name': name
        })
    )[1].name$more, 'no kind; say what ties without one are with --layer')
    end"""


def layer_reason(cell: str, default: str | None) -> str:
    """Why a kind is no layer, with the closest one."""
    names = ", ".join(sql.text(name) for name in LAYERS)
    more = " || ', or say what all ties are with --layer'" if default is None else ""
    return sql.fill(
        _LAYER_REASON,
        layer=layer(cell, default),
        cell=cell,
        names=f"({names})",
        list=f"[{names}]",
        more=more,
    )


_CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?"
# No clock is a day or more away from UTC.
_ZONE = "[ ]*(Z|UTC|GMT|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)"
# What RFC 9557 puts behind a time with its offset: [Europe/Paris], [u-ca=gregory].
_SUFFIX = "([[]!?[a-z0-9_+/=.-]+[]])*"

# One form of all that a time may be written in: seconds, a point, and Z or an offset.
_CLEAN = f"""regexp_replace(regexp_replace(regexp_replace(regexp_replace(replace(
        regexp_replace(upper($cell), '{_SUFFIX.replace("a-z", "A-Z")}$$', ''),
    ',', '.'), '[ ]*(UTC|GMT|Z)$$', 'Z'), '[ ]+([+-])', '\\1'),
    '^(.{{10}})(Z|[+-].*)$$', '\\1T00:00:00\\2'),
    '^(.{{13}}:[0-9]{{2}})(Z|[+-].*)$$', '\\1:00\\2')"""

# The 60th second is the first of the next minute, the 24th hour that of the next day.
# Seconds are told from milliseconds by their size: 10 digits end in 2286.
_AT = f"""case
    when $cell is null then null
    when try_cast($cell as ubigint)::varchar = $cell then make_timestamp(
        case when strlen($cell) <= 10 then 1000000 when strlen($cell) <= 14 then 1000
        end * try_cast($cell as bigint)
    )
    when suffix($cell, 'Z') and strlen($cell) >= 20 and $cell[18] != '6'
        and try_cast($cell as timestamp) is not null then try_cast($cell as timestamp)
    when regexp_full_match($cell, '[0-9]{{1,14}}[.][0-9]*')
        then make_timestamp(round(try_cast($cell as double) * case
            when try_cast($cell as double) < 1e10 then 1000000 else 1000 end)::bigint)
    when regexp_full_match($cell, '(?i){_CLOCK}{_ZONE}{_SUFFIX}') then case
        when regexp_matches($clean, '[T ]24:00:00([.]0+)?(Z|[+-])')
            then try_cast(regexp_replace($clean, '[T ]24:', 'T00:') as timestamptz)
                at time zone 'UTC' + interval 1 day
        when regexp_matches($clean, ':60([.][0-9]+)?(Z|[+-][0-9:]+)$$')
            then try_cast(regexp_replace(
                $clean, ':60([.][0-9]+)?(Z|[+-][0-9:]+)$$', ':59\\2'
            ) as timestamptz) at time zone 'UTC' + interval 1 second
        else try_cast($clean as timestamptz) at time zone 'UTC' end
    end"""

_AT_REASON = f"""case
    when $cell is null then null
    when $at between timestamp '1990-01-01' and timestamp '2100-01-01' then null
    when $at is not null
        then 'time ' || $cell || ' is out of range: before 1990 or after 2100'
    when regexp_full_match($cell, '(?i){_CLOCK}{_SUFFIX}')
        then 'time ' || $cell || ' has no time zone: add Z or an offset such as +02:00'
    else 'time ' || $cell || ' is neither ISO 8601 nor Unix time'
    end"""


def at(cell: str) -> str:
    """A time in UTC from ISO 8601 with a zone, Unix seconds or milliseconds."""
    return sql.fill(_AT, cell=cell, clean=sql.fill(_CLEAN, cell=cell))


def at_reason(cell: str) -> str:
    """Why a time cannot be used; an empty one is merely unknown."""
    return sql.fill(_AT_REASON, cell=cell, at=at(cell))


_NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"

_WEIGHT_REASON = f"""case
    when $cell is null then null
    when not regexp_full_match($cell, '{_NUMBER}')
        or not coalesce(isfinite(try_cast($cell as double)), false)
        then 'weight ' || $cell || ' is not a number'
    when try_cast($cell as double) = 0
        then 'weight ' || $cell || ' means no tie'
    when try_cast($cell as double) < 0
        then 'weight ' || $cell || ' is negative'
    when try_cast($cell as double) not between 1e-37 and 1e37
        then 'weight ' || $cell || ' is out of range'
    end"""


def weight(cell: str) -> str:
    """A weight; 1 where the cell is empty."""
    return f"coalesce(try_cast({cell} as double), 1.0)"


def weight_reason(cell: str) -> str:
    """Why a weight is none: it must be a number above zero."""
    return sql.fill(_WEIGHT_REASON, cell=cell)


def first_reason(reasons: list[str]) -> str:
    """The first reason that applies, or null."""
    return "coalesce(\n" + ",\n".join(reasons) + "\n)"
