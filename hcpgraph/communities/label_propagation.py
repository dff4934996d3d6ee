"""Label propagation: each node takes the most frequent label of its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.graph.partition import make_partition

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition

    Rows = tuple[NDArray[np.int64], NDArray[np.int32]]


def label_propagation(graph: Graph, *, rounds: int = 10) -> Partition:
    """Label propagation: communities in a few cheap rounds, the same every time.

    Everyone starts in a community of their own, named by their id. In each round
    all change at once to the name most frequent among their neighbours, the
    smallest of equally frequent ones. In-neighbours and out-neighbours both
    count, so a mutual neighbour counts twice. This is CDLP of LDBC Graphalytics
    [1, 2]. Weights are not read; communities need not be connected.

    Args:
        graph: ties are read in both directions.
        rounds: at least 0; it ends sooner when nobody changes.

    Returns:
        A partition; accounts without ties are communities of their own.

    Raises:
        ValueError: if *rounds* is negative.

    >>> from hcpgraph.graph import Graph
    >>> two = Graph.from_edges([1, 2, 3, 4, 5, 6, 3], [2, 3, 1, 5, 6, 4, 4])
    >>> label_propagation(two).n_communities
    2

    References:
        [1] Raghavan, Albert and Kumara (2007), "Near linear time algorithm to
            detect community structures in large-scale networks", Physical Review
            E 76, 036106, doi:10.1103/PhysRevE.76.036106.
        [2] Iosup et al. (2020), "The LDBC Graphalytics benchmark",
            arXiv:2011.15028.
    """
    if rounds < 0:
        raise ValueError(f"rounds must be at least 0, got {rounds}")
    back = graph.transpose()
    label = np.arange(graph.n_nodes, dtype=np.int32)
    for _ in range(rounds):
        following = _round(
            (graph.indptr, graph.indices), (back.indptr, back.indices), label
        )
        settled = np.array_equal(following, label)
        label = following
        if settled:
            break
    return make_partition("label_propagation", graph, label, {"rounds": rounds})


@compiled
def _round(ahead: Rows, back: Rows, label: NDArray[np.int32]) -> NDArray[np.int32]:
    following = label.copy()
    votes = np.zeros(len(label), np.int64)
    for node in range(len(label)):
        most = 0
        for indptr, indices in (ahead, back):
            for k in range(indptr[node], indptr[node + 1]):
                name = label[indices[k]]
                votes[name] += 1
                ahead_by_name = votes[name] == most and name < following[node]
                if votes[name] > most or ahead_by_name:
                    most = votes[name]
                    following[node] = name
        for indptr, indices in (ahead, back):
            for k in range(indptr[node], indptr[node + 1]):
                votes[label[indices[k]]] = 0
    return following
