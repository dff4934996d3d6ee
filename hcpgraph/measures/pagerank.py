"""Influence that depends on who pays attention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from hcpgraph.errors import NotConverged
from hcpgraph.measures.base import register
from hcpgraph.measures.flow import gather, row_sums
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from hcpgraph.graph import Graph


@register("pagerank")
def pagerank(
    graph: Graph, *, damping: float = 0.85, tol: float = 1e-10, max_iter: int = 1000
) -> Scores:
    """Share of time a random reader spends on each account.

    The reader follows an outgoing tie with probability *damping*, in proportion
    to its weight, and otherwise restarts anywhere. Someone without outgoing ties
    sends the reader anywhere [1].

    Args:
        graph: ties point from reader to author.
        damping: probability to follow a tie, in [0, 1).
        tol: stop when the L1 change between two iterations falls below it.
        max_iter: give up after this many iterations.

    Returns:
        Scores that sum to one, or are empty for an empty graph.

    Raises:
        NotConverged: if *max_iter* is reached first.

    >>> from hcpgraph.graph import Graph
    >>> scores = pagerank(Graph.from_edges(["a", "b", "c"], ["c", "c", "a"]))
    >>> [(name, round(share, 3)) for name, share in scores.top(2)]
    [('c', 0.486), ('a', 0.464)]

    References:
        [1] Page, Brin, Motwani and Winograd (1999), "The PageRank citation
            ranking", Stanford InfoLab 1999-66, section 2.
    """
    n = graph.n_nodes
    restart = np.full(n, 1 / n) if n else np.empty(0)
    value = _walk(graph, restart, damping=damping, tol=tol, max_iter=max_iter)
    return Scores("pagerank", graph.ids, value, {"damping": damping, "tol": tol})


def personalized_pagerank(
    graph: Graph,
    restart: ArrayLike | Mapping[Any, float],
    *,
    damping: float = 0.85,
    tol: float = 1e-10,
    max_iter: int = 1000,
) -> Scores:
    """Share of time a reader spends on each account who keeps returning to some.

    As ``pagerank``, but the reader restarts, and leaves accounts without outgoing
    ties, in proportion to *restart* [1]. It measures influence as seen from there.

    Args:
        graph: ties point from reader to author.
        restart: mass of each node, finite, at least 0, not all 0: an array in
            the order of ``graph.ids``, shape (n,), or a mapping id -> mass in
            which absent ids have none.
        damping: probability to follow a tie, in [0, 1).
        tol: stop when the L1 change between two iterations falls below it.
        max_iter: give up after this many iterations.

    Returns:
        Scores that sum to one, or are empty for an empty graph.

    Raises:
        NotConverged: if *max_iter* is reached first.
        ValueError: if *restart* does not fit the graph.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges(["a", "b", "d"], ["b", "c", "a"])
    >>> personalized_pagerank(g, {"b": 1.0}).top(2)[0][0]
    'b'

    References:
        [1] Haveliwala (2002), "Topic-sensitive PageRank", WWW,
            doi:10.1145/511446.511513.
    """
    mass = _restart(graph, restart)
    value = _walk(graph, mass, damping=damping, tol=tol, max_iter=max_iter)
    params = {"damping": damping, "tol": tol}
    return Scores("personalized_pagerank", graph.ids, value, params)


def _walk(
    graph: Graph,
    restart: NDArray[np.float64],
    *,
    damping: float,
    tol: float,
    max_iter: int,
) -> NDArray[np.float64]:
    """Iterate from *restart*, which sums to one, until the shares stay."""
    if not 0 <= damping < 1:
        raise ValueError(f"damping must lie in [0, 1), got {damping}")
    if not graph.n_nodes:
        return np.empty(0)
    incoming = graph.transpose()
    given = row_sums(graph)
    dangling = given == 0
    share = damping / np.where(dangling, 1.0, given)
    share[dangling] = 0.0

    rank, residual = restart, np.inf
    for _ in range(max_iter):
        following = gather(incoming, rank * share)
        following += (1 - damping + damping * rank[dangling].sum()) * restart
        residual = float(np.abs(following - rank).sum())
        rank = following
        if residual < tol:
            rank /= rank.sum()
            return rank
    raise NotConverged("pagerank", iterations=max_iter, residual=residual)


def _restart(
    graph: Graph, restart: ArrayLike | Mapping[Any, float]
) -> NDArray[np.float64]:
    """Restart mass in the order of the graph, summing to one."""
    if isinstance(restart, Mapping):
        mass = _by_id(graph, restart)
    else:
        mass = np.asarray(restart, np.float64)
    if mass.shape != (graph.n_nodes,):
        raise ValueError(
            f"restart must have shape ({graph.n_nodes},), not {mass.shape}"
        )
    if not (np.isfinite(mass).all() and (mass >= 0).all()):
        raise ValueError("restart must be finite and at least 0 everywhere")
    if graph.n_nodes and not mass.sum() > 0:
        raise ValueError("restart must be above 0 somewhere")
    return mass / mass.sum() if graph.n_nodes else mass


def _by_id(graph: Graph, restart: Mapping[Any, float]) -> NDArray[np.float64]:
    mass = np.zeros(graph.n_nodes)
    place = {name: k for k, name in enumerate(graph.ids.tolist())}
    for name, amount in restart.items():
        if name not in place:
            raise ValueError(f"restart names {name!r}, which is not in the graph")
        mass[place[name]] = amount
    return mass
