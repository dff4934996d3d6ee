"""Ties as a stream of sources and targets, batch by batch, never all in memory.

Columns that say the same of every tie are not read: an import of follows alone has
one layer and one weight, and the statistics that DuckDB keeps tell so at once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.store.faults import worded
from hcpgraph.store.queries.leaving_out import leave_out, left_out
from hcpgraph.store.sql import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import duckdb
    from numpy.typing import NDArray

    from hcpgraph.store.queries.reading import Scope

    Ends: TypeAlias = NDArray[np.int32]
    Worth: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

Batch = TypeVar("Batch")

_BATCH: Final = 1 << 20  # ties; larger batches are no quicker
# A scan keeps what it read for the next scan, up to most of the machine's memory.
_KEPT: Final = "1GB"
# DuckDB answers this from its statistics, whatever the number of ties.
_EXTREMES: Final = """
select min(layer), max(layer), min(weight), max(weight), max(source), max(target)
from tie
"""


@dataclass(frozen=True, slots=True, eq=False)
class StoredTies:
    """The ties of a study outside of any area, as often as one asks for them.

    Iterating gives (source, target, worth): account numbers, int32, and what each
    tie is worth, its weight x its layer's, float32 or float64, positive; or None, in
    all batches alike, where each tie is worth 1. Ties come in any order, the same
    pair perhaps several times.

    Attributes:
        n_accounts: account numbers lie in [0, n_accounts).
    """

    n_accounts: int
    _connection: duckdb.DuckDBPyConnection
    _path: Path
    _query: str
    _of_layer: NDArray[np.float64] | None
    _left_out: tuple[int, ...] = ()
    _batch: int = _BATCH

    def __iter__(self) -> Iterator[tuple[Ends, Ends, Worth | None]]:
        # a cursor of its own, so that other questions may be asked meanwhile
        with worded(self._path), self._connection.cursor() as cursor:
            cursor.execute(f"set memory_limit = '{_KEPT}'")
            leave_out(cursor, self._left_out)  # which is of one connection alone
            try:
                batches = cursor.execute(self._query).to_arrow_reader(self._batch)
                for batch in _one_ahead(batches):
                    # Arrow's own way to numpy would import pandas first
                    part: list[NDArray[Any]] = [
                        np.from_dlpack(column) for column in batch.columns
                    ]
                    yield part[0], part[1], self._worth(part[2:])
            finally:
                cursor.execute("reset memory_limit")

    def _worth(self, columns: list[NDArray[Any]]) -> Worth | None:
        """Weights as they are, or times that of the layers, if these are read."""
        if not columns:
            return None
        weight: NDArray[np.float32] = columns[0]
        if self._of_layer is None:
            return weight
        worth: NDArray[np.float64] = weight * self._of_layer[columns[1]]
        worth.setflags(write=False)  # as arrays from the database are
        return worth


def _one_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, each read while the one before it is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def stream_ties(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    scope: Scope,
    weights: Mapping[str, float],
    *,
    batch: int = _BATCH,
) -> StoredTies:
    """The ties in *scope*, which names no area.

    Args:
        connection: open for reading.
        path: of the study, for what may go wrong.
        scope: which ties; the layers must have weights.
        weights: layer -> positive weight.
        batch: ties read at a time, at least 1.

    Raises:
        ValueError: if *scope* names areas.
    """
    if scope.areas:
        raise ValueError("ties of areas are not streamed: read_ties gives them")
    with worded(path):
        extremes = connection.execute(_EXTREMES).fetchall()[0]
        gone = tuple(left_out(connection))
    first, last, least, most, *ends = extremes
    occurring = range(0) if first is None else range(first, last + 1)
    wanted = {LAYERS.index(name): weights[name] for name in scope.layers}
    where = ["true"]
    if not wanted.keys() >= set(occurring):
        where.append(f"layer in ({', '.join(map(str, sorted(wanted))) or 'null'})")
    for bound, time in ((">=", scope.since), ("<", scope.until)):
        if time is not None:
            # a tie without a time is in every period
            where.append(f'("at" is null or "at" {bound} {literal(time)})')
    of_layer = _of_layer({code: wanted[code] for code in occurring if code in wanted})
    columns = "source, target"
    if of_layer is not None:
        columns += ", weight, layer"
    elif (least, most) != (1.0, 1.0):
        columns += ", weight"
    query = f"select {columns} from tie where {' and '.join(where)}"
    highest = max((end for end in ends if end is not None), default=-1)
    return StoredTies(highest + 1, connection, path, query, of_layer, gone, batch)


def _of_layer(weight: Mapping[int, float]) -> NDArray[np.float64] | None:
    """The weight of each layer by its code; None if all weigh 1."""
    if all(value == 1 for value in weight.values()):
        return None
    of_layer = np.zeros(len(LAYERS))
    for code, value in weight.items():
        of_layer[code] = value
    return of_layer
