"""Partitions: ordered labels, modularity, connected components."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.graph.rows import alike, column_totals, row_of_each, weigh
from hcpgraph.model.scores import Partition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.graph.csr import Graph


def make_partition(
    method: str,
    graph: Graph,
    label: NDArray[np.integer],
    params: Mapping[str, float | str | None],
) -> Partition:
    """Name communities by size and attach the modularity.

    Args:
        method: registered name of what found the labels.
        graph: what was partitioned.
        label: one label per node, shape (n,), any integers.
        params: the parameters used.
    """
    ordered = ordered_labels(label)
    quality = modularity(graph, ordered)
    return Partition(method, graph.ids, ordered, quality, params)


def ordered_labels(label: NDArray[np.integer]) -> NDArray[np.int32]:
    """The same classes numbered from 0: largest first, then by lowest position.

    >>> ordered_labels(np.array([7, 3, 3, 9])).tolist()
    [1, 0, 0, 2]
    """
    _, first, dense, size = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(size), np.int32)
    rank[np.lexsort((first, -size))] = np.arange(len(size), dtype=np.int32)
    return rank[dense]


def modularity(
    graph: Graph, label: NDArray[np.integer], *, resolution: float = 1.0
) -> float | None:
    """Modularity: the share of internal tie weight beyond that expected at random.

    On the undirected form with m the total weight of ties,
    Q = sum over communities of (inner / m - resolution x (degree / 2m)^2) [1].

    Args:
        graph: read in its undirected form.
        label: community of each node, shape (n,), from 0.
        resolution: weight of the null-model term; more favours smaller communities.

    Returns:
        Q, at most 1; None where there is no tie.

    References:
        [1] Newman and Girvan (2004), "Finding and evaluating community structure
            in networks", Physical Review E 69, 026113,
            doi:10.1103/PhysRevE.69.026113.
    """
    if not graph.n_edges:
        return None
    degree, within = _weigh_both_ways(graph, label)
    total = float(degree.sum())
    return within / total - resolution * float(np.sum((degree / total) ** 2))


def _weigh_both_ways(
    graph: Graph, label: NDArray[np.integer]
) -> tuple[NDArray[np.float64], float]:
    """Degrees of each label added up, and twice the weight within labels."""
    if graph.weight is not None and alike(graph.weight):
        # the unit does not matter, and the undirected form need not be built
        given, within = weigh(graph.indptr, graph.indices, None, label)
        received = column_totals(graph.indices, None, graph.n_nodes)
        return given + np.bincount(label, received, len(given)), 2 * within
    both = graph.undirected()
    return weigh(both.indptr, both.indices, both.weight, label)


def components(graph: Graph) -> Partition:
    """Parts of the network between which no attention passes, in either direction.

    Returns:
        The weakly connected components as a partition; the largest is 0.

    >>> from hcpgraph.graph import Graph
    >>> components(Graph.from_edges([1, 5, 5], [2, 4, 3])).label.tolist()
    [1, 1, 0, 0, 0]
    """
    label = connected_labels(graph.n_nodes, row_of_each(graph.indptr), graph.indices)
    return make_partition("components", graph, label, {})


def connected_labels(
    n_nodes: int, source: NDArray[np.int32], target: NDArray[np.int32]
) -> NDArray[np.int32]:
    """A label per node, equal for nodes that ties connect, shape (n_nodes,).

    Labels count from 0 in the order of the first node of each part.
    """
    first = _firsts(n_nodes, source, target)
    is_first = first == np.arange(n_nodes, dtype=np.int32)
    return (np.cumsum(is_first, dtype=np.int32) - 1)[first]


@compiled
def _firsts(
    n_nodes: int, source: NDArray[np.int32], target: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The first node of the part that each node is in, shape (n_nodes,).

    Every node points at an earlier one of its part or at itself; a tie lets the
    first of one part point at the first of the other [1].

    References:
        [1] Tarjan and van Leeuwen (1984), "Worst-case analysis of set union
            algorithms", Journal of the ACM 31, 245-281, doi:10.1145/62.2160.
    """
    ahead = np.arange(n_nodes).astype(np.int32)
    for tie in range(len(source)):
        one, other = source[tie], target[tie]
        while ahead[one] != one:
            ahead[one] = ahead[ahead[one]]  # shorter for whoever comes by next
            one = ahead[one]
        while ahead[other] != other:
            ahead[other] = ahead[ahead[other]]
            other = ahead[other]
        ahead[max(one, other)] = min(one, other)
    for node in range(n_nodes):
        ahead[node] = ahead[ahead[node]]  # the one ahead is done already
    return ahead
