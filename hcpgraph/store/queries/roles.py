"""Roles and marks that decide who may be listed, and who works in an area.

Most accounts of a large network are of unknown role and may be listed. Those that a
roster, a bio or a correction says more of are looked up; the rest is filled in. Who
works in an area is said by a roster, a bio, or by what they post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import ROLES
from hcpgraph.model.ties import Roles
from hcpgraph.store.sql import execute

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray


_SPOKEN_OF: Final = """
    account in (select account from account_role
                union all select account from correction
                union all select account from account where not listable)
"""
_ROLES: Final = f"""
select account, (list_position($roles, role) - 1)::tinyint as role, listable
from profile where {_SPOKEN_OF} order by account
"""
_ANY_ROLE: Final = f"""
select 1 from profile where role <> 'unknown' and {_SPOKEN_OF} limit 1
"""

_WORKING: Final = """
select distinct account from works_in join area using (area)
where slug = $area order by account
"""

_BY_FILES: Final = """
select slug, any_value(evidence) from account_area join area using (area)
where account = $account and source = 'file' group by slug order by slug
"""


def read_roles(
    connection: duckdb.DuckDBPyConnection, accounts: NDArray[np.int32]
) -> Roles:
    """The roles of *accounts*, ascending and distinct, and who may be listed."""
    found = execute(connection, _ROLES, {"roles": ROLES}).fetchnumpy()
    role = np.full(len(accounts), ROLES.index("unknown"), np.int8)
    listable = np.ones(len(accounts), np.bool_)
    place = np.searchsorted(accounts, found["account"])
    asked = place < len(accounts)
    asked[asked] = accounts[place[asked]] == found["account"][asked]
    role[place[asked]] = found["role"][asked]
    listable[place[asked]] = found["listable"][asked]
    return Roles(accounts, role, listable)


def knows_roles(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the role of any account is known."""
    return bool(connection.execute(_ANY_ROLE).fetchall())


def read_working(connection: duckdb.DuckDBPyConnection, area: str) -> NDArray[np.int32]:
    """The accounts that work in an area, ascending, by the rules of ``works_in``."""
    found = execute(connection, _WORKING, {"area": area}).fetchnumpy()
    return found["account"].astype(np.int32, copy=False)


def read_file_areas(
    connection: duckdb.DuckDBPyConnection, account: int
) -> dict[str, str]:
    """The areas of the files that name an account, with the evidence of each."""
    return dict(execute(connection, _BY_FILES, {"account": account}).fetchall())
