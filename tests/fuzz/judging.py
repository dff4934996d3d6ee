"""What must hold of a study, whatever was imported into it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import duckdb

from tests.fuzz.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fuzz.making import Case

# Ids may be names; handles are words. Neither is ever a piece of JSON.
_BAD_ACCOUNTS: Final = r"""
select native_id, handle from account where
    regexp_matches(coalesce(native_id, ''),
        '[\x00-\x1f\x7f-\x{9f}"{}\[\]\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]')
    or regexp_matches(coalesce(native_id, ''), '^[\s''=]|\s$')
    or regexp_matches(coalesce(handle, ''),
        '^@|[\s\x00-\x1f\x7f-\x{9f}"''{}\[\],;\x{200e}\x{200f}\x{2028}-\x{202e}]')
    or native_id = '' or handle = ''
order by all
"""
_LAST_FILE: Final = """
select file, path, format, read, accepted, known, rejected from source_file
order by file desc limit 1
"""
_COUNTS: Final = """
select 'ties ' || name, count(*) from tie join layer using (layer) group by name
union all select 'posts', count(*) from post
union all select 'accounts', count(*) from account
union all select 'rows refused', count(*) from reject
union all select 'files', count(*) from source_file
union all select 'labels of posts', count(*) from post_area
union all select 'people', count(*) from person
"""


@dataclass(frozen=True)
class Entry:
    """A line of the ledger: what a study says of the last file imported into it."""

    file: int
    path: str
    format: str
    read: int
    accepted: int
    known: int
    rejected: int

    @property
    def outcome(self) -> tuple[str, int, int, int, int]:
        """What became of the file, whatever it is called."""
        return self.format, self.read, self.accepted, self.known, self.rejected


@dataclass(frozen=True)
class Look:
    """What a study holds after an import.

    Attributes:
        last: the file that came last.
        odd: accounts under an id or handle that is none, as (id, handle).
        faults: what is wrong with the ledger.
    """

    last: Entry | None
    odd: frozenset[tuple[str | None, str | None]]
    faults: tuple[Fault, ...]


def look(study: Path) -> Look:
    """Read the ledger of *study* and judge it."""
    with duckdb.connect(str(study), read_only=True) as connection:
        row = connection.execute(_LAST_FILE).fetchone()
        last = Entry(*row) if row else None
        odd = frozenset(connection.execute(_BAD_ACCOUNTS).fetchall())
        faults = () if last is None else tuple(_of_ledger(connection, last))
        return Look(last, odd, faults)


def of_accounts(
    new: frozenset[tuple[str | None, str | None]], format_name: str
) -> Iterator[Fault]:
    """Accounts under names that are none, which a file of that format brought."""
    for native_id, handle in sorted(new, key=str)[:1]:
        what = "handle" if native_id is None else "id or handle"
        yield Fault.of(
            f"an account whose {what} is none ({format_name})",
            f"id {native_id!r}, handle {handle!r}",
        )


def _of_ledger(connection: duckdb.DuckDBPyConnection, last: Entry) -> Iterator[Fault]:
    if last.accepted + last.known + last.rejected != last.read:
        yield Fault.of("the ledger does not add up", last)
    if min(last.read, last.accepted, last.known, last.rejected) < 0:
        yield Fault.of("the ledger counts below zero", last)
    rows = connection.execute(
        f"select line, reason from reject where file = {last.file}"
    ).fetchall()
    if (last.rejected > 0) != bool(rows) or len(rows) > last.rejected:
        yield Fault.of(
            "rejected rows and the list of them differ", f"{last}: {rows[:20]}"
        )
    if any(line is None or line < 1 or not reason for line, reason in rows):
        yield Fault.of("a rejected row has no line or no reason", rows[:20])


def counts(study: Path) -> dict[str, int]:
    """How many of everything a study holds."""
    with duckdb.connect(str(study), read_only=True) as connection:
        return dict(connection.execute(_COUNTS).fetchall())


def digest(study: Path) -> str:
    """Of every row of every table, in whatever order they lie."""
    found = hashlib.sha256()
    with duckdb.connect(str(study), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() order by table_name"
        ).fetchall()
        for (name,) in tables:
            row = connection.execute(
                f'select count(*), bit_xor(hash(t)), sum(hash(t)) from "{name}" t'
            ).fetchone()
            found.update(f"{name} {row}\n".encode())
    return found.hexdigest()


def removed(before: dict[str, int], after: dict[str, int]) -> Iterator[Fault]:
    """Whether a study is as it was before a file that was taken out again.

    Accounts that the file showed to be one stay one, and so do their ties.
    """
    merged = after.get("accounts", 0) < before.get("accounts", 0)
    for what in sorted(before.keys() | after.keys()):
        then, now = before.get(what, 0), after.get(what, 0)
        if then != now and not (merged and now < then):
            yield Fault.of(f"remove leaves other {what}", f"before {before}, {after=}")
            return


def unforeseen(case: Case, entry: Entry | None) -> Iterator[Fault]:
    """Where only one outcome can be right, and it was another."""
    if case.expect is None:
        return
    what, why = case.expect
    if what == "refuse" and entry is not None:
        yield Fault.of(f"imported, must be refused: {why} ({case.recipe})", entry)
    if what == "accept" and entry is None:
        yield Fault.of(f"refused, is sound: {why} ({case.recipe})", case.words())
    if what == "accept" and entry is not None and entry.rejected:
        yield Fault.of(f"rows refused of a sound file: {why} ({case.recipe})", entry)


def of_nothing(data: bytes, entry: Entry) -> Iterator[Fault]:
    """A file of 0 rows must say itself that it holds nothing."""
    if entry.read == 0 and not _says_empty(data):
        kind = f"0 rows of a file that does not say so: {entry.format}"
        yield Fault.of(kind, data[:300])


def _says_empty(data: bytes) -> bool:
    if data.startswith((b"\x1f\x8b", b"PK")) or b"ustar" in data[257:263]:
        return True  # judged where it is not compressed
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return True  # judged where it is in UTF-8
    # bytes that are no text are mended, and make no page of what is none
    found = _values(data.decode("utf-8-sig", "replace"))
    return bool(found) and all(map(_is_empty, found))


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder()
    found: list[Any] = []
    rest = text.lstrip()
    while rest:
        try:
            value, end = decoder.raw_decode(rest)
        except (ValueError, RecursionError):
            return []
        found += value if isinstance(value, list) and value else [value]
        rest = rest[end:].lstrip()
    return found


def _is_empty(value: Any) -> bool:
    if value == []:
        return True
    if not isinstance(value, dict):
        return False
    meta = value.get("meta")
    if isinstance(meta, dict) and str(meta.get("result_count")) == "0":
        return not value.get("data")
    beside = value.keys() - {"data", "includes", "__twarc"}
    if value.get("data") == [] and not beside:  # people may come along
        return True
    return "errors" in value and not value.get("data")
