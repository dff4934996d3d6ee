"""Who stands on the shortest ways between others."""

from __future__ import annotations

from math import ceil, log, log2
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph.rows import row_of_each
from hcpgraph.measures.base import register
from hcpgraph.measures.paths import count_sampled
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

_FAILURE = 0.05  # the error bound holds with probability 1 - _FAILURE


@register("betweenness")
def betweenness(graph: Graph, *, error: float | None = None, seed: int = 0) -> Scores:
    """The share of all shortest chains of attention that pass through an account.

    People in between carry news from one group to another. For each ordered pair
    of other accounts, the fraction of their shortest directed paths through this
    one; averaged over all (n - 1)(n - 2) pairs, those without a path included
    [1]. Weights are not read.

    Exact values cost n walks over the whole graph. With *error*, paths between
    random pairs are drawn and counted until every account's share is known: after
    each doubling of the sample the Chernoff bound is checked for all accounts at
    once, so the number of paths adapts to the graph [2].

    Args:
        graph: ties are followed from source to target.
        error: None for exact values; otherwise the largest absolute error, in
            (0, 1), that all scores keep at once with probability 0.95.
        seed: of the sample.

    Returns:
        Scores in [0, 1]; 0 for fewer than three nodes.

    Raises:
        ValueError: if *error* is not in (0, 1).

    >>> from hcpgraph.graph import Graph
    >>> betweenness(Graph.from_edges(["a", "b"], ["b", "c"])).top(1)
    [('b', 0.5)]

    References:
        [1] Brandes (2001), "A faster algorithm for betweenness centrality",
            Journal of Mathematical Sociology 25, 163-177,
            doi:10.1080/0022250X.2001.9990249.
        [2] Borassi and Natale (2019), "KADABRA is an adaptive algorithm for
            betweenness via random approximation", ACM Journal of Experimental
            Algorithmics 24, doi:10.1145/3284359.
    """
    if error is not None and not 0 < error < 1:
        raise ValueError(f"error must lie between 0 and 1, got {error}")
    if graph.n_nodes < 3 or not graph.n_edges:
        value = np.zeros(graph.n_nodes)
    elif error is None:
        value = _exact(graph)
    else:
        value = _sampled(graph, error, seed)
    params = {} if error is None else {"error": error, "seed": seed}
    return Scores("betweenness", graph.ids, value, params)


def _exact(graph: Graph) -> NDArray[np.float64]:
    import igraph as ig  # noqa: PLC0415 - 0.4 s, which other measures need not pay

    ends = np.column_stack([row_of_each(graph.indptr), graph.indices])
    network = ig.Graph(n=graph.n_nodes, edges=ends, directed=True)
    pairs = (graph.n_nodes - 1) * (graph.n_nodes - 2)
    return np.array(network.betweenness(), np.float64) / pairs


def _sampled(graph: Graph, error: float, seed: int) -> NDArray[np.float64]:
    """Shares among sampled pairs, which may also start or end at the account."""
    n = graph.n_nodes
    scale = n / (n - 2)  # from all n (n - 1) pairs to those of others
    target = error / scale
    # Pinsker: this many samples suffice whatever is seen
    checks = max(1, ceil(log2(1 / target)) + 1)
    surprise = log(2 * n * checks / _FAILURE)
    size, done = ceil(surprise / target), 0
    counts = np.zeros(n, np.int64)
    while True:
        counts += count_sampled(graph, seed, done, size)
        done = size
        if done * _divergence(counts / done, target).min() >= surprise:
            return np.minimum(counts / done * scale, 1.0)
        size = 2 * done


def _divergence(share: NDArray[np.float64], error: float) -> NDArray[np.float64]:
    """Kullback-Leibler divergence of *share* from the nearest share *error* off.

    By Chernoff, the true share is more than *error* off with probability at most
    2 exp(-samples x divergence). Infinite where no share is so far off.
    """
    above = _bernoulli_divergence(share, share + error)
    below = _bernoulli_divergence(share, share - error)
    return np.minimum(above, below)


def _bernoulli_divergence(
    p: NDArray[np.float64], q: NDArray[np.float64]
) -> NDArray[np.float64]:
    inside = (q > 0) & (q < 1)
    q = np.where(inside, q, 0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = np.where(p > 0, p * np.log(p / q), 0.0)
        no = np.where(p < 1, (1 - p) * np.log((1 - p) / (1 - q)), 0.0)
    return np.where(inside, yes + no, np.inf)
