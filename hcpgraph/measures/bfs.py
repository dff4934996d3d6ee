"""Breadth-first search from 64 accounts at once: the loops beneath closeness.

A word of 64 bits per account says from which of 64 sources it has been reached, so
that a tie is followed for all of them in one step (Then et al. 2014, "The more the
merrier: efficient multi-source graph traversal", PVLDB 8, 449-460,
doi:10.14778/2735496.2735507).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, ones, parallel_map
from hcpgraph.measures.flow import ties_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.measures.flow import Ties

    Nodes: TypeAlias = NDArray[np.int64]
    # from whom a node was reached before (column 0) and is being reached (1), and
    # from whom it was reached in the step before
    Reached: TypeAlias = tuple[NDArray[np.uint64], NDArray[np.uint64]]
    Sums: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]

WAVE: Final = 64  # sources of one walk
_LANES: Final = 16  # whatever the number of threads, for sums in one order

_ONE = np.uint64(1)


def nearness(graph: Graph, sources: Nodes) -> Sums:
    """The sum of 1 / distance from all *sources*, and of its squares.

    Args:
        graph: ties are followed from source to target.
        sources: positions, each at most once.

    Returns:
        Two numbers per node, shape (n,) each; the source itself and sources from
        which no path leads add nothing.
    """
    ties = ties_of(graph)
    lanes = range(min(_LANES, -(-len(sources) // WAVE)))
    found = parallel_map(lambda lane: _nearness(ties, sources, lane, len(lanes)), lanes)
    total, squares = np.zeros(graph.n_nodes), np.zeros(graph.n_nodes)
    for lane_total, lane_squares in found:
        total += lane_total
        squares += lane_squares
    return total, squares


@compiled
def _nearness(ties: Ties, sources: Nodes, lane: int, n_lanes: int) -> Sums:
    """The waves number lane, lane + n_lanes, lane + 2 n_lanes, ..."""
    n_nodes = len(ties[0]) - 1
    # side by side, as who looks at one needs the other
    reached = np.zeros((n_nodes, 2), np.uint64)
    newly = np.zeros(n_nodes, np.uint64)
    front, touched = np.empty(n_nodes, np.int64), np.empty(n_nodes, np.int64)
    total, squares = np.zeros(n_nodes), np.zeros(n_nodes)
    for first in range(WAVE * lane, len(sources), WAVE * n_lanes):
        reached[:] = 0
        chosen = sources[first : first + WAVE]
        for bit, source in enumerate(chosen):
            newly[source] = reached[source, 0] = _ONE << np.uint64(bit)
            front[bit] = source
        size, distance = len(chosen), 0
        while size > 0:
            distance += 1
            found = _step(ties, (reached, newly), front[:size], touched)
            front, touched, size = touched, front, found
            for node in front[:size]:
                newly[node] = reached[node, 1]
                reached[node, 0] |= reached[node, 1]
                reached[node, 1] = 0
                count = ones(newly[node])
                total[node] += count / distance
                squares[node] += count / distance**2
    return total, squares


@compiled
def _step(ties: Ties, state: Reached, front: Nodes, touched: Nodes) -> int:
    """Follow every tie from the front; how many nodes are newly reached, listed."""
    indptr, other = ties
    reached, newly = state
    found = 0
    for node in front:
        carried = newly[node]
        newly[node] = 0
        for k in range(indptr[node], indptr[node + 1]):
            to = other[k]
            fresh = carried & ~reached[to, 0]
            if fresh:
                if not reached[to, 1]:
                    touched[found] = to
                    found += 1
                reached[to, 1] |= fresh
    return found
