"""Leave people out of an import who were erased from the study.

Between staging and numbering: the rows that are theirs go, with all ties to them, and
with what others say of them. Somebody is recognised by the hash of an id, a handle or
a registry number; what the file says besides of the same person counts from then on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from hcpgraph.errors import SuppressionKeyError
from hcpgraph.model.erasure import Identifiers
from hcpgraph.store.erasing.redacting import redact
from hcpgraph.store.queries.identifiers import read_proof
from hcpgraph.store.sql import execute, number, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from hcpgraph.model.erasure import Patterns
    from hcpgraph.model.files import RowType
    from hcpgraph.store.ingest.staging import Staged


class Suppressing(Protocol):
    """Knows by their hashes who was erased."""

    def holds(self, platform: str, native_id: str | None, handle: str | None) -> bool:
        """Whether an account is of somebody who was erased."""

    def holds_number(self, number: str) -> bool:
        """Whether a registry number is of somebody who was erased."""

    def extend(self, known: Identifiers) -> tuple[str, ...]:
        """Take in more of what such a person is called; gives the new hashes."""

    def patterns(self, known: Identifiers) -> Patterns:
        """How such people are called in texts of others."""

    def called(self, platform: str, tokens: Iterable[str]) -> Identifiers:
        """The ids and handles of such people among words of texts."""

    def covered(self, platform: str, text: str) -> str:
        """A line about a file without what calls such a person."""


NO_KEY: Final = (
    "people were erased from this study, and without the key of their hashes they would"
    " come back; name it with --key FILE or HCPGRAPH_KEY_FILE"
)

# Every way in which the file names an account, as it is spelt.
_NAMED: Final = """
select distinct native_id, handle, npi from (
    select native_id, handle, null as npi from staged_accounts
    union all select author_id, author_handle, null from staged_posts
    union all select source_id, source_handle, null from staged_ties
    union all select target_id, target_handle, null from staged_ties
    union all select native_id, handle, npi from staged_people
)
"""
_AT_ONCE: Final = 100_000

_LEFT: Final = """
create or replace temp table left_{kind} as
select unnest($named) as {kind}
"""
_OF: Final = "({id} in (from left_id) or {handle} in (from left_handle))"
_POSTS: Final = f"""
create or replace temp table left_post as
select native_id from staged_posts
where {_OF.format(id="author_id", handle="author_handle")}
union
select unnest(edits) from staged_posts
where {_OF.format(id="author_id", handle="author_handle")}
"""
_NAMES: Final = f"""
select distinct name from (
    select native_id, handle, name from staged_accounts
    union all select native_id, handle, name from staged_people
) where name is not null and {_OF.format(id="native_id", handle="handle")}
order by name
"""
_ROWS: Final = {
    "staged_accounts": _OF.format(id="native_id", handle="handle"),
    "staged_posts": _OF.format(id="author_id", handle="author_handle"),
    "staged_ties": f"""{_OF.format(id="source_id", handle="source_handle")}
        or {_OF.format(id="target_id", handle="target_handle")}
        or post_id in (from left_post) or refers_to in (from left_post)""",
    "staged_people": _OF.format(id="native_id", handle="handle"),
}
# A repost says what its original says.
_EMPTIED: Final = """
update staged_posts set text = null, hashtags = null, urls = null
where kind = 'repost' and (refers_to in (from left_post)
    or regexp_extract(text, '^RT @([^:\\s]+)', 1) in (from left_handle)
    or lower(regexp_extract(text, '^RT @([^:\\s]+)', 1))
       in (select lower(handle) from left_handle))
"""
_UNLINKED: Final = (
    "update staged_posts set refers_to = null where refers_to in (from left_post)"
)

_TOKENS: Final = """
select distinct unnest(regexp_extract_all(said,
    '[@/]?[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:@-]*'))
from (
    select text as said from staged_posts
    union all select unnest(hashtags) from staged_posts
    union all select unnest(urls) from staged_posts
    union all select name from staged_accounts
    union all select bio from staged_accounts
    union all select location from staged_accounts
    union all select name from staged_people
    union all select specialty from staged_people
    union all select institution from staged_people
    union all select area from staged_people
    union all select area from staged_ties
    union all select reason from staged_reject
)
"""
_REMEMBER: Final = """
insert into suppression (hash, "at")
select hash, $at from (values $hashes) said(hash) anti join suppression using (hash)
"""


def refuse_unguarded(
    connection: duckdb.DuckDBPyConnection, suppressing: Suppressing | None, study: Path
) -> None:
    """Raise ``SuppressionKeyError`` if people were erased and nothing tells who."""
    if suppressing is None and read_proof(connection) is not None:
        raise SuppressionKeyError(study, NO_KEY)


def leave_out(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    suppressing: Suppressing,
    *,
    unit: RowType,
    platform: str,
) -> tuple[Staged, tuple[str, ...]]:
    """Take erased people out of the staged tables, and their words out of others'.

    Args:
        connection: with the staged tables.
        staged: what was found in the file.
        suppressing: knows who was erased.
        unit: what a row of the file is.
        platform: of its accounts.

    Returns:
        What is left, and hashes of what the file says besides of these people.
    """
    found = _found(connection, suppressing, platform)
    hashes = suppressing.extend(found)
    for kind, named in (("id", found.ids), ("handle", found.handles)):
        execute(connection, _LEFT.format(kind=kind), {"named": [n for _, n in named]})
    connection.execute(_POSTS)
    names = tuple(name for (name,) in connection.execute(_NAMES).fetchall())
    own = number(
        connection,
        f"select count(*) from staged_{unit.value}"
        f" where record and ({_ROWS[f'staged_{unit.value}']})",
    )
    gone = sum(
        number(connection, f"delete from {table} where {where}")
        for table, where in _ROWS.items()
    )
    connection.execute(_EMPTIED)
    connection.execute(_UNLINKED)
    spoken = suppressing.called(platform, _tokens(connection))
    known = Identifiers(
        ids=(*found.ids, *spoken.ids),
        handles=(*found.handles, *spoken.handles),
        names=names,
    )
    redact(connection, suppressing.patterns(known), staged=True)
    notes = tuple(suppressing.covered(platform, note) for note in staged.notes)
    reasons = tuple(
        (line, suppressing.covered(platform, reason)) for line, reason in staged.reasons
    )
    staged = replace(
        staged,
        read=staged.read - own,
        reasons=reasons,
        notes=(*notes, *_note(own, gone - own)),
    )
    return staged, hashes


def remember(
    connection: duckdb.DuckDBPyConnection, hashes: tuple[str, ...], at: datetime
) -> None:
    """Keep the hashes of what else such people are called; inside a transaction."""
    if hashes:
        said = rows([one] for one in hashes)
        execute(connection, _REMEMBER.replace("$hashes", said), {"at": at})


def _found(
    connection: duckdb.DuckDBPyConnection, suppressing: Suppressing, platform: str
) -> Identifiers:
    """Every id and handle by which the file names people who were erased.

    Whoever shares a row with one of them is the same person, under whatever id.
    """
    named = connection.execute(_NAMED).fetchall()
    left: set[tuple[str, str]] = set()  # (kind, text), handles in small letters
    together: list[set[tuple[str, str]]] = []
    for native_id, handle, npi in named:
        said = set(_keys(native_id, handle, npi))
        if suppressing.holds(platform, native_id, handle) or (
            npi is not None and suppressing.holds_number(npi)
        ):
            left |= said
        elif len(said) > 1:
            together.append(said)
    while more := [said for said in together if not left.isdisjoint(said)]:
        left.update(*more)
        together = [said for said in together if left.isdisjoint(said)]
    spelt = {
        handle
        for _, handle, _ in named
        if handle is not None and ("handle", handle.casefold()) in left
    }
    return Identifiers(
        ids=tuple((platform, text) for kind, text in sorted(left) if kind == "id"),
        handles=tuple((platform, handle) for handle in sorted(spelt)),
        numbers=tuple(text for kind, text in sorted(left) if kind == "npi"),
    )


def _keys(
    native_id: str | None, handle: str | None, npi: str | None
) -> Iterator[tuple[str, str]]:
    if native_id is not None:
        yield "id", native_id
    if handle is not None:
        yield "handle", handle.casefold()
    if npi is not None:
        yield "npi", npi


def _tokens(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every distinct word of the staged texts."""
    found = connection.execute(_TOKENS)
    while some := found.fetchmany(_AT_ONCE):
        yield from (token for (token,) in some)


def _note(own: int, others: int) -> tuple[str, ...]:
    """The note on what was left out, if anything."""
    if not own and not others:
        return ()
    said = [f"{count} {what}" for count, what in _counted(own, others) if count]
    return (f"{' and '.join(said)} left out: of people erased from this study",)


def _counted(own: int, others: int) -> tuple[tuple[int, str], ...]:
    return (
        (own, "row" if own == 1 else "rows"),
        (others, "tie or profile" if others == 1 else "ties and profiles"),
    )
