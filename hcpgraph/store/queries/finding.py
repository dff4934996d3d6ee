"""Find accounts by what people type, and keep what people correct by hand."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from hcpgraph.errors import AmbiguousAccount, UnknownAccount
from hcpgraph.model.hashed import account_texts
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
_OPENED: Final = "no"  # of what is hidden
_IS_CLOSED: Final = "select 1 from unlisted where account = $account"

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

# One way of calling an account a join: each is hashed, however many are asked for.
_NAMED: Final = """
select distinct account, platform, native_id, handle from (
    select account.* from named join account on native_id = named.name
    union all
    select account.* from named
    join account on platform || ':' || native_id = named.name
    union all
    select account.* from named
    join account on '@' || lower(handle) = lower(named.name)
    union all
    select account.* from named
    join account on platform || ':@' || lower(handle) = lower(named.name)
    {}
) order by account
"""
# What precedes a name where nothing else says who is meant.
BY_NAME: Final = "name:"
_CALLED_SO: Final = f"""
    union all
    select account.* from named
    join profile on profile.name = substr(named.name, {len(BY_NAME) + 1})
    join account on account.account = profile.account
    where starts_with(named.name, '{BY_NAME}') and profile.listable
"""
_EVERYONE: Final = """
select account, platform, native_id, handle from account order by account
"""


class Account(NamedTuple):
    """What a platform knows an account by.

    Attributes:
        account: its number in the study.
        platform: the platform.
        native_id: its id there; None where only the handle is known.
        handle: without ``@``; None where it is not known.
    """

    account: int
    platform: str
    native_id: str | None
    handle: str | None

    def texts(self) -> tuple[str, ...]:
        """What its keyed hashes are made of, the first for lists of people.

        >>> Account(1, "x", "12", "Ann").texts()
        ('x:12', 'x:@ann')
        """
        return account_texts(self.platform, self.native_id, self.handle)


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


def read_named(
    connection: duckdb.DuckDBPyConnection, names: Iterable[str] | None
) -> list[Account]:
    """The accounts that names mean, each once, in the order of the study.

    Args:
        connection: open for reading.
        names: ids, ``platform:id``, ``@handles``, ``platform:@handle``, or ``name:``
            and a name, which all of that name are who may be listed; what nobody is
            called is passed over; None for every account.
    """
    if names is None:
        return [Account(*row) for row in connection.execute(_EVERYONE).fetchall()]
    asked = sorted(set(names))
    if not asked:
        return []
    connection.execute("create or replace temp table named (name varchar)")
    connection.execute(
        f"insert into named (name) values {rows((one,) for one in asked)}"
    )
    so = _CALLED_SO if any(one.startswith(BY_NAME) for one in asked) else ""
    return [Account(*row) for row in connection.execute(_NAMED.format(so)).fetchall()]
