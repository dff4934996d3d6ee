"""Erase people from a study: their rows, their words in rows of others, every byte.

The rows are removed in a copy, and what is left is written anew into another file,
which takes the place of the study at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.erasure import Erased, Search
from hcpgraph.store.erasing.deleting import count, delete, delete_marked, mark
from hcpgraph.store.erasing.redacting import count_matches, redact
from hcpgraph.store.erasing.rewriting import rewrite
from hcpgraph.store.erasing.searching import search_file
from hcpgraph.store.ingest.suppressing import remember
from hcpgraph.store.sql import execute, has_table, number
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from hcpgraph.model.erasure import Erasure

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

# A row may name somebody in several ways; rows that share one of them are one person's.
_CONSENT: Final = (
    """
    create temp table gone_named as
    select kind, platform, name from consent_name
    where (kind = 'id' and (platform, name) in (
            select (platform, native_id) from account semi join gone using (account)))
       or (kind = 'handle' and (platform, lower(name)) in (
            select (platform, handle) from gone_handle))
       or name in (select unnest($hashes))
    """,
    """
    create temp table gone_consent as
    with own as (
        select distinct file, line from consent_name
        semi join gone_named using (kind, platform, name)
    )
    select distinct other.file, other.line
    from own join consent_name said using (file, line)
    join consent_name other using (kind, platform, name)
    """,
)


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

    def change(
        copy: duckdb.DuckDBPyConnection,
    ) -> tuple[dict[str, int], dict[str, int], list[Search]]:
        removed, redacted = _remove(copy, erasure, study, at)
        return removed, redacted, list(_search_tables(copy, erasure))

    def look(whole: Path) -> list[Search]:
        return list(search_file(whole, erasure.words, study.name))

    changed, in_bytes = rewrite(connection, study, change, look)
    removed, redacted, in_tables = changed
    return Erased(removed, redacted, (*in_tables, *in_bytes))


def _remove(
    connection: duckdb.DuckDBPyConnection, erasure: Erasure, study: Path, at: datetime
) -> tuple[dict[str, int], dict[str, int]]:
    """Remove rows and words in one transaction; how many of each table."""
    with transaction(connection, study) as heed:
        mark(connection, erasure.accounts)
        connection.execute(_REPOSTED)
        redacted: dict[str, int] = {}
        for table in ("post", "post_again"):
            for query in (_EMPTIED, _UNLINKED):
                count(redacted, table, number(connection, query.format(table=table)))
        heed()
        removed = _remove_consent(connection, erasure.hashes)
        for table, deleted in delete_marked(connection).items():
            count(removed, table, deleted)
        heed()
        for table, changed in redact(connection, erasure.patterns).items():
            count(redacted, table, changed)
        _remember(connection, erasure, at)
        return removed, redacted


def _remove_consent(
    connection: duckdb.DuckDBPyConnection, hashes: tuple[str, ...]
) -> dict[str, int]:
    """Delete rows of consent that name the people, by id, handle or keyed hash."""
    removed: dict[str, int] = {}
    if not has_table(connection, "consent_name"):
        return removed
    for statement in _CONSENT:
        execute(connection, statement, {"hashes": hashes})
    for table in ("consent", "consent_name"):
        delete(connection, removed, table, "(file, line) in (from gone_consent)")
    return removed


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
    remember(connection, erasure.hashes, at)


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
