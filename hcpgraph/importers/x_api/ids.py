"""Ids of X API v2 that a program took for decimal numbers: mended, or refused.

The API writes ids as text. Programs that pass its answers on may write them as
numbers, and those that take numbers for decimals write 11.0 for 11, and 1.43e+18 for
any of several hundred ids. What names one id for certain is read as that id. What
may name several names nobody: such a post or user is rejected, and such a reference
makes no tie.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.importers.reading import sql
from hcpgraph.model.statements import IfAny

# Whole numbers below 2^53 are exact as decimals; from there on several share one.
_MENDED: Final = """case
    when regexp_full_match($cell, '[0-9]+') then $cell
    when regexp_full_match($cell, '[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?')
        then case when try_cast($cell as double) < 9007199254740992
            and try_cast($cell as double) = floor(try_cast($cell as double))
            then try_cast($cell as double)::bigint::varchar end
    when regexp_full_match($cell, '[0-9A-Za-z_:-]*[A-Za-z_:][0-9A-Za-z_:-]*')
        and lower($cell) not in ('nan', 'infinity', '-infinity', 'true', 'false')
        then $cell
    end"""
_REASON: Final = """case
    when $cell is null or $mended is not null then null
    when regexp_full_match($cell, '[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?')
        then '$what ' || $cell || ' was rounded to a decimal number; export ids as text'
    else '$what is none: ' || left(regexp_replace($cell, '[^ -~]', '?', 'g'), 40)
    end"""

_ALONE: Final = ("id", "author_id", "reply_to", "reposted", "quoted", "replied")
# Asked of every post of every file, so in the cheapest way.
_ODD_POST: Final = f"""(
    regexp_matches(concat({", ".join(_ALONE)}, lead.id), '[^0-9]')
    or coalesce(len(list_filter(
        mentions, lambda m: regexp_matches(m.id, '[^0-9]'))) > 0, false))"""
_ODD_USER: Final = "regexp_matches(id, '[^0-9]')"


def _mended(cell: str) -> str:
    return sql.fill(_MENDED, cell=cell)


def _reason(cell: str, what: str) -> str:
    return sql.fill(_REASON, cell=cell, mended=_mended(cell), what=what)


# Updates would change the order of rows that hold lists.
_POSTS: Final = f"""
create or replace temp table x_post as
select * replace (
    {", ".join(f"{_mended(name)} as {name}" for name in _ALONE)},
    list_transform(mentions, lambda m: {{'start': m.start, 'id': {_mended("m.id")},
        'handle': m.handle}}) as mentions,
    case when lead is not null then {{'start': lead.start,
        'id': {_mended("lead.id")}, 'handle': lead.handle}} end as lead,
    coalesce({_reason("id", "the id of a post")},
        {_reason("author_id", "the author_id of a post")}) as doubt)
from x_post
"""
# Counted before they are mended.
_COUNT: Final = f"""
create or replace temp table x_decimal as
with cell as (
    select unnest(list_concat([{", ".join(_ALONE[2:])}],
        list_transform(mentions, lambda m: m.id))) as id
    from x_post where {_ODD_POST}
)
select count(*) as lost from cell where id is not null and {_mended("id")} is null
"""
_COUNT_USERS: Final = f"""
update x_decimal set lost = lost + (
    select count(*) from x_user where id is not null and {_mended("id")} is null)
"""
_USERS: Final = f"""
create or replace temp table x_user as
select * replace ({_mended("id")} as id) from x_user where {_mended("id")} is not null
"""
_NONE_LOST: Final = "create or replace temp table x_decimal as select 0 as lost"

# To be run when ``x_post`` and ``x_user`` are there, before anything is made of them.
MEND_POSTS: Final = (
    IfAny(f"from x_post where {_ODD_POST} limit 1", (_COUNT, _POSTS), (_NONE_LOST,)),
    IfAny(f"from x_user where {_ODD_USER} limit 1", (_COUNT_USERS, _USERS)),
)
# The same for a file of users, which are told apart by their reasons.
MEND_USERS: Final = (
    IfAny(
        f"from x_user where {_ODD_USER} limit 1",
        (
            f"""
create or replace temp table x_user as
select * replace ({_mended("id")} as id, {_reason("id", "the id of a user")} as doubt)
from x_user
""",
        ),
    ),
)

REMARKS: Final = """
select format('{:d} mentions of, references to and profiles of others name no id for '
    'certain: they were rounded to decimal numbers', lost) from x_decimal where lost > 0
"""
