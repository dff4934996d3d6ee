"""How accounts are called that may not be listed, and who uses which hashtag.

Words leave a study only if they call nobody who is held back; what they call is
decided by the policy, of what is read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.store.sql import execute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import duckdb
    from numpy.typing import NDArray

# Every name that any file or anybody gave them: who is renamed stays the same person.
_CALLING: Final = """
with meant as ({meant})
select distinct kind, called from (
    select 'id' as kind, native_id as called from account semi join meant using (account)
    union all
    select 'id', number from registry_match semi join meant using (account)
    union all
    select 'handle', handle from account semi join meant using (account)
    union all
    select 'handle', handle from account_seen semi join meant using (account)
    union all
    select 'name', name from account semi join meant using (account)
    union all
    select 'name', name from account_seen semi join meant using (account)
    union all
    select 'name', name from person join person_account using (person)
    semi join meant using (account)
    union all
    select 'name', value from correction semi join meant using (account)
    where field = 'name'
) where called is not null and trim(called) <> '' and {kinds} order by all
"""  # noqa: E501 - one source of names a line
_UNLISTED: Final = """
    select account from account where not listable
    union
    select account from correction where field = 'hidden' and value <> 'no'
"""
_UNSEEN: Final = "select account from account where account not in (from seen)"

_TERMS: Final = "select distinct term from area_term where kind <> 'exclude' order by 1"

_FOLDED: Final = (
    "regexp_replace(lower(strip_accents({})), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"
)

# Whoever is called by one of the words, glued, with titles or without.
_CALLED: Final = f"""
with word as (select unnest($words) as word)
select account, word from account join word
    on {_FOLDED.format("account.handle")} = word
union
select account, word from profile join word
    on {_FOLDED.format("profile.name")} = word
union
select account, word from profile join word
    on {_FOLDED.format("regexp_replace(lower(strip_accents(profile.name)), $titles, '', 'g')")} = word
union
select account, word from account join word on native_id = word
order by all
"""  # noqa: E501 - the pattern of a name is long

_USED: Final = """
select lower(tag), count(distinct author)
from (select author, unnest(hashtags) as tag from post where len(hashtags) > 0)
where lower(tag) in (select unnest($tags)) group by lower(tag)
"""


def read_unlisted_names(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[str, str]]:
    """(``"id"``, ``"handle"`` or ``"name"``, text) of all who must never be listed."""
    query = _CALLING.format(meant=_UNLISTED, kinds="true")
    return connection.execute(query).fetchall()


def read_other_names(
    connection: duckdb.DuckDBPyConnection,
    seen: NDArray[np.int32] | None,
    kinds: Collection[str],
) -> list[tuple[str, str]]:
    """Likewise of all who are not *seen*, and what everybody is called by some *kinds*.

    Args:
        connection: open for reading.
        seen: account numbers; None for everyone.
        kinds: ``"id"``, ``"handle"``, ``"name"``, or none of them.
    """
    found: list[tuple[str, str]] = []
    if seen is not None:
        connection.register("seen", {"account": seen})
        query = _CALLING.format(meant=_UNSEEN, kinds="true")
        found += connection.execute(query).fetchall()
    if kinds:
        query = _CALLING.format(
            meant="select account from account",
            kinds="kind in (select unnest($kinds))",
        )
        found += execute(connection, query, {"kinds": sorted(kinds)}).fetchall()
    return found


def read_terms(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The words of all disease areas, but for those that exclude."""
    return [term for (term,) in connection.execute(_TERMS).fetchall()]


def read_called(
    connection: duckdb.DuckDBPyConnection,
    words: Iterable[str],
    titles: Iterable[str],
) -> tuple[NDArray[np.int32], list[str]]:
    """The accounts that are called by one of some folded words, and the word for each.

    Args:
        connection: open for reading.
        words: in small letters, without accents and blanks.
        titles: that count as no part of a name.
    """
    asked = sorted(set(words))
    if not asked:
        return np.empty(0, np.int32), []
    pattern = rf"\b({'|'.join(sorted(titles))})\b"
    found = execute(connection, _CALLED, {"words": asked, "titles": pattern}).fetchall()
    return np.array([row[0] for row in found], np.int32), [row[1] for row in found]


def count_users(
    connection: duckdb.DuckDBPyConnection, tags: Iterable[str]
) -> dict[str, int]:
    """How many distinct accounts use each hashtag, by the tag in small letters."""
    asked = sorted({tag.lower() for tag in tags})
    if not asked:
        return {}
    return dict(execute(connection, _USED, {"tags": asked}).fetchall())
