"""Find accounts by what people type, and keep what people correct by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import AmbiguousAccount, UnknownAccount
from hcpgraph.store.queries.reading import ID
from hcpgraph.store.sql import columns, execute, rows
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import duckdb

CORRECTIONS: Final = ("role", "name", "hidden")
_OPENED: Final = "no"  # of what is hidden
_IS_CLOSED: Final = "select 1 from unlisted where account = $account"

_SEARCH: Final = f"""
select {ID} as id, handle, name, role, specialty, institution, country
from profile
where listable and (
       contains(lower(strip_accents(coalesce(name, ''))), $text)
    or contains(lower(coalesce(handle, '')), ltrim($text, '@'))
    or contains(lower(strip_accents(coalesce(bio, ''))), $text)
    or contains(lower(strip_accents(coalesce(institution, ''))), $text)
    or native_id = $text)
order by coalesce(followers, -1) desc, account
limit $most
"""

# The account a person means: id or @handle, with or without ``platform:`` in front.
# Of two accounts of one platform with one handle, the one with an id.
_RESOLVE: Final = """
select asked.place, platform,
       arg_max(account.account, (native_id is not null, -account.account))
from asked join account on
     (starts_with(asked.name, '@')
      and lower(handle) = lower(substr(asked.name, 2)))
  or native_id = asked.name
  or platform || ':' || native_id = asked.name
  or platform || ':@' || lower(handle) = lower(asked.name)
group by asked.place, platform
order by asked.place, platform
"""
_BY_NPI: Final = """
select asked.place, platform, min(registry_match.account)
from asked join registry_match on registry = 'npi' and number = asked.name
join account using (account)
group by asked.place, platform
order by asked.place, platform
"""
_CLOSEST: Final = f"""
select case when starts_with($name, '@') and handle is not null then '@' || handle
            else {ID} end
from profile where listable
order by greatest(jaro_winkler_similarity(coalesce(native_id, ''), $name),
                  jaro_winkler_similarity('@' || lower(coalesce(handle, '')),
                                          lower($name))) desc, account
limit 3
"""


def search(
    connection: duckdb.DuckDBPyConnection, text: str, *, most: int
) -> dict[str, list[str | None]]:
    """Accounts with *text* in name, handle, bio or institution, most followed first.

    Accounts that may not be listed are not found.
    """
    folded = execute(
        connection, "select lower(strip_accents(trim($text)))", {"text": text}
    ).fetchall()[0][0]
    return columns(connection, _SEARCH, {"text": folded, "most": most})


def resolve(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """The number of the account called *name*: an id or ``@handle``.

    Args:
        connection: open for reading.
        name: with ``platform:`` in front where two platforms share it.

    Raises:
        UnknownAccount: if there is none; the message names the closest.
        AmbiguousAccount: if accounts of several platforms bear the name.
    """
    (found,) = resolve_many(connection, [name])
    if not found:
        raise unknown(connection, name)
    if len(found) > 1:
        raise AmbiguousAccount(name, [f"{platform}:{name}" for platform in found])
    return next(iter(found.values()))


def unknown(connection: duckdb.DuckDBPyConnection, name: str) -> UnknownAccount:
    """The error for a name that nobody has; its message names the closest."""
    close = execute(connection, _CLOSEST, {"name": name}).fetchall()
    return UnknownAccount(name, [str(row[0]) for row in close])


def resolve_many(
    connection: duckdb.DuckDBPyConnection, names: Iterable[str], *, npi: bool = False
) -> list[dict[str, int]]:
    """The accounts that each of *names* means, one a platform; none for strangers.

    Args:
        connection: open for reading.
        names: ids or ``@handles``, with or without ``platform:`` in front; registry
            numbers with *npi*.
        npi: look the names up among stored registry matches.
    """
    asked = list(names)
    found: list[dict[str, int]] = [{} for _ in asked]
    if not asked:
        return found
    connection.execute("create or replace temp table asked (place int, name varchar)")
    connection.execute(
        f"insert into asked (place, name) values {rows(enumerate(asked))}"
    )
    answers = connection.execute(_BY_NPI if npi else _RESOLVE).fetchall()
    for place, platform, account in answers:
        found[place][platform] = account
    return found


def write_correction(
    connection: duckdb.DuckDBPyConnection,
    account: int,
    corrections: Mapping[str, str | None],
    *,
    study: Path,
) -> None:
    """Keep a person's corrections of an account; imports never overwrite them.

    Args:
        connection: open for writing.
        account: account number.
        corrections: field (of ``CORRECTIONS``) to value; None takes the
            correction back. Who is not listed then is, whatever was the cause.
        study: path of the study, for messages.
    """
    with transaction(connection, study):
        closed = execute(connection, _IS_CLOSED, {"account": account}).fetchall()
        for field, value in sorted(corrections.items()):
            if field not in CORRECTIONS:
                raise ValueError(f"{field!r} cannot be corrected by hand")
            said = _OPENED if field == "hidden" and value is None and closed else value
            execute(
                connection,
                "delete from correction where account = $account and field = $field",
                {"account": account, "field": field},
            )
            if said is not None:
                row = rows([(account, field, said)])
                connection.execute(
                    f"insert into correction (account, field, value) values {row}"
                )
