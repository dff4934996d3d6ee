"""How people are called and what they wrote, and who is the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.erasure import Identifiers
from hcpgraph.store.sql import execute, has_table, only_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

# Accounts with one registry number, or of one row of a roster, are one person's.
_SAME: Final = """
with recursive link as (
    select own.account, other.account as other
    from registry_match own join registry_match other using (registry, number)
    union all
    select own.account, other.account
    from person_account own join person_account other using (person)
), same as (
    select unnest($accounts::integer[]) as account
    union
    select link.other from same join link using (account)
)
select distinct account from same order by account
"""
_ACCOUNTS: Final = "(select unnest($accounts::integer[]) as account) gone"
_IDS: Final = f"""
select distinct platform, native_id from account semi join {_ACCOUNTS} using (account)
where native_id is not null order by all
"""
# A handle that somebody else bears by now is theirs.
_HANDLES: Final = f"""
select platform, handle from (
    select platform, handle from account semi join {_ACCOUNTS} using (account)
    union
    select platform, seen.handle from account_seen seen join account using (account)
    semi join {_ACCOUNTS} using (account)
) where handle is not null and (platform, lower(handle)) not in (
    select (platform, lower(handle)) from account anti join {_ACCOUNTS} using (account)
    where handle is not null)
order by all
"""
_NAMES: Final = f"""
select distinct name from (
    select account, name from account union all
    select account, name from account_seen union all
    select account, name from person join person_account using (person) union all
    select account, value from correction where field = 'name'
) semi join {_ACCOUNTS} using (account)
where trim(name) <> '' order by all
"""
_BIOS: Final = f"""
select bio from (
    select account, bio from account union all select account, bio from account_seen
) where trim(bio) <> ''
group by bio having bool_and(account in (select account from {_ACCOUNTS}))
order by all
"""
# What they repost, or wrote word for word like somebody else, is others' as well.
_TEXTS: Final = f"""
select text from (from post union all from post_again)
where trim(text) <> '' and kind <> 'repost'
group by text having bool_and(author in (select account from {_ACCOUNTS}))
order by length(text) desc, text limit $most
"""
_NUMBERS: Final = f"""
select distinct number from registry_match semi join {_ACCOUNTS} using (account)
order by all
"""
_MOST_TEXTS: Final = 100  # of those that the bytes are searched for
_NAMED: Final = """
select distinct account from profile
where lower(strip_accents(trim(name))) = lower(strip_accents(trim($name)))
order by account
"""


def read_same(
    connection: duckdb.DuckDBPyConnection, accounts: Iterable[int]
) -> tuple[int, ...]:
    """The accounts, and all others of the same people, ascending."""
    return tuple(account for (account,) in _ask(connection, _SAME, accounts))


def read_accounts_named(
    connection: duckdb.DuckDBPyConnection, name: str
) -> tuple[int, ...]:
    """The accounts with a name, whatever its case and accents, ascending."""
    found = execute(connection, _NAMED, {"name": name}).fetchall()
    return tuple(account for (account,) in found)


def read_identifiers(
    connection: duckdb.DuckDBPyConnection, accounts: Iterable[int]
) -> Identifiers:
    """How accounts are called by any file, and the longest texts of their posts."""
    known = tuple(accounts)

    def column(query: str) -> tuple[str, ...]:
        return tuple(text for (text,) in _ask(connection, query, known))

    return Identifiers(
        ids=tuple(_ask(connection, _IDS, known)),
        handles=tuple(_ask(connection, _HANDLES, known)),
        names=column(_NAMES),
        bios=column(_BIOS),
        texts=column(_TEXTS.replace("$most", str(_MOST_TEXTS))),
        numbers=column(_NUMBERS),
    )


def read_proof(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What tells the key of the suppressions; None where nobody was erased."""
    return only_text(connection, "suppression_key", "proof")


def read_suppressed(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The keyed hashes of all who were erased, sorted."""
    if not has_table(connection, "suppression"):
        return ()
    found = connection.execute("select distinct hash from suppression order by 1")
    return tuple(one for (one,) in found.fetchall())


def _ask(
    connection: duckdb.DuckDBPyConnection, query: str, accounts: Iterable[int]
) -> list[tuple[Any, ...]]:
    listed = f"[{', '.join(map(str, accounts))}]"
    return connection.execute(query.replace("$accounts", listed)).fetchall()
