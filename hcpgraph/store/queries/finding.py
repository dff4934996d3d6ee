"""Find accounts by what people type, and keep what people correct by hand."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import AmbiguousAccount, UnknownAccount
from hcpgraph.store.queries.reading import ID
from hcpgraph.store.sql import execute, rows
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import duckdb
    import numpy as np
    from numpy.typing import NDArray

CORRECTIONS: Final = ("role", "name", "hidden")

# What is looked into, and how *text* is looked for in it.
SEARCHED: Final = MappingProxyType(
    {
        "name": "contains(lower(strip_accents(coalesce(name, ''))), $text)",
        "handle": "contains(lower(coalesce(handle, '')), ltrim($text, '@'))",
        "bio": "contains(lower(strip_accents(coalesce(bio, ''))), $text)",
        "institution": (
            "contains(lower(strip_accents(coalesce(institution, ''))), $text)"
        ),
        "id": "native_id = $text",
    }
)
_SEARCH: Final = """
select account from profile
where listable and ({looked}) and {among}
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
    connection: duckdb.DuckDBPyConnection,
    text: str,
    *,
    most: int,
    fields: Iterable[str] = SEARCHED,
    seen: NDArray[np.int32] | None = None,
) -> list[int]:
    """Accounts with *text* in what is looked into, most followed first.

    Accounts that may not be listed are not found.

    Args:
        connection: open for reading.
        text: what to look for; case and accents do not matter.
        most: how many accounts.
        fields: of ``SEARCHED``, what is looked into.
        seen: only these account numbers; None for everyone.
    """
    looked = " or ".join(SEARCHED[field] for field in fields)
    if not looked:
        return []
    if seen is not None:
        connection.register("seen", {"account": seen})
    among = "true" if seen is None else "account in (from seen)"
    folded = execute(
        connection, "select lower(strip_accents(trim($text)))", {"text": text}
    ).fetchall()[0][0]
    query = _SEARCH.format(looked=looked, among=among)
    found = execute(connection, query, {"text": folded, "most": most}).fetchall()
    return [account for (account,) in found]


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
            correction back.
        study: path of the study, for messages.
    """
    with transaction(connection, study):
        for field, value in sorted(corrections.items()):
            if field not in CORRECTIONS:
                raise ValueError(f"{field!r} cannot be corrected by hand")
            execute(
                connection,
                "delete from correction where account = $account and field = $field",
                {"account": account, "field": field},
            )
            if value is not None:
                said = rows([(account, field, value)])
                connection.execute(
                    f"insert into correction (account, field, value) values {said}"
                )
