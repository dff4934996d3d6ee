"""Participation coefficient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph.rows import row_of_each
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition


def participation(graph: Graph, partition: Partition) -> Scores:
    """Participation coefficient: how evenly ties are spread over communities.

    Brokers between communities score high, locals low. With k_ic the weight of
    i's ties with community c and k_i their total, in the undirected form,
    P_i = 1 - sum over c of (k_ic / k_i)^2 [1].

    Args:
        graph: read in its undirected form, weights included.
        partition: communities of the same nodes.

    Returns:
        Scores from 0 (all ties with one community, or no tie) to below 1.

    Raises:
        ValueError: if *partition* is of other nodes.

    >>> from hcpgraph.communities import leiden
    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges([1, 2, 3, 4, 5, 6, 1], [2, 3, 1, 5, 6, 4, 4])
    >>> participation(g, leiden(g)).value.round(2).tolist()
    [0.44, 0.0, 0.0, 0.44, 0.0, 0.0]

    References:
        [1] Guimera and Amaral (2005), "Functional cartography of complex
            metabolic networks", Nature 433, 895-900, doi:10.1038/nature03288.
    """
    from scipy import sparse  # noqa: PLC0415 - 0.2 s, which other measures need not pay

    if not np.array_equal(graph.ids, partition.ids):
        raise ValueError("the partition is of other nodes than the graph")
    both = graph.undirected()
    weight = np.ones(both.n_edges) if both.weight is None else both.weight
    row = row_of_each(both.indptr)
    shape = (graph.n_nodes, max(partition.n_communities, 1))
    entries = (weight.astype(np.float64), (row, partition.label[both.indices]))
    spread = sparse.coo_array(entries, shape=shape).tocsr()
    total = np.asarray(spread.sum(axis=1))
    squares = np.asarray((spread**2).sum(axis=1))
    met = total > 0
    value = np.zeros(graph.n_nodes)
    # a sum of rounded squares may pass 1 by the last bit
    value[met] = np.maximum(1 - squares[met] / total[met] ** 2, 0.0)
    params = {"partition": partition.method}
    return Scores("participation", graph.ids, value, params)
