"""What is older than the policy lets a study keep: posts, ties and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.erasing.deleting import count, delete, delete_marked, mark
from hcpgraph.store.erasing.rewriting import rewrite
from hcpgraph.store.ingest.importing import Labelling, label
from hcpgraph.store.sql import records, rows
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    import duckdb

    from hcpgraph.model.retention import Limit

# What has no time is as old as its import.
_MARKED: Final = (
    """
    create or replace temp table country_limit as
    select country, region, before::timestamp as before
    from (values $limits) said(country, region, before)
    """,
    """
    create or replace temp table account_limit as
    select account.account, country_limit.region, before
    from account left join roster using (account)
    join country_limit on country_limit.country is not distinct from roster.country
    """,
    """
    create or replace temp table dated_post as
    select post, author, region, before, coalesce(created_at, imported_at) as seen
    from post join source_file using (file) join account_limit on author = account
    """,
    """
    create or replace temp table dated_tie as
    select tie.rowid as place,
           case when coalesce(own.before >= other.before, other.before is null)
               then own.region else other.region end as region,
           greatest(own.before, other.before) as before, source, target,
           coalesce("at", imported_at) as seen
    from tie join source_file using (file)
    left join account_limit own on own.account = source
    left join account_limit other on other.account = target
    """,
    """
    create or replace temp table dated_account as
    select account, region, any_value(before) as before, max(seen) as seen from (
        select account, imported_at as seen from account_seen
        join source_file using (file)
        union all
        select account, imported_at from person_account join person using (person)
        join source_file using (file)
        union all select author, seen from dated_post
        union all select source, seen from dated_tie
        union all select target, seen from dated_tie
    ) join account_limit using (account) group by account, region
    """,
)
_KINDS: Final = ("posts", "ties", "accounts")
_LIST: Final = " union all ".join(
    f"select region, '{kind}' as what, before, count(*) as rows, min(seen) as oldest"
    f" from dated_{kind[:-1]} where seen < before group by region, before"
    for kind in _KINDS
)
_OLD_ACCOUNTS: Final = "select account from dated_account where seen < before"
_OLD_POSTS: Final = "select post from dated_post where seen < before"
_OLD_TIES: Final = """
rowid in (select place from dated_tie where seen < before)
"""
# The same ties as other files have them.
_AGAIN: Final = """
rowid in (
    select again.rowid from tie_again again join source_file using (file)
    left join account_limit own on own.account = source
    left join account_limit other on other.account = target
    where post is null and coalesce("at", imported_at)
        < greatest(own.before, other.before))
"""
_TOUCHED: Final = (
    """
    create or replace temp table touched_account as
    select distinct author as account from post semi join dated_post using (post)
    where post in (select post from dated_post where seen < before)
      and author not in (select account from dated_account where seen < before)
    """,
    "create or replace temp table new_post (post integer)",
)


def read_expired(
    connection: duckdb.DuckDBPyConnection, limits: Sequence[Limit]
) -> list[dict[str, Any]]:
    """What is older than the limits, by region and kind: rows, and the oldest."""
    if not limits:
        return []
    _mark(connection, limits)
    return records(connection, f"{_LIST} order by region, what")


def expire(
    connection: duckdb.DuckDBPyConnection,
    limits: Sequence[Limit],
    labelling: Labelling,
    *,
    study: Path,
) -> dict[str, int]:
    """Remove what is older than the limits; the rows removed, by table.

    The study is written anew; what is open is of the old file afterwards.
    """

    def change(copy: duckdb.DuckDBPyConnection) -> dict[str, int]:
        with transaction(copy, study):
            return _remove(copy, limits, labelling)

    removed, _ = rewrite(connection, study, change, lambda _whole: None)
    return removed


def _remove(
    connection: duckdb.DuckDBPyConnection,
    limits: Sequence[Limit],
    labelling: Labelling,
) -> dict[str, int]:
    _mark(connection, limits)
    for statement in _TOUCHED:
        connection.execute(statement)
    accounts = [one for (one,) in connection.execute(_OLD_ACCOUNTS).fetchall()]
    removed: dict[str, int] = {}
    delete(connection, removed, "tie", _OLD_TIES)
    delete(connection, removed, "tie_again", _AGAIN)
    mark(connection, accounts, _OLD_POSTS)
    for table, deleted in delete_marked(connection).items():
        count(removed, table, deleted)
    label(connection, labelling)
    return removed


def _mark(connection: duckdb.DuckDBPyConnection, limits: Sequence[Limit]) -> None:
    """Note the age of everything, and the age that its region allows."""
    said = rows((one.country, one.region, one.before) for one in limits)
    for statement in _MARKED:
        connection.execute(statement.replace("$limits", said))
