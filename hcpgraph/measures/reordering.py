"""Where the shares of accounts lie in memory: those that are read most, together.

A tie reads the share of the account that it comes from, here and there among all. A
few accounts give most ties: where shares fill more than a processor's own memory, it
pays to keep those few side by side, in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, parallel_map
from hcpgraph.graph.rows import in_chunks
from hcpgraph.measures.flow import ties_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Incoming
    from hcpgraph.measures.flow import Ties

    Places: TypeAlias = NDArray[np.uint32]

# Accounts. Half a million are read as quickly in any order; at 38 million, a tie takes
# 6.4 ns of a core instead of 10.
_MANY: Final = 1 << 22


class Reordering(NamedTuple):
    """How shares are read.

    Attributes:
        ties: row bounds, and the place that each tie reads.
        place: where each account's share lies, shape (n,), each place once; None
            where it lies at the account's own position.
    """

    ties: Ties
    place: Places | None


def reordering_of(rows: Incoming) -> Reordering:
    """Ties by target, as a walk reads them; of many accounts a copy, 4 bytes a tie.

    >>> from hcpgraph.graph import Graph
    >>> rows = Graph.from_edges([1, 2], [2, 3]).incoming()
    >>> reordering_of(rows).ties[1].tolist(), reordering_of(rows).place
    ([0, 1], None)
    """
    ties = ties_of(rows)
    if rows.n_nodes < _MANY:
        return Reordering(ties, None)
    indptr, reader = ties
    place = _most_read_first(rows.given)
    places = np.empty_like(reader)
    parallel_map(lambda part: _look_up(ties, place, places, part), in_chunks(indptr))
    return Reordering((indptr, places), place)


def _most_read_first(given: NDArray[np.float64]) -> Places:
    """The place of each account, grouped by out-degree from 2**k to 2**(k + 1)."""
    # short integers are sorted by counting, 38 million in less than a second
    size = np.frexp(given)[1].astype(np.int16)
    place = np.empty(len(given), np.uint32)
    place[np.argsort(-size, kind="stable")] = np.arange(len(given), dtype=np.uint32)
    return place


def publish(
    ordering: Reordering,
    sending: NDArray[np.float64],
    sent: NDArray[np.float64],
    parts: list[tuple[int, int]],
) -> None:
    """Put what accounts of *parts* send, by position, where it is read."""
    if ordering.place is None:
        done = slice(parts[0][0], parts[-1][1])
        sent[done] = sending[done]
        return
    place = ordering.place
    parallel_map(lambda part: _put(place, sending, sent, part), parts)


@compiled
def _look_up(ties: Ties, place: Places, places: Places, part: tuple[int, int]) -> None:
    indptr, reader = ties
    for k in range(indptr[part[0]], indptr[part[1]]):
        places[k] = place[reader[k]]


@compiled
def _put(
    place: Places,
    sending: NDArray[np.float64],
    sent: NDArray[np.float64],
    part: tuple[int, int],
) -> None:
    for row in range(part[0], part[1]):
        sent[place[row]] = sending[row]
