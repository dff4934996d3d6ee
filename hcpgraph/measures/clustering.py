"""How closely an account's own neighbours know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph


@register("clustering")
def clustering(graph: Graph) -> Scores:
    """The share of possible ties among an account's neighbours that exist.

    High where everyone around a person already attends to everyone else. The
    definition is that of LDBC Graphalytics [1]: neighbours are those joined by a
    tie in either direction, ties among them count by direction, out of
    d (d - 1) for d neighbours. Where all ties are mutual this is the usual local
    clustering coefficient. Weights are not read.

    Returns:
        Scores in [0, 1]; 0 for fewer than two neighbours.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges(["a", "b", "a", "a"], ["b", "c", "c", "d"])
    >>> clustering(g).value.round(3).tolist()
    [0.167, 0.5, 0.5, 0.0]

    References:
        [1] Iosup et al. (2020), "The LDBC Graphalytics benchmark",
            arXiv:2011.15028.
    """
    both = graph.undirected()
    inner = _ties_among(both.indptr, both.indices, graph.indptr, graph.indices)
    degree = np.diff(both.indptr).astype(np.float64)
    possible = np.maximum(degree * (degree - 1), 1.0)
    return Scores("clustering", graph.ids, inner / possible)


@compiled
def _ties_among(
    near_ptr: NDArray[np.int64],
    near: NDArray[np.int32],
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Directed ties among the neighbours of each node."""
    n_nodes = len(indptr) - 1
    found = np.zeros(n_nodes, np.int64)
    marked = np.full(n_nodes, -1, np.int32)
    for node in range(n_nodes):
        for k in range(near_ptr[node], near_ptr[node + 1]):
            marked[near[k]] = node
        for k in range(near_ptr[node], near_ptr[node + 1]):
            other = near[k]
            for edge in range(indptr[other], indptr[other + 1]):
                found[node] += marked[indices[edge]] == node
    return found
