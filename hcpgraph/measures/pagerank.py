"""PageRank, plain and personalised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from hcpgraph.graph import Incoming
from hcpgraph.measures.base import register
from hcpgraph.measures.power_iteration import Convergence, iterate, iterate_many
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from hcpgraph.graph import Graph


@register("pagerank", incoming=True)
def pagerank(
    graph: Graph | Incoming,
    *,
    damping: float = 0.85,
    tol: float = 1e-10,
    max_iter: int = 1000,
    iterations: int | None = None,
) -> Scores:
    """PageRank: the share of time a random reader spends on each account.

    The reader follows an outgoing tie with probability *damping*, in proportion
    to its weight, and otherwise restarts anywhere. Someone without outgoing ties
    sends the reader anywhere [1].

    Args:
        graph: ties point from reader to author. Of the largest networks
            ``Incoming`` alone suffices, which is half as large.
        damping: probability to follow a tie, in [0, 1).
        tol: stop when the L1 change between two iterations falls below it.
        max_iter: give up after this many iterations.
        iterations: do exactly this many instead, as LDBC Graphalytics asks;
            *tol* and *max_iter* are not read then.

    Returns:
        Scores that sum to one, or are empty for an empty graph; the same to the
        last bit on however many cores.

    Raises:
        NotConverged: if *max_iter* is reached first.
        ValueError: if *damping* or *iterations* is out of its range.

    >>> from hcpgraph.graph import Graph
    >>> scores = pagerank(Graph.from_edges(["a", "b", "c"], ["c", "c", "a"]))
    >>> [(name, round(share, 3)) for name, share in scores.top(2)]
    [('c', 0.486), ('a', 0.464)]

    References:
        [1] Page, Brin, Motwani and Winograd (1999), "The PageRank citation
            ranking", Stanford InfoLab 1999-66, section 2.
    """
    settings = Convergence(damping, tol, max_iter, iterations)
    n = graph.n_nodes
    # one number that is read n times
    restart = np.broadcast_to(1 / max(n, 1), n)
    value = iterate(_incoming(graph), restart, settings)
    return Scores("pagerank", graph.ids, value, settings.params)


def personalized_pagerank(
    graph: Graph | Incoming,
    restart: ArrayLike | Mapping[Any, float],
    *,
    damping: float = 0.85,
    tol: float = 1e-10,
    max_iter: int = 1000,
) -> Scores:
    """Personalised PageRank: a random reader keeps returning to some accounts.

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
        ValueError: if *restart* does not fit the graph, or *damping* its range.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges(["a", "b", "d"], ["b", "c", "a"])
    >>> personalized_pagerank(g, {"b": 1.0}).top(2)[0][0]
    'b'

    References:
        [1] Haveliwala (2002), "Topic-sensitive PageRank", WWW,
            doi:10.1145/511446.511513.
    """
    settings = Convergence(damping, tol, max_iter)
    (mass,) = _restarts(graph, [restart])
    value = iterate(_incoming(graph), mass, settings)
    return Scores("personalized_pagerank", graph.ids, value, settings.params)


def personalized_pageranks(
    graph: Graph | Incoming,
    restarts: Sequence[ArrayLike | Mapping[Any, float]],
    *,
    damping: float = 0.85,
    tol: float = 1e-10,
    max_iter: int = 1000,
) -> list[Scores]:
    """Personalised PageRank from many sets of accounts at once, such as many areas.

    Readers of four restarts walk together, so that each tie is read once for all
    four: half the time of single runs, and their scores to the last bit.

    Args:
        graph: ties point from reader to author.
        restarts: as many as wanted, each as in ``personalized_pagerank``.
        damping: probability to follow a tie, in [0, 1).
        tol: each stops when its L1 change between two iterations falls below it.
        max_iter: give up after this many iterations.

    Returns:
        Scores in the order of *restarts*.

    Raises:
        NotConverged: if *max_iter* is reached before all have stopped.
        ValueError: if a restart does not fit the graph, or *damping* its range.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges(["a", "b", "c"], ["b", "c", "a"])
    >>> areas = [{"a": 1.0}, {"c": 1.0}]
    >>> [scores.top(1)[0][0] for scores in personalized_pageranks(g, areas)]
    ['a', 'c']
    """
    settings = Convergence(damping, tol, max_iter)
    found = iterate_many(_incoming(graph), _restarts(graph, restarts), settings)
    return [
        Scores("personalized_pagerank", graph.ids, value, settings.params)
        for value in found
    ]


def _incoming(graph: Graph | Incoming) -> Incoming:
    return graph if isinstance(graph, Incoming) else graph.incoming()


def _restarts(
    graph: Graph | Incoming, restarts: Sequence[ArrayLike | Mapping[Any, float]]
) -> list[NDArray[np.float64]]:
    """Restart masses in the order of the graph, each summing to one."""
    place = {}
    if any(isinstance(restart, Mapping) for restart in restarts):
        place = {name: k for k, name in enumerate(graph.ids.tolist())}
    return [_mass(restart, place, graph.n_nodes) for restart in restarts]


def _mass(
    restart: ArrayLike | Mapping[Any, float], place: dict[Any, int], n_nodes: int
) -> NDArray[np.float64]:
    if isinstance(restart, Mapping):
        mass = _by_id(restart, place)
    else:
        mass = np.asarray(restart, np.float64)
    if mass.shape != (n_nodes,):
        raise ValueError(f"restart must have shape ({n_nodes},), not {mass.shape}")
    if not (np.isfinite(mass).all() and (mass >= 0).all()):
        raise ValueError("restart must be finite and at least 0 everywhere")
    if n_nodes and not mass.sum() > 0:
        raise ValueError("restart must be above 0 somewhere")
    return mass / mass.sum() if n_nodes else mass


def _by_id(restart: Mapping[Any, float], place: dict[Any, int]) -> NDArray[np.float64]:
    mass = np.zeros(len(place))
    for name, amount in restart.items():
        if name not in place:
            raise ValueError(f"restart names {name!r}, which is not in the graph")
        mass[place[name]] = amount
    return mass
