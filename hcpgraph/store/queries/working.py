"""Who works in a disease area: by roster, by bio, or by what they post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.store.sql import execute

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

_WORKING: Final = """
select distinct account from works_in join area using (area)
where slug = $area order by account
"""


def read_working(connection: duckdb.DuckDBPyConnection, area: str) -> NDArray[np.int32]:
    """The accounts that work in an area, ascending, by the rules of ``works_in``."""
    found = execute(connection, _WORKING, {"area": area}).fetchnumpy()
    return found["account"].astype(np.int32, copy=False)
