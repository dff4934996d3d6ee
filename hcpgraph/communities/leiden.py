"""Communities as groups that attend to each other more than chance has it."""

from __future__ import annotations

import random
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph.partition import connected_labels, make_partition
from hcpgraph.graph.rows import row_of_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition


def leiden(graph: Graph, *, resolution: float = 1.0, seed: int = 0) -> Partition:
    """Communities of accounts that pay attention to each other.

    Maximises modularity on the undirected form, weights included, by the Leiden
    algorithm [1], repeated until a pass changes nothing. Accounts without ties
    are communities of their own.

    Args:
        graph: read in its undirected form.
        resolution: above 0; more gives smaller communities.
        seed: of the random order in which nodes move. Other seeds give other,
            about equally good partitions.

    Returns:
        A partition whose communities are each connected. The same graph and seed
        give the same labels.

    Raises:
        ValueError: if *resolution* is not positive and finite.

    >>> from hcpgraph.graph import Graph
    >>> two = Graph.from_edges([1, 2, 3, 4, 5, 6, 1], [2, 3, 1, 5, 6, 4, 4])
    >>> leiden(two).label.tolist()
    [0, 0, 0, 1, 1, 1]

    References:
        [1] Traag, Waltman and van Eck (2019), "From Louvain to Leiden:
            guaranteeing well-connected communities", Scientific Reports 9, 5233,
            doi:10.1038/s41598-019-41695-z.
    """
    if not (isfinite(resolution) and resolution > 0):
        raise ValueError(f"resolution must be above 0 and finite, got {resolution}")
    label = _connected(graph, _optimise(graph, resolution, seed))
    params = {"resolution": resolution, "seed": seed}
    return make_partition("leiden", graph, label, params)


def _optimise(graph: Graph, resolution: float, seed: int) -> NDArray[np.int32]:
    """Labels from igraph, shape (n,)."""
    import igraph as ig  # noqa: PLC0415 - 0.4 s, which other measures need not pay

    both = graph.undirected()
    if not both.n_edges:
        return np.arange(both.n_nodes, dtype=np.int32)
    source = row_of_each(both.indptr)
    once = source < both.indices
    ends = np.column_stack([source[once], both.indices[once]])
    weight = None if both.weight is None else both.weight[once].tolist()
    network = ig.Graph(n=both.n_nodes, edges=ends)
    ig.set_random_number_generator(random.Random(seed))
    try:
        found = network.community_leiden(
            "modularity", weights=weight, resolution=resolution, n_iterations=-1
        )
    finally:
        ig.set_random_number_generator(random)  # igraph's own default
    return np.array(found.membership, np.int32)


def _connected(graph: Graph, label: NDArray[np.int32]) -> NDArray[np.int32]:
    """Split what ties within a community do not hold together."""
    source = row_of_each(graph.indptr)
    inner = label[source] == label[graph.indices]
    return connected_labels(graph.n_nodes, source[inner], graph.indices[inner])
