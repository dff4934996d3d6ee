"""Core numbers (k-core decomposition)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph


@register("core_number")
def core_number(graph: Graph) -> Scores:
    """Core number: the largest k for which an account is in the k-core.

    The k-core is what remains when everyone with fewer than k neighbours is
    removed again and again, in the undirected form [1]. It separates the core of
    a community from its fringe, and ties many people: use it as a filter rather
    than a ranking. Weights are not read.

    Returns:
        Whole numbers from 0.

    >>> from hcpgraph.graph import Graph
    >>> core_number(Graph.from_edges([1, 2, 3, 4], [2, 3, 1, 1])).value.tolist()
    [2.0, 2.0, 2.0, 1.0]

    References:
        [1] Batagelj and Zaversnik (2011), "Fast algorithms for determining
            (generalized) core groups in social networks", Advances in Data
            Analysis and Classification 5, 129-145,
            doi:10.1007/s11634-010-0079-y.
    """
    both = graph.undirected()
    degree = np.diff(both.indptr)
    order = np.argsort(degree, kind="stable")
    place = np.empty(graph.n_nodes, np.int64)
    place[order] = np.arange(graph.n_nodes)
    # first place in *order* of the nodes of each degree
    first = np.searchsorted(degree[order], np.arange(graph.n_nodes + 1))
    value = _peel((both.indptr, both.indices), degree, order, place, first)
    return Scores("core_number", graph.ids, value.astype(np.float64))


@compiled
def _peel(
    rows: tuple[NDArray[np.int64], NDArray[np.int32]],
    degree: NDArray[np.int64],
    order: NDArray[np.int64],
    place: NDArray[np.int64],
    first: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Remove nodes by ascending degree; *order* stays sorted as degrees fall."""
    indptr, indices = rows
    for k in range(len(order)):
        node = order[k]
        for edge in range(indptr[node], indptr[node + 1]):
            other = indices[edge]
            if degree[other] > degree[node]:
                # swap with the first of its degree, which then starts one later
                start = first[degree[other]]
                swapped = order[start]
                order[start], order[place[other]] = other, swapped
                place[swapped], place[other] = place[other], start
                first[degree[other]] += 1
                degree[other] -= 1
    return degree
