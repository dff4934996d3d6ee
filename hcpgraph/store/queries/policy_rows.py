"""The policy that a study holds, as it was set, and the people who fit its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.fold import folded_value
from hcpgraph.store.sql import execute, only_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Set
    from datetime import datetime

    import duckdb
    from numpy.typing import NDArray

# Numbers that stand for accounts: neither ids, nor handles, nor the order of import
# can be read from them without the study.
_NUMBERS: Final = """
with called as (
    select account,
           md5(platform || ':' || coalesce(native_id, '@' || lower(handle))) as digest
    from account
),
salt as (select bit_xor(md5_number(digest))::varchar as salt from called),
numbered as (
    select account, row_number() over (order by md5(digest || salt), account) as number
    from called, salt
)
select number from wanted join numbered using (account) order by place
"""
# an id that looks like such a number has one more sign in front than any other
_PREFIXED: Final = """
select coalesce(max(length(regexp_extract(native_id, '^(_*)account-', 1))) + 1, 0)
from account where regexp_matches(native_id, '^_*account-')
"""

_BY_BASIS: Final = """
    account in (select account from registry_match
                where match_basis in (select unnest($basis)))
"""


def read_policy(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The text of the policy in force; None where none was set."""
    return only_text(connection, "policy", "text")


def read_countries(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The countries of rosters, each once, sorted."""
    found = connection.execute(
        "select distinct country from roster where country is not null order by 1"
    ).fetchall()
    return tuple(name for (name,) in found)


def read_identity(connection: duckdb.DuckDBPyConnection) -> str:
    """Which study this is; empty for studies of older versions."""
    return only_text(connection, "identity", "id") or ""


def write_policy(
    connection: duckdb.DuckDBPyConnection, text: str, at: datetime
) -> None:
    """Replace the policy; inside a transaction."""
    remove_policy(connection)
    execute(
        connection,
        "insert into policy (text, set_at) values ($text, $at)",
        {"text": text, "at": at},
    )


def remove_policy(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget the policy that was set; inside a transaction."""
    connection.execute("delete from policy")


def read_fitting(
    connection: duckdb.DuckDBPyConnection,
    rows: Mapping[str, Set[str]],
    basis: Set[str] | None,
) -> NDArray[np.int32]:
    """The accounts that have one of the values of each field, ascending.

    Args:
        connection: open for reading.
        rows: field of a profile -> values, folded.
        basis: one of these is stored of the person; None asks for none.
    """
    asked: dict[str, list[str]] = {}
    conditions = []
    for field, values in rows.items():
        # folded in one place, as SQL folds letters in another way
        asked[field] = _spelt(
            connection, f"select distinct {field} from profile", values
        )
        conditions.append(f"{field} in (select unnest(${field}))")
    if basis is not None:
        said = "select distinct match_basis from registry_match"
        asked["basis"] = _spelt(connection, said, basis)
        conditions.append(_BY_BASIS)
    fit = " and ".join(conditions) or "true"
    found = execute(
        connection, f"select account from profile where {fit} order by account", asked
    ).fetchnumpy()
    return found["account"].astype(np.int32, copy=False)


def _spelt(
    connection: duckdb.DuckDBPyConnection, query: str, values: Set[str]
) -> list[str]:
    """The values of a column that are among *values* when folded."""
    found = [row[0] for row in connection.execute(query).fetchall()]
    return sorted(one for one in found if one and folded_value(one) in values)


def read_numbers(
    connection: duckdb.DuckDBPyConnection, accounts: NDArray[np.int32]
) -> list[str]:
    """A running number for each account, in the order given; no account has its id."""
    prefix = "_" * connection.execute(_PREFIXED).fetchall()[0][0]
    place = np.arange(len(accounts), dtype=np.int64)
    connection.register("wanted", {"account": accounts, "place": place})
    found = connection.execute(_NUMBERS).fetchall()
    return [f"{prefix}account-{number}" for (number,) in found]
