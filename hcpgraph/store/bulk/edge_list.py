"""Ties between plain numbers: the quick way into the study.

A list of who follows whom names accounts by numeric ids and says nothing else. Its
rows are read as pairs of numbers, numbered in a table of their own, and sorted row
by row; no text is copied, and only the accounts go through the database. However
long the list, no more than ``_AT_ONCE`` ties are sorted together. The study comes
out the same as by the long way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.compiled import parallel_map
from hcpgraph.store.arrays import GROUP, after_last, registered, runs
from hcpgraph.store.bulk.accounts import number_plain_ids
from hcpgraph.store.bulk.encoded_ties import EncodedTies
from hcpgraph.store.bulk.id_table import IdTable
from hcpgraph.store.bulk.rows import sort_into_rows
from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from hcpgraph.model.files import EdgeBlock, IntegerEdgeList
    from hcpgraph.store.bulk.rows import TieRows

_BLOCKS: Final = 8  # blocks that the threads share before the next are fetched
_AT_ONCE: Final = 2**29  # ties that are sorted together; 2 GB
_HELD_AT_ONCE: Final = 2**23  # ties of the study that are looked up together
_READ: Final = 0.5  # share of the work that is done once the file is read

_ACCOUNTS: Final = "select coalesce(max(account), -1) + 1 from account"
_LAYER: Final = "select layer from layer where name = $layer"
_HELD: Final = """
select source, target from tie
where layer = $layer and "at" is null and post is null and area is null
  and source between $first and $last and $run
"""
_INSERT: Final = """
insert into {table} by name
select source, target, $layer::tinyint as layer, 1::float as weight,
       $file::integer as file
from pair
"""


@dataclass(frozen=True, slots=True)
class PlainFile:
    """What was read of a file.

    Attributes:
        ids: its accounts.
        pairs: its ties, between numbers of *ids*.
    """

    ids: IdTable
    pairs: EncodedTies


@dataclass(frozen=True, slots=True)
class Places:
    """The accounts of a file, counted in the order of their numbers in the study.

    Attributes:
        accounts: the account at each place, ascending, shape (n,).
        by_account: the place of every account of the study, -1 if not in the file.
        by_number: the place of each number of the file, shape (n,).
        bounds: where the ties of each place begin, and the end, shape (n + 1,).
    """

    accounts: NDArray[np.int32]
    by_account: NDArray[np.int32]
    by_number: NDArray[np.int32]
    bounds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WrittenTies:
    """What became of the ties of a file.

    Attributes:
        accounts: everyone whom the file names, ascending, shape (n,).
        fresh: how many ties the study did not hold before.
        left_out: how many tied an account to itself, which is no tie.
    """

    accounts: NDArray[np.int32]
    fresh: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Writing:
    """Where ties go.

    Attributes:
        connection: the study.
        layer: number of their layer.
        file: number of the file that brings them.
        before: the row id after those of the ties that the study held before.
        heed: to be called between two steps.
    """

    connection: duckdb.DuckDBPyConnection
    layer: int
    file: int
    before: int
    heed: Callable[[], None]


def read_plain(
    ties: IntegerEdgeList, pairs: EncodedTies, tell: Callable[[float], None]
) -> PlainFile | None:
    """Read the file into *pairs*, if it holds plain ties and nothing else.

    Returns:
        What was read; None if the file must be read the long way.
    """
    ids = IdTable()
    blocks = ties.blocks()
    group = list(islice(blocks, _BLOCKS))
    while group:
        # whoever fetches the next blocks may have to inflate them
        steps: list[Callable[[], Any]] = [
            partial(list, islice(blocks, _BLOCKS)),
            *(partial(_look_up, ids, block) for block in group),
        ]
        following, *found = parallel_map(_call, steps)
        for ends in found:
            if ends is None:
                return None
            for numbers, names in ends:
                ids.add(names, numbers)
            pairs.append(ends[0][0], ends[1][0], ids=len(ids.ids))
        tell(_READ * group[-1].share)
        group = following
    return PlainFile(ids, pairs)


def _call(step: Callable[[], Any]) -> Any:
    return step()


def _look_up(
    ids: IdTable, block: EdgeBlock
) -> list[tuple[NDArray[np.int32], NDArray[np.uint64]]] | None:
    """Numbers and ids of the sources, then of the targets."""
    ends = block.read()
    return ends and [(ids.find(names), names) for names in ends]


def write_plain(
    connection: duckdb.DuckDBPyConnection,
    plain: PlainFile,
    layer: str,
    *,
    file: int,
    platform: str,
    heed: Callable[[], None],
    tell: Callable[[float], None],
) -> WrittenTies:
    """Write the ties that the study does not hold yet, sorted."""
    accounts = number_plain_ids(connection, plain.ids, platform=platform, heed=heed)
    plain.ids.forget()
    places = _places(accounts, plain.pairs, number(connection, _ACCOUNTS))
    del accounts  # every account counts where there are millions of them
    code = number(connection, _LAYER, {"layer": layer})
    where = Writing(connection, code, file, after_last(connection, "tie"), heed)
    fresh = left_out = 0
    for first, last in _cuts(places.bounds):
        blocks = plain.pairs.blocks()
        rows = sort_into_rows(
            blocks, places.by_number, places.bounds, (first, last), heed
        )
        fresh += _write_rows(where, rows, places)
        left_out += rows.left_out
        tell(_READ + (1 - _READ) * float(places.bounds[last] / places.bounds[-1]))
    return WrittenTies(places.accounts, fresh, left_out)


def _places(accounts: NDArray[np.int32], pairs: EncodedTies, n_accounts: int) -> Places:
    """Where the ties of each account go, given the account of each number."""
    named = np.zeros(n_accounts, np.bool_)
    named[accounts] = True
    by_account = np.where(named, np.cumsum(named, dtype=np.int32) - 1, -1)
    by_number = by_account[accounts]
    bounds = np.zeros(len(accounts) + 1, np.int64)
    bounds[by_number + 1] = pairs.take_counts(len(accounts))
    return Places(
        np.flatnonzero(named).astype(np.int32),
        by_account,
        by_number,
        np.cumsum(bounds, out=bounds),
    )


def _cuts(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of places with at most ``_AT_ONCE`` ties, or of a single place."""
    first = 0
    while first < len(bounds) - 1:
        room = np.searchsorted(bounds, bounds[first] + _AT_ONCE, side="right") - 1
        last = max(int(room), first + 1)
        yield first, last
        first = last


def _write_rows(where: Writing, rows: TieRows, places: Places) -> int:
    """Write the ties of some sources; how many of them are new."""
    known = _mark_held(where, rows, places)
    fresh = int(rows.kept.sum(dtype=np.int64)) - known
    for table, held, n in (("tie", False, fresh), ("tie_again", True, known)):
        if n:
            ties = rows.ties(places.accounts, held=held, most=min(n, GROUP))
            _insert(where, table, ties, n)
            where.heed()
    return fresh


def _mark_held(where: Writing, rows: TieRows, places: Places) -> int:
    """Mark the ties that the study held before this file; how many those are."""
    sources = places.accounts[rows.first : rows.first + len(rows.kept)]
    asked = {
        "layer": where.layer,
        "first": int(sources[0]),
        "last": int(sources[-1]),
    }
    known = 0
    for held in runs(
        where.connection,
        _HELD,
        asked,
        rows=where.before,
        at_once=_HELD_AT_ONCE,
    ):
        ends = (places.by_account[held[end]] for end in ("source", "target"))
        known += rows.mark(*ends)
        where.heed()
    return known


def _insert(
    where: Writing,
    table: str,
    ties: Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]],
    n: int,
) -> None:
    blocks = ({"source": sources, "target": targets} for sources, targets in ties)
    asked = {"layer": where.layer, "file": where.file}
    with registered(where.connection, "pair", blocks, rows=n):
        execute(where.connection, _INSERT.format(table=table), asked)
