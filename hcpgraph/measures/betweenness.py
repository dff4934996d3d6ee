"""Shortest-path betweenness, exact and approximate."""

from __future__ import annotations

from math import ceil, exp, log
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph.rows import row_of_each
from hcpgraph.measures.base import register
from hcpgraph.measures.paths import count_sampled
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

_FAILURE: Final = 0.05  # the error bound holds with probability 1 - _FAILURE
_LOOKS: Final = 16  # at a growing sample, to see whether the bound is met


@register("betweenness")
def betweenness(
    graph: Graph, *, error: float | None = None, seed: int = 0, directed: bool = True
) -> Scores:
    """Betweenness: the share of shortest paths between others through an account.

    People in between carry news from one group to another. For each ordered pair
    of other accounts, the fraction of their shortest directed paths through this
    one; averaged over all (n - 1)(n - 2) pairs, those without a path included
    [1]. Weights are not read.

    Exact values cost n walks over the whole graph. With *error*, paths between
    random pairs are drawn and counted until every account's share is known: a
    pilot says whose share varies most, those may be wrong with more of the
    probability that is allowed, and Chernoff's bound is checked for all accounts at
    once as the sample grows, so the number of paths adapts to the graph [2].

    Args:
        graph: ties are followed from source to target.
        error: None for exact values; otherwise the largest absolute error, in
            (0, 1), that all scores keep at once with probability 0.95.
        seed: of the sample.
        directed: follow ties from source to target; if false, either way.

    Returns:
        Scores in [0, 1], the same to the last bit on however many cores; 0 for
        fewer than three nodes. With *error*, ``params["paths"]`` says how many
        paths were drawn.

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
    params: dict[str, float | str | None] = {} if directed else {"directed": False}
    if error is not None:
        params |= {"error": error, "seed": seed, "paths": 0}
    if graph.n_nodes < 3 or not graph.n_edges:
        value = np.zeros(graph.n_nodes)
    elif error is None:
        value = _exact(graph, directed)
    else:
        value, params["paths"] = _sampled(graph, error, seed, directed)
    return Scores("betweenness", graph.ids, value, params)


def _exact(graph: Graph, directed: bool) -> NDArray[np.float64]:
    import igraph as ig  # noqa: PLC0415 - 0.4 s, which other measures need not pay

    ends = np.column_stack([row_of_each(graph.indptr), graph.indices])
    network = ig.Graph(n=graph.n_nodes, edges=ends, directed=True)
    if not directed:
        network = network.as_undirected()  # each pair joined once
    pairs = (graph.n_nodes - 1) * (graph.n_nodes - 2)
    counted = 1 if directed else 2  # igraph counts unordered pairs there
    return np.array(network.betweenness(), np.float64) * counted / pairs


def _sampled(
    graph: Graph, error: float, seed: int, directed: bool
) -> tuple[NDArray[np.float64], int]:
    """Shares among sampled pairs, and how many pairs were sampled.

    A pair may also start or end at the account, so the share is scaled from all
    n (n - 1) pairs to those of others.
    """
    n = graph.n_nodes
    walked = graph if directed else graph.undirected()
    scale = n / (n - 2)
    target = error / scale
    pilot = ceil(log(2 * n / _FAILURE) / target)
    seen = count_sampled(walked, seed, 0, pilot, directed=directed)
    sizes, surprise = _schedule(seen, pilot, target)
    counts, done = np.zeros(n, np.int64), 0
    for size in sizes:
        # the pilot is not counted: what it decided must not be part of the proof
        counts += count_sampled(
            walked, seed, pilot + done, pilot + size, directed=directed
        )
        done = size
        if (done * _divergence(counts / done, target) >= surprise).all():
            break
    return np.minimum(counts / done * scale, 1.0), done


def _schedule(
    seen: NDArray[np.int64], pilot: int, target: float
) -> tuple[list[int], NDArray[np.float64]]:
    """When to look at the sample, and how sure to be of each account by then.

    Each account may be wrong with some probability, on each side and at each look;
    by the union bound the sum of all must not pass ``_FAILURE``. Half of it is shared
    out equally. The other half goes where the pilot says that it saves samples:
    exp(-first x divergence) each, so that all are expected to be known at one time,
    the *first* look. At the last look all are known whatever is seen (Pinsker).
    """
    allowed = _FAILURE / 2 / (2 * _LOOKS)
    kinds, kind, times = np.unique(seen, return_inverse=True, return_counts=True)
    # where no share is so far off the divergence is infinite; 1 is on the safe side
    away = np.minimum(_divergence(kinds / pilot, target), 1.0)
    certain = log(len(seen) / allowed)
    low, high = 0.0, certain / float(away.min())
    for _ in range(50):
        middle = (low + high) / 2
        if float((times * np.exp(-middle * away)).sum()) > allowed:
            low = middle
        else:
            high = middle
    surprise = -np.log(np.exp(-high * away) + exp(-certain))
    looks = np.geomspace(high, certain / (2 * target**2), _LOOKS)
    return np.ceil(looks).astype(np.int64).tolist(), surprise[kind]


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
