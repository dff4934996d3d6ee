"""From the study to arrays: ties of an area and period, and their accounts.

What is read scales with what is asked for: areas, layers and periods are chosen in
SQL. Rows are sorted, so that the same study gives the same bytes.

Ties come in one order, whatever order the database gave them in. Sorting in SQL by
seven columns takes longer than reading. An import writes ties nearly in order, and
(area, source, target) fit in one integer: what is in order already is only looked at,
and what repeats a pair is sorted further by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from hcpgraph.model.names import ROLES
from hcpgraph.model.ties import NO_AREA, NO_POST, NO_TIME, Accounts, Ties
from hcpgraph.store.sql import execute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb
    from numpy.typing import NDArray

    Columns: TypeAlias = Mapping[str, NDArray[Any]]

_LATER = ("weight", "post", "at", "layer")  # the last one counts first


@dataclass(frozen=True, slots=True)
class Scope:
    """Which ties to read.

    Attributes:
        areas: slugs; empty for all ties without regard to area.
        layers: names of layers.
        since: first moment, inclusive, UTC without zone; None for no bound.
        until: last moment, exclusive, UTC without zone; None for no bound.
    """

    areas: tuple[str, ...]
    layers: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None


_TIMES: Final = f', coalesce(epoch("at")::bigint, {NO_TIME}) as "at"'
_POSTS: Final = f", coalesce(post, {NO_POST})::integer as post"
# A tie without a time is in every period.
# Only studies of version 1 hold ties of an account to itself.
_IN_SCOPE: Final = """
    source <> target
    and layer in (select layer from layer where list_contains($layers, name))
    and ("at" is null or (($since is null or "at" >= $since::timestamp)
                    and ($until is null or "at" < $until::timestamp)))
"""
UNREAD: Final = """
    tie.post is null or tie.post in (
        select post from post where text is null
        and post not in (select post from post_area))
"""
_ALL: Final = f"""
select source, target, layer, weight {{more}} from tie where {_IN_SCOPE}
"""
# The area a file gives a tie wins; else a tie made by a post has the post's areas,
# and any other tie the areas that both ends work in; so does a tie by a post of which
# there is nothing to read.
_BY_AREA: Final = f"""
with wanted as (select area from area where list_contains($areas, slug)),
placed as (
    select tie.* exclude (file) from tie
    where area in (select area from wanted) and {_IN_SCOPE}
    union all
    select tie.* exclude (file, area), post_area.area
    from tie join post_area using (post) join wanted on wanted.area = post_area.area
    where tie.area is null and {_IN_SCOPE}
    union all
    select tie.* exclude (file, area), s.area
    from tie
    join works_in s on s.account = tie.source
    join works_in t on t.account = tie.target and t.area = s.area
    join wanted on wanted.area = s.area
    where tie.area is null and ({UNREAD}) and {_IN_SCOPE}
)
select source, target, layer, weight, place.place::smallint as area {{more}}
from placed join area using (area)
join (select unnest($areas) as slug,
             unnest(range(len($areas))) as place) place using (slug)
"""
# What no tie of the study has need not be read.
_HAVE: Final = 'select count("at"), count(post) from tie'

# Two reposts of one post that the study does not hold still share a number, beyond
# those of its posts. What a repost, quote or reply without it refers to is unknown.
_ORIGINALS: Final = f"""
with unseen as (
    select platform, refers_to, row_number() over (order by platform, refers_to)
           + (select coalesce(max(post), 0) from post) as number
    from (select distinct later.platform, later.refers_to
          from post later
          left join post first on first.platform = later.platform
                              and first.native_id = later.refers_to
          where later.refers_to is not null and first.post is null)
)
select later.post,
       case when later.refers_to is not null
                then coalesce(first.post, unseen.number, {NO_POST})
            when later.kind in ('repost', 'quote', 'reply') then {NO_POST}
            else later.post end::bigint as original
from post later
left join post first on first.platform = later.platform
                    and first.native_id = later.refers_to
left join unseen on unseen.platform = later.platform
                and unseen.refers_to = later.refers_to
"""

_ACCOUNTS: Final = """
select wanted.account, role, listable, coalesce(followers, -1) as followers,
       coalesce(own.posts, 0) as posts, bio is not null as described
from wanted join profile using (account)
left join (
    select author as account, count(distinct post) as posts
    from post left join post_area using (post)
    where ($area is null or post_area.area = (select area from area where slug = $area))
      and (created_at is null
           or (($since is null or created_at >= $since::timestamp)
           and ($until is null or created_at < $until::timestamp)))
    group by author
) own using (account)
order by wanted.account
"""

_MATCHING: Final = """
select wanted.account,
       ($country is null or lower(strip_accents(country)) = $country)
       and ($specialty is null or lower(strip_accents(specialty)) = $specialty)
       and ($role is null or role = $role) as matches
from wanted join profile using (account) order by wanted.account
"""

# What is printed of a person. The id stands as it stood in the file, with its
# platform in front once the study holds two; a placeholder has only its handle.
ID: Final = """
    case when (select count(distinct platform) from account) > 1
         then platform || ':' else '' end
    || coalesce(native_id, '@' || handle)
"""
# Sorted here and not later, so that texts lie in memory as they are read.
_PROFILES: Final = f"""
select {ID} as id, {{fields}} from wanted join profile using (account) order by place
"""
_IDS: Final = f"""
select {ID} as id from wanted join account using (account) order by place
"""
_CLAIMED: Final = """
select followers from wanted join account using (account) order by place
"""
_HOLDINGS: Final = """
select coalesce(a.followers, -1) as followers, coalesce(a.posts, -1) as posts,
       coalesce(own.posts, 0) as held
from wanted join account a using (account)
left join (
    select author as account, count(*) as posts from post
    semi join wanted on wanted.account = post.author group by author
) own using (account)
order by place
"""

# what a roster, a file or a correction says of a person
PERSON: Final = (
    *("handle", "name", "role", "specialty", "institution", "country", "region"),
)


def read_ties(connection: duckdb.DuckDBPyConnection, scope: Scope) -> Ties:
    """The ties in *scope*, sorted by (area, source, target, layer, "at", post)."""
    asked: dict[str, Any] = {
        "layers": list(scope.layers),
        "since": scope.since,
        "until": scope.until,
    }
    if scope.areas:
        asked["areas"] = list(scope.areas)
    times, posts = connection.execute(_HAVE).fetchall()[0]
    more = (_TIMES if times else "") + (_POSTS if posts else "")
    query = (_BY_AREA if scope.areas else _ALL).format(more=more)
    found = in_order(execute(connection, query, asked).fetchnumpy())
    return Ties(
        source=found["source"].astype(np.int32, copy=False),
        target=found["target"].astype(np.int32, copy=False),
        layer=found["layer"].astype(np.int8, copy=False),
        at=_or_none(found, "at", np.int64(NO_TIME)),
        post=_or_none(found, "post", np.int32(NO_POST)),
        weight=found["weight"].astype(np.float32, copy=False),
        area=_or_none(found, "area", np.int16(NO_AREA)),
        areas=scope.areas,
        original=_originals(connection, found["post"]) if posts else None,
    )


def _originals(
    connection: duckdb.DuckDBPyConnection, post: NDArray[np.integer[Any]]
) -> NDArray[np.int64]:
    """The original behind each of some posts, ``NO_POST`` where unknown."""
    found = execute(connection, _ORIGINALS, {}).fetchnumpy()
    # the last cell is that of ``NO_POST``, -1
    behind = np.full(2 + int(found["post"].max(initial=-1)), NO_POST, np.int64)
    behind[found["post"]] = found["original"]
    original: NDArray[np.int64] = behind[post]
    return original


def _or_none(
    found: Mapping[str, NDArray[Any]], name: str, none: np.integer[Any]
) -> NDArray[Any]:
    """A column, or *none* for every tie if it was not read."""
    if name in found:
        return found[name].astype(none.dtype, copy=False)
    # one cell, read as often as there are ties
    return np.broadcast_to(none, len(found["source"]))


def read_accounts(
    connection: duckdb.DuckDBPyConnection,
    accounts: NDArray[np.int32],
    *,
    area: str | None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Accounts:
    """What ranking may know of *accounts*; posts are counted in area and period.

    Args:
        connection: open for reading.
        accounts: account numbers, distinct, in any order.
        area: slug; None counts all posts.
        since: first moment of the period, inclusive.
        until: last moment of the period, exclusive.
    """
    _want(connection, accounts)
    found = execute(
        connection, _ACCOUNTS, {"area": area, "since": since, "until": until}
    ).fetchnumpy()
    code = {name: position for position, name in enumerate(ROLES)}
    return Accounts(
        account=found["account"].astype(np.int32, copy=False),
        role=np.array([code[name] for name in found["role"].tolist()], np.int8),
        listable=np.asarray(found["listable"], np.bool_),
        followers=found["followers"].astype(np.int64, copy=False),
        posts=found["posts"].astype(np.int64, copy=False),
        described=np.asarray(found["described"], np.bool_),
    )


def read_matching(
    connection: duckdb.DuckDBPyConnection,
    accounts: NDArray[np.int32],
    *,
    country: str | None = None,
    specialty: str | None = None,
    role: str | None = None,
) -> NDArray[np.bool_]:
    """Which of *accounts*, ascending, fit all of what was asked; case is folded."""
    _want(connection, accounts)
    asked = {
        "country": _folded(connection, country),
        "specialty": _folded(connection, specialty),
        "role": role,
    }
    found = execute(connection, _MATCHING, asked).fetchnumpy()
    return np.ma.filled(found["matches"], fill_value=False).astype(np.bool_)


def _folded(connection: duckdb.DuckDBPyConnection, text: str | None) -> str | None:
    row = execute(
        connection, "select lower(strip_accents(trim($text)))", {"text": text}
    ).fetchall()
    return None if row[0][0] is None else str(row[0][0])


def read_profiles(
    connection: duckdb.DuckDBPyConnection,
    accounts: Sequence[int] | NDArray[np.int32],
    fields: Sequence[str] = PERSON,
) -> dict[str, list[str | None]]:
    """Id and *fields* of *accounts*, in the order given; by default all fields."""
    _want(connection, np.asarray(accounts, np.int32))
    return _texts(connection, _PROFILES.format(fields=", ".join(fields)))


def read_claimed(
    connection: duckdb.DuckDBPyConnection, accounts: NDArray[np.int32]
) -> list[int | None]:
    """The followers that the profile of each account states, in the order given."""
    _want(connection, accounts)
    return _texts(connection, _CLAIMED)["followers"]


def read_holdings(
    connection: duckdb.DuckDBPyConnection, accounts: NDArray[np.int32]
) -> dict[str, NDArray[np.int64]]:
    """What profiles state and what the study holds, in the order given.

    Returns:
        ``followers`` and ``posts`` by the profile, -1 unknown, and ``held``, the posts
        in the study.
    """
    _want(connection, accounts)
    found = connection.execute(_HOLDINGS).fetchnumpy()
    return {name: column.astype(np.int64) for name, column in found.items()}


def read_ids(
    connection: duckdb.DuckDBPyConnection, accounts: NDArray[np.int32]
) -> list[str]:
    """The printed id of each account, in the order given."""
    _want(connection, accounts)
    return _texts(connection, _IDS)["id"]


def _texts(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, list[Any]]:
    """Columns of text; as arrays first, which is quicker than row by row."""
    found = connection.execute(query).fetchnumpy()
    return {name: column.tolist() for name, column in found.items()}


def _want(connection: duckdb.DuckDBPyConnection, accounts: NDArray[np.int32]) -> None:
    """Make *accounts* the table ``wanted(account, place)``."""
    # arrays, as a table of Arrow's would have DuckDB import pandas
    place = np.arange(len(accounts), dtype=np.int64)
    connection.register("wanted", {"account": accounts, "place": place})


def in_order(found: Columns) -> dict[str, NDArray[Any]]:
    """The rows sorted by (area, source, target, layer, at, post, weight).

    Args:
        found: the columns of ties, shape (m,) each; a column may be absent if it
            says the same of every tie.
    """
    if "area" not in found and _ascend(found["source"], found["target"]):
        return dict(found)
    key = _pairs(found)
    order = np.argsort(key, kind="stable")
    key = key[order]
    same = key[1:] == key[:-1]
    repeated = np.zeros(len(key), np.bool_)
    repeated[1:] = same
    repeated[:-1] |= same
    place = np.flatnonzero(repeated)
    rows = order[place]
    later = [found[name][rows] for name in _LATER if name in found]
    # equal keys stand together, so their rows keep the places they have
    order[place] = rows[np.lexsort((*later, key[place]))]
    return {name: column[order] for name, column in found.items()}


def _ascend(source: NDArray[np.int32], target: NDArray[np.int32]) -> bool:
    """Whether pairs are sorted, each once; quicker than to make integers of them."""
    same = source[1:] == source[:-1]
    onward = np.where(same, target[1:] > target[:-1], source[1:] > source[:-1])
    return bool(onward.all())


def _pairs(found: Columns) -> NDArray[np.int64]:
    """Area, source and target in one integer that sorts like them."""
    source, target = found["source"], found["target"]
    if not len(source):
        return np.empty(0, np.int64)
    accounts = 1 + int(max(source.max(), target.max()))
    key = source.astype(np.int64)
    if "area" in found:
        # 2**15 areas of 2**24 accounts: no study comes near 2**63
        key += found["area"].astype(np.int64) * accounts
    key *= accounts
    key += target
    return key
