"""Quality of partitions: modularity, conductance, adjusted Rand index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph import partition as labels
from hcpgraph.graph.rows import row_of_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition


def modularity(
    graph: Graph, partition: Partition, *, resolution: float = 1.0
) -> float | None:
    """Modularity: the share of internal tie weight beyond that expected at random.

    Args:
        graph: read in its undirected form, weights included.
        partition: communities of the same nodes.
        resolution: weight of the null-model term.

    Returns:
        At most 1; None where there is no tie.

    Raises:
        ValueError: if *partition* is of other nodes.

    >>> from hcpgraph.communities import components
    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges([1, 3], [2, 4])
    >>> modularity(g, components(g))
    0.5
    """
    _check_same_nodes(graph, partition)
    return labels.modularity(graph, partition.label, resolution=resolution)


def conductance(graph: Graph, partition: Partition) -> NDArray[np.float64]:
    """Conductance: how much of each community's attention crosses its border.

    The weight of ties that leave a community, over the total degree of the
    community or of the rest, whichever is smaller, in the undirected form [1].

    Args:
        graph: read in its undirected form, weights included.
        partition: communities of the same nodes.

    Returns:
        In the order of communities, shape (n_communities,), in [0, 1]; low is
        well separated, 0 for a community that no tie leaves.

    Raises:
        ValueError: if *partition* is of other nodes.

    >>> from hcpgraph.communities import label_propagation
    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges([1, 2, 3, 4, 5, 6, 3], [2, 3, 1, 5, 6, 4, 4])
    >>> conductance(g, label_propagation(g)).round(3).tolist()
    [0.143, 0.143]

    References:
        [1] Yang and Leskovec (2015), "Defining and evaluating network communities
            based on ground-truth", Knowledge and Information Systems 42, 181-213,
            doi:10.1007/s10115-013-0693-z.
    """
    _check_same_nodes(graph, partition)
    both = graph.undirected()
    source = partition.label[row_of_each(both.indptr)]
    weight = np.ones(both.n_edges) if both.weight is None else both.weight
    size = partition.n_communities
    degree = np.bincount(source, weight, minlength=size)
    leaves = source != partition.label[both.indices]
    cut = np.bincount(source[leaves], weight[leaves], minlength=size)
    smaller = np.minimum(degree, degree.sum() - degree)
    share = np.zeros(size)
    crossed = cut > 0  # where nothing leaves, either side may be empty
    share[crossed] = cut[crossed] / smaller[crossed]
    return share


def agreement(partition: Partition, other: Partition) -> float:
    """Adjusted Rand index: how alike two partitions of the same accounts are.

    The share of pairs of accounts on which both agree, corrected for chance [1].

    Returns:
        1 for the same communities, about 0 for unrelated ones.

    Raises:
        ValueError: if they are of different nodes.

    >>> from hcpgraph.communities import leiden
    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges([1, 2, 3, 4, 5, 6, 3], [2, 3, 1, 5, 6, 4, 4])
    >>> agreement(leiden(g, seed=0), leiden(g, seed=1))
    1.0

    References:
        [1] Hubert and Arabie (1985), "Comparing partitions", Journal of
            Classification 2, 193-218, doi:10.1007/BF01908075.
    """
    if not np.array_equal(partition.ids, other.ids):
        raise ValueError("the partitions are of different nodes")
    cell = partition.label.astype(np.int64) * other.n_communities + other.label
    together = _pairs(np.unique(cell, return_counts=True)[1])
    in_one, in_other = _pairs(partition.sizes()), _pairs(other.sizes())
    every = _pairs(np.array([len(partition)]))
    expected = in_one * in_other / every if every else 0.0
    most = (in_one + in_other) / 2
    if most == expected:  # both put everyone together, or everyone apart
        return 1.0
    return (together - expected) / (most - expected)


def _pairs(sizes: NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def _check_same_nodes(graph: Graph, partition: Partition) -> None:
    if not np.array_equal(graph.ids, partition.ids):
        raise ValueError("the partition is of other nodes than the graph")
