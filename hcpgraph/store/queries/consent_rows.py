"""What a study keeps of consent: statements, and the names of whose they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from hcpgraph.model.consent import Statement, StoredRow
from hcpgraph.store.sql import columns, execute, has_table, number, only_text, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import duckdb

    from hcpgraph.model.consent import ConsentFile

    Name = tuple[str, str, str]  # kind, platform, text

_BATCH: Final = 2_000  # rows of one statement

# the columns of a statement, in the order of its fields
_NAME: Final = ("file", "line", "kind", "platform", "name")
_SAID: Final = tuple(field.name for field in fields(Statement))

_ANY: Final = "select count(*) from (select 1 from consent_name limit 1)"
_FILE: Final = """
insert into source_file by name
select $file as file, $path as path, $sha256 as sha256, 'consent' as format,
       $platform as platform, $bytes as bytes, $read as read, $accepted as accepted,
       $known as known, $rejected as rejected, $notes as notes, $at as imported_at
"""
_NEXT_FILE: Final = "select coalesce(max(file), -1) + 1 from source_file"

# Whose the names are: accounts by id, and those known by a handle.
_BEARERS: Final = """
select distinct kind, named.platform, named.name, account
from (select distinct kind, platform, name from consent_name
      where kind in ('id', 'handle')) named
join account on account.platform = named.platform
 and case when kind = 'id' then native_id = named.name
          else lower(handle) = named.name end
order by all
"""
# An account that was known by its handle has an id by now: the name stays its own,
# whatever it is called later.
_WITH_ID: Final = """
insert into consent_name (file, line, kind, platform, name)
select distinct named.file, named.line, 'id', named.platform, account.native_id
from consent_name named join account
  on named.kind = 'handle' and account.platform = named.platform
 and lower(account.handle) = named.name and account.native_id is not null
anti join consent_name known
  on known.file = named.file and known.line = named.line and known.kind = 'id'
 and known.platform = named.platform and known.name = account.native_id
order by all
"""
_ACCOUNTS: Final = """
select account, platform, native_id, lower(handle) as handle from account order by 1
"""
_NUMBERS: Final = """
select number, platform, native_id, lower(handle) as handle
from registry_match join account using (account) where registry = 'npi' order by all
"""


def has_consent(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the study holds any."""
    return has_table(connection, "consent_name") and bool(number(connection, _ANY))


def write_consent(
    connection: duckdb.DuckDBPyConnection,
    described: ConsentFile,
    kept: Sequence[StoredRow],
    counts: tuple[int, int],
    at: datetime,
) -> None:
    """Add a file of consent; inside a transaction.

    Args:
        connection: open for writing.
        described: the file.
        kept: its rows; their number of a file is set here.
        counts: rows that were new, and that were known.
        at: now.
    """
    file = number(connection, _NEXT_FILE)
    new, known = counts
    execute(
        connection,
        _FILE,
        {
            "file": file, "path": str(described.path), "sha256": described.sha256,
            "platform": "", "bytes": described.bytes, "accepted": new, "known": known,
            "read": new + known + len(described.rejected),
            "rejected": len(described.rejected), "notes": list(described.notes),
            "at": at,
        },
    )  # fmt: skip
    said = [
        (file, row.line, *(getattr(one, name) for name in _SAID))
        for row in kept
        for one in row.statements
    ]
    named = [(file, row.line, *name) for row in kept for name in row.names]
    rejected = [(file, *one) for one in described.rejected]
    _insert(connection, "consent", ("file", "line", *_SAID), said)
    _insert(connection, "consent_name", _NAME, named)
    _insert(connection, "reject", ("file", "line", "reason"), rejected)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: Sequence[str],
    found: Sequence[tuple[object, ...]],
) -> None:
    columns = ", ".join(names)
    for start in range(0, len(found), _BATCH):
        part = rows(found[start : start + _BATCH])
        connection.execute(f"insert into {table} ({columns}) values {part}")


def write_proof(connection: duckdb.DuckDBPyConnection, proof: str) -> None:
    """Keep what tells a key from another, once; inside a transaction."""
    if read_proof(connection) is None:
        execute(
            connection,
            "insert into consent_key (proof) values ($proof)",
            {"proof": proof},
        )


def read_proof(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What tells the key of the hashes from another; None if there is none yet."""
    return only_text(connection, "consent_key", "proof")


def read_consent(connection: duckdb.DuckDBPyConnection) -> list[StoredRow]:
    """Every row of every file, by file and line."""
    if not has_consent(connection):
        return []
    said: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for file, line, *statement in connection.execute(
        f"select file, line, {', '.join(_SAID)} from consent order by all"
    ).fetchall():
        said[file, line].append(Statement(*statement))
    named: dict[tuple[int, int], list[Name]] = defaultdict(list)
    for file, line, *name in connection.execute(
        "select distinct file, line, kind, platform, name from consent_name"
        " order by all"
    ).fetchall():
        named[file, line].append((name[0], name[1], name[2]))
    return [
        StoredRow(file, line, tuple(names), tuple(said.get((file, line), ())))
        for (file, line), names in named.items()
    ]


def read_bearers(connection: duckdb.DuckDBPyConnection) -> dict[Name, int]:
    """The account that bears each name of kind id or handle, where one does."""
    found = connection.execute(_BEARERS).fetchall()
    return {(kind, platform, name): account for kind, platform, name, account in found}


def read_all_accounts(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[int, str, str | None, str | None]]:
    """Number, platform, id and handle of every account."""
    return connection.execute(_ACCOUNTS).fetchall()


def read_registered(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[str, str, str | None, str | None]]:
    """Every registry number, and platform, id and handle of whose it is."""
    return connection.execute(_NUMBERS).fetchall()


def read_hashed(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[int, int, str, str]]:
    """File, line, kind and hash of names that may be those of accounts to come."""
    return connection.execute(
        "select distinct file, line, kind, name from consent_name"
        " where kind in ('account', 'npi') order by all"
    ).fetchall()


def add_names(
    connection: duckdb.DuckDBPyConnection,
    found: Iterable[tuple[int, int, str, str, str]],
) -> None:
    """Add names of kind id or handle: file, line, kind, platform, text; each once."""
    known = set(
        connection.execute(
            "select file, line, kind, platform, name from consent_name"
            " where kind in ('id', 'handle')"
        ).fetchall()
    )
    _insert(connection, "consent_name", _NAME, sorted(set(found) - known))


def follow_handles(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the ids of accounts to statements that know them by handle."""
    if has_consent(connection):
        connection.execute(_WITH_ID)


def known_file(connection: duckdb.DuckDBPyConnection, sha256: str) -> str | None:
    """The path of the file with these bytes; None if the study has none."""
    found = execute(
        connection,
        "select path from source_file where sha256 = $sha256",
        {"sha256": sha256},
    ).fetchall()
    return str(found[0][0]) if found else None


_SINCE: Final = """
select account, min(imported_at) as since,
       list_transform(list_sort(list(distinct {{'file': file, 'sha256': sha256}})),
                      lambda one: one.sha256) as files
from (
    select account, file from account_seen
    union all select author, file from post
    union all select source, file from tie union all select target, file from tie
    union all select account, file from person_account join person using (person)
) named join source_file using (file)
where account in ({accounts})
group by account order by account
"""


def read_origins(
    connection: duckdb.DuckDBPyConnection, accounts: Sequence[int]
) -> dict[int, tuple[datetime, list[str]]]:
    """When each account was first imported, and digests of the files naming it."""
    if not accounts:
        return {}
    numbers = ", ".join(map(str, accounts))
    found = columns(connection, _SINCE.format(accounts=numbers))
    told = zip(found["account"], found["since"], found["files"], strict=True)
    return {account: (since, files) for account, since, files in told}
