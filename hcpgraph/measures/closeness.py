"""How near the attention of everyone is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph


@register("harmonic_closeness")
def harmonic_closeness(graph: Graph) -> Scores:
    """How few steps news from an account needs to reach the others.

    The sum over all others of 1 / distance, where distance counts the ties on
    the shortest chain of attention that leads from them to the account; those
    who cannot be reached add nothing, so it serves disconnected networks [1].
    Weights are not read. It walks the graph once per node: n x m steps.

    Returns:
        Scores from 0 to n - 1.

    >>> from hcpgraph.graph import Graph
    >>> harmonic_closeness(Graph.from_edges(["a", "b"], ["b", "c"])).top(2)
    [('c', 1.5), ('b', 1.0)]

    References:
        [1] Boldi and Vigna (2014), "Axioms for centrality", Internet
            Mathematics 10, 222-262, doi:10.1080/15427951.2013.865686.
    """
    incoming = graph.transpose()
    value = _harmonic(incoming.indptr, incoming.indices)
    return Scores("harmonic_closeness", graph.ids, value)


@compiled
def _harmonic(
    indptr: NDArray[np.int64], indices: NDArray[np.int32]
) -> NDArray[np.float64]:
    """From each node breadth first, adding 1 / distance on arrival."""
    n_nodes = len(indptr) - 1
    value = np.zeros(n_nodes)
    distance = np.full(n_nodes, -1, np.int32)
    queue = np.empty(n_nodes, np.int32)
    for start in range(n_nodes):
        queue[0], distance[start] = start, 0
        size, head = 1, 0
        while head < size:
            node = queue[head]
            head += 1
            for k in range(indptr[node], indptr[node + 1]):
                other = indices[k]
                if distance[other] < 0:
                    distance[other] = distance[node] + 1
                    value[start] += 1.0 / distance[other]
                    queue[size] = other
                    size += 1
        for k in range(size):
            distance[queue[k]] = -1
    return value
