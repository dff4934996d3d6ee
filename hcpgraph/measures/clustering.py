"""Local clustering coefficient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, even_chunks, parallel_map
from hcpgraph.graph.rows import row_of_each, symmetrised
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

    # row bounds, neighbours ascending, and how many ties there are with each
    Neighbours: TypeAlias = tuple[
        NDArray[np.int64], NDArray[np.uint32], NDArray[np.int8]
    ]

_PARTS: Final = 16  # whatever the number of threads; each holds two numbers per node


@register("clustering")
def clustering(graph: Graph) -> Scores:
    """Clustering coefficient: the share of possible ties among neighbours that exist.

    High where the neighbours of a person are tied to each other. The
    definition is that of LDBC Graphalytics [1]: neighbours are joined by a
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
    bounds, near, times = _mutual(graph)
    degree = np.diff(bounds)
    upward = _upward(bounds, near, times, degree)
    inner = np.zeros(graph.n_nodes, np.int64)
    for found in parallel_map(
        lambda part: _ties_among(upward, part), even_chunks(upward[0], _PARTS)
    ):
        inner += found
    possible = np.maximum(degree.astype(np.float64) * (degree - 1), 1.0)
    return Scores("clustering", graph.ids, inner / possible)


def _mutual(graph: Graph) -> Neighbours:
    """Neighbours in both directions, and by how many ties, one or two."""
    back, ones = graph.transpose(), np.ones(graph.n_edges, np.float32)
    bounds, near, times = symmetrised(
        (graph.indptr, graph.indices, ones), (back.indptr, back.indices, ones)
    )
    return bounds, near.view(np.uint32), np.asarray(times, np.int8)


def _upward(
    bounds: NDArray[np.int64],
    near: NDArray[np.uint32],
    times: NDArray[np.int8],
    degree: NDArray[np.int64],
) -> Neighbours:
    """Of each two neighbours, the one with more of them in the other's row.

    So nobody's row is long, and no triangle is met twice: the cost falls from the
    sum of squared degrees to at most m^1.5 steps (Latapy 2008, "Main-memory triangle
    computations for very large (sparse (power-law)) graphs", Theoretical Computer
    Science 407, 458-473, doi:10.1016/j.tcs.2008.07.017).
    """
    row = row_of_each(bounds)
    own, other = degree[row], degree[near]
    kept = (own < other) | ((own == other) & (row < near))
    size = np.bincount(row[kept], minlength=len(degree))
    return np.concatenate([[0], np.cumsum(size)]), near[kept], times[kept]


@compiled
def _ties_among(upward: Neighbours, part: tuple[int, int]) -> NDArray[np.int64]:
    """Ties that close a triangle whose lowest corner is in the part, by node.

    Each corner of a triangle is given the ties between the two others.
    """
    bounds, near, times = upward
    found = np.zeros(len(bounds) - 1, np.int64)
    marked = np.zeros(len(bounds) - 1, np.int8)  # ties with the lowest corner
    for low in range(part[0], part[1]):
        for k in range(bounds[low], bounds[low + 1]):
            marked[near[k]] = times[k]
        for k in range(bounds[low], bounds[low + 1]):
            middle = near[k]
            for j in range(bounds[middle], bounds[middle + 1]):
                high = near[j]
                if marked[high]:
                    found[low] += times[j]
                    found[middle] += marked[high]
                    found[high] += times[k]
        for k in range(bounds[low], bounds[low + 1]):
            marked[near[k]] = 0
    return found
