"""Delete accounts and posts with all that is theirs, from every table.

``mark`` notes them in temporary tables, and ``delete_marked`` deletes what is noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.ingest.resolving import GROUNDS
from hcpgraph.store.sql import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

# Whose handle is another's by now keeps it.
_GONE: Final = (
    "create temp table gone as select unnest($accounts::integer[]) as account",
    """
    create temp table gone_handle as
    select platform, lower(said.handle) as handle
    from (select account, handle from account union select account, handle
          from account_seen) said
    join account own using (account) semi join gone using (account)
    where said.handle is not null
    except
    select platform, lower(handle) from account anti join gone using (account)
    """,
    """
    create temp table gone_post as
    select post from post semi join gone on author = account
    union select post from post_again semi join gone on author = account
    $posts
    """,
    """
    create temp table gone_name as
    select platform, native_id from post_name semi join gone_post using (post)
    union select platform, native_id from post_again semi join gone_post using (post)
    """,
    """
    create temp table gone_text as
    select text from (from post union all from post_again)
    where length(text) > 0 and kind <> 'repost'
    group by text having bool_and(post in (from gone_post))
    """,
    """
    create temp table gone_person as
    select person from person_account group by person
    having bool_and(account in (from gone))
    """,
    """
    create temp table left_behind as
    select target as account from tie semi join gone on source = account
    union select source from tie semi join gone on target = account
    union select source from post_tie semi join gone_post using (post)
    union select target from post_tie semi join gone_post using (post)
    """,
)

# (table, rows): what is theirs, or says something of them.
_OWN: Final = (
    (
        "post_tie",
        """source in (from gone) or target in (from gone) or post in (from gone_post)
        or exists (
            select 1 from post_name semi join gone_name using (platform, native_id)
            where post_name.native_id = post_tie.refers_to)
        or named in (select handle from gone_handle)""",
    ),
    *(
        (
            table,
            "source in (from gone) or target in (from gone)"
            " or post in (from gone_post)",
        )
        for table in ("tie", "tie_again")
    ),
    ("post_edit", "(platform, native_id) in (from gone_name)"),
    ("post_area", "post in (from gone_post)"),
    *((table, "post in (from gone_post)") for table in ("post", "post_again")),
    ("person", "person in (from gone_person)"),
)
# A table with this column has rows of accounts.
_ACCOUNT: Final = "account"
_OF_ACCOUNTS: Final = """
select table_name from duckdb_columns()
semi join (select table_name from duckdb_tables() where not internal and not temporary)
    using (table_name)
where column_name = 'account' and not internal
order by (table_name = 'account'), table_name
"""
_NO_ID: Final = """
select count(*) from left_behind join account using (account)
where native_id is null and account not in (from gone)
"""
# A handle stands for an account as long as anything says so.
_ORPHANS: Final = f"""
insert into gone by name
select account from account
where native_id is null and account in (select account from left_behind)
  and account not in (from gone) and account not in ({GROUNDS})
"""


def mark(
    connection: duckdb.DuckDBPyConnection, accounts: Iterable[int], posts: str = ""
) -> None:
    """Note accounts, and what is theirs, in ``gone``, ``gone_post`` and more.

    Args:
        connection: inside a transaction.
        accounts: their numbers.
        posts: a query for further posts; empty for none.
    """
    listed = f"[{', '.join(map(str, accounts))}]"
    more = f"union {posts}" if posts else ""
    for statement in _GONE:
        said = statement.replace("$accounts", listed).replace("$posts", more)
        connection.execute(said)


def delete_marked(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Delete what is noted; the rows deleted, by table."""
    removed: dict[str, int] = {}
    for table, where in _OWN:
        delete(connection, removed, table, where)
    _delete_accounts(connection, removed)
    return removed


def _delete_accounts(
    connection: duckdb.DuckDBPyConnection, removed: dict[str, int]
) -> None:
    """Remove what stands of the accounts in every table, and handles nobody names."""
    tables = [name for (name,) in connection.execute(_OF_ACCOUNTS).fetchall()]
    for table in tables:
        delete(connection, removed, table, f"{_ACCOUNT} in (from gone)")
    if number(connection, _NO_ID):
        connection.execute(_ORPHANS)
        for table in tables:
            delete(connection, removed, table, f"{_ACCOUNT} in (from gone)")


def delete(
    connection: duckdb.DuckDBPyConnection, removed: dict[str, int], table: str, of: str
) -> None:
    """Delete the rows of a table that fit, and add how many to *removed*."""
    count(removed, table, number(connection, f"delete from {table} where {of}"))


def count(counts: dict[str, int], table: str, rows: int) -> None:
    """Add rows of a table to the counts, if there are any."""
    if rows:
        counts[table] = counts.get(table, 0) + rows
