"""Erase people from a study: their rows, their words in rows of others, every byte.

The rows are removed in a copy, and what is left is written anew into another file,
which takes the place of the study at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.erasure import Erased, Search
from hcpgraph.store.connection import connected, locate
from hcpgraph.store.erasing import rewriting
from hcpgraph.store.erasing.redacting import count_matches, redact
from hcpgraph.store.erasing.searching import search_file
from hcpgraph.store.ingest.resolving import GROUNDS
from hcpgraph.store.ingest.staging import drop_temporary
from hcpgraph.store.sql import execute, literal, number, rows
from hcpgraph.store.transaction import interruptible, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from hcpgraph.model.erasure import Erasure

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

# A repost says what its original says, also where nobody knows which that is.
_REPOSTED: Final = """
create temp table echo as
select distinct post from (
    select post, platform, kind, refers_to, text from post
    union all select post, platform, kind, refers_to, text from post_again
) said
where kind = 'repost' and ((platform, refers_to) in (from gone_name)
    or text in (from gone_text)
    or lower(regexp_extract(text, '^RT @([^:\\s]+)', 1))
       in (select handle from gone_handle))
"""
_EMPTIED: Final = """
update {table} set text = null, hashtags = null, urls = null
where post in (from echo) and (text is not null or len(hashtags) > 0 or len(urls) > 0)
"""
_UNLINKED: Final = """
update {table} set refers_to = null
where (platform, refers_to) in (from gone_name)
"""

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
insert into gone
select account from account
where native_id is null and account in (select account from left_behind)
  and account not in (from gone) and account not in ({GROUNDS})
"""

_REMEMBER: Final = """
insert into suppression (hash, "at")
select hash, $at from (values $hashes) said(hash) anti join suppression using (hash)
"""


def erase(
    connection: duckdb.DuckDBPyConnection,
    erasure: Erasure,
    *,
    study: Path,
    at: datetime,
) -> Erased:
    """Erase people and put the study that is left in the place of the old one.

    Args:
        connection: holds the study for writing, outside any transaction; it is of the
            old file afterwards, and to be closed.
        erasure: whom, and how they are called.
        study: path of the study.
        at: when, UTC.

    Raises:
        FullDisk: if there is no room for two more studies beside this one.
        StoreError: if the study cannot be written, or has a second name.
    """
    file = locate(study, write=True)
    rewriting.refuse_second_name(file, study)
    rewriting.clear_away(file)
    try:
        with interruptible(study):
            drop_temporary(connection)
            connection.execute("checkpoint")
            rewriting.copy_to(connection, rewriting.changed_copy(file))
            with connected(rewriting.changed_copy(file), write=True) as changed:
                removed, redacted = _remove(changed, erasure, study, at)
                rewriting.copy_to(changed, rewriting.whole_copy(file))
                searched = list(_search_tables(changed, erasure))
            whole = rewriting.whole_copy(file)
            searched += search_file(whole, erasure.words, study.name)
        rewriting.put_in_place(whole, file)
    finally:
        rewriting.clear_away(file)
    return Erased(removed, redacted, tuple(searched))


def _remove(
    connection: duckdb.DuckDBPyConnection, erasure: Erasure, study: Path, at: datetime
) -> tuple[dict[str, int], dict[str, int]]:
    """Remove rows and words in one transaction; how many of each table."""
    with transaction(connection, study) as heed:
        accounts = f"[{', '.join(map(str, erasure.accounts))}]"
        for statement in _GONE:
            connection.execute(statement.replace("$accounts", accounts))
        connection.execute(_REPOSTED)
        redacted: dict[str, int] = {}
        for table in ("post", "post_again"):
            for query in (_EMPTIED, _UNLINKED):
                _add(redacted, table, number(connection, query.format(table=table)))
        heed()
        removed: dict[str, int] = {}
        for table, where in _OWN:
            _delete(connection, removed, table, where)
        heed()
        _delete_accounts(connection, removed)
        for table, count in redact(connection, erasure.patterns).items():
            _add(redacted, table, count)
        _remember(connection, erasure, at)
        return removed, redacted


def _delete_accounts(
    connection: duckdb.DuckDBPyConnection, removed: dict[str, int]
) -> None:
    """Remove what stands of the accounts in every table, and handles nobody names."""
    tables = [name for (name,) in connection.execute(_OF_ACCOUNTS).fetchall()]
    for table in tables:
        _delete(connection, removed, table, f"{_ACCOUNT} in (from gone)")
    if number(connection, _NO_ID):
        connection.execute(_ORPHANS)
        for table in tables:
            _delete(connection, removed, table, f"{_ACCOUNT} in (from gone)")


def _remember(
    connection: duckdb.DuckDBPyConnection, erasure: Erasure, at: datetime
) -> None:
    """Keep the hashes, so that nobody comes back with another import."""
    connection.execute("delete from suppression_key")
    execute(
        connection,
        "insert into suppression_key (proof) values ($proof)",
        {"proof": erasure.proof},
    )
    if erasure.hashes:
        said = rows([one] for one in erasure.hashes)
        query = _REMEMBER.replace("$hashes", said).replace("$at", literal(at))
        connection.execute(query)


def _search_tables(
    connection: duckdb.DuckDBPyConnection, erasure: Erasure
) -> Iterator[Search]:
    """Search what is left, cell by cell: DuckDB's file holds it compressed."""
    words = erasure.words
    many = sum(len(words[kind]) for kind in ("ids", "handles", "names"))
    for table, column, found in count_matches(connection, erasure.patterns):
        yield Search(f"{table}.{column}", "ids, handles, names", "text", many, found)
    texts = number(connection, "select count(*) from gone_text")
    for table in ("post", "post_again"):
        found = number(
            connection,
            f"select count(*) from {table} where kind = 'repost'"
            " and text in (from gone_text)",
        )
        yield Search(f"{table}.text", "texts", "text", texts, found)


def _delete(
    connection: duckdb.DuckDBPyConnection, removed: dict[str, int], table: str, of: str
) -> None:
    _add(removed, table, number(connection, f"delete from {table} where {of}"))


def _add(counts: dict[str, int], table: str, rows: int) -> None:
    if rows:
        counts[table] = counts.get(table, 0) + rows
