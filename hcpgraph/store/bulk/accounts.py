"""From ids that are plain numbers to the accounts of the study."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.store.arrays import GROUP, after_last, registered, runs
from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from hcpgraph.store.arrays import Columns
    from hcpgraph.store.bulk.id_table import IdTable

# Ids that are numbers in disguise, such as 007, are other ids.
_KNOWN: Final = """
select id, account from (
    select try_cast(native_id as ubigint) as id, account from account
    where platform = $platform and $run
      and regexp_full_match(native_id, '0|[1-9][0-9]*')
) where id is not null
"""
_FIRST_NEW: Final = "select coalesce(max(account), -1) + 1 from account"
_INSERT: Final = """
insert into account (account, platform, native_id, listable)
select account, $platform, id::varchar, true from new_id
"""
_DIGITS: Final = 19  # of the longest numbers that may have any digits
_TEN: Final = np.uint64(10)
_LEAST: Final = _TEN ** np.arange(1, 20, dtype=np.uint64)  # of 2 digits, 3, up to 20


def number_plain_ids(
    connection: duckdb.DuckDBPyConnection,
    table: IdTable,
    *,
    platform: str,
    heed: Callable[[], None],
) -> NDArray[np.int32]:
    """Give every id of *table* its account, old or new.

    New accounts are numbered in the order of their ids as text, like all others.

    Returns:
        The account of each number of *table*.
    """
    accounts = np.full(len(table.ids), -1, np.int32)
    rows = after_last(connection, "account")
    for known in runs(connection, _KNOWN, {"platform": platform}, rows=rows):
        found = table.find(known["id"])
        accounts[found[found >= 0]] = known["account"][found >= 0]
        heed()
    fresh = as_text_sorts(table.ids[accounts < 0])
    first = number(connection, _FIRST_NEW)
    if len(fresh):
        numbered = _numbered(table, fresh, first, accounts)
        with registered(connection, "new_id", numbered, rows=len(fresh)):
            execute(connection, _INSERT, {"platform": platform})
    heed()
    return accounts


def _numbered(
    table: IdTable,
    fresh: NDArray[np.uint64],
    first: int,
    accounts: NDArray[np.int32],
) -> Iterator[Columns]:
    """Ids and their new accounts from *first* on, which go into *accounts* too."""
    for start in range(0, len(fresh), GROUP):
        ids = fresh[start : start + GROUP]
        numbers = np.arange(first + start, first + start + len(ids), dtype=np.int32)
        accounts[table.find(ids)] = numbers
        yield {"id": ids, "account": numbers}


def as_text_sorts(ids: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers in the order of what they look like, shape and dtype as given.

    >>> as_text_sorts(np.array([9, 100, 10, 18], np.uint64)).tolist()
    [10, 100, 18, 9]
    """
    ids = np.sort(ids)
    starts = [0, *np.searchsorted(ids, _LEAST).tolist(), len(ids)]
    if max(np.diff(starts), default=0) == len(ids):
        return ids  # all of one length
    # All moved to 19 digits; of two that are then the same, the shorter comes first.
    moved = np.empty_like(ids)
    for length, (start, stop) in enumerate(pairwise(starts), start=1):
        if length > _DIGITS:
            moved[start:stop] = ids[start:stop] // _TEN
        else:
            moved[start:stop] = ids[start:stop] * _TEN ** np.uint64(_DIGITS - length)
    return ids[np.argsort(moved, kind="stable")]
