"""Katz centrality."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.errors import NotConverged
from hcpgraph.graph import Incoming
from hcpgraph.measures.base import register
from hcpgraph.measures.flow import gather
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

_BOUND_STEPS = 20


@register("katz", incoming=True)
def katz(
    graph: Graph | Incoming,
    *,
    alpha: float | None = None,
    tol: float = 1e-10,
    max_iter: int = 1000,
) -> Scores:
    """Katz centrality: attention received directly and along chains of ties.

    x = 1 + alpha A^T x, so a chain of k ties counts alpha^k times the product of
    its weights [1]. A small *alpha* ranks as ``strength`` does; as it nears
    1 / lambda_max the ranking becomes that of the principal eigenvector.

    Args:
        graph: ties point from reader to author; weights are read.
        alpha: what each further tie keeps, above 0 and below 1 / lambda_max, the
            largest eigenvalue of A. None takes 1 / (2 max(b, w)), where b bounds
            lambda_max from above (Collatz and Wielandt) and w is the largest
            weight: half of what would be too much, and never more than half of
            the attention is passed on by a tie.
        tol: stop when the L1 change between two iterations, as a share of the
            total, falls below it.
        max_iter: give up after this many iterations.

    Returns:
        Scores above 0 of Euclidean length 1, or empty for an empty graph.

    Raises:
        NotConverged: if *max_iter* is reached first, or *alpha* is too large.
        ValueError: if *alpha* is not above 0.

    >>> from hcpgraph.graph import Graph
    >>> chain = Graph.from_edges(["a", "b", "c", "d"], ["b", "c", "e", "e"])
    >>> katz(chain, alpha=0.5).top(2)[0][0]
    'e'

    References:
        [1] Katz (1953), "A new status index derived from sociometric analysis",
            Psychometrika 18, 39-43, doi:10.1007/BF02289026.
    """
    incoming = graph if isinstance(graph, Incoming) else graph.incoming()
    if alpha is None:
        alpha = _default_alpha(incoming)
    if not (isfinite(alpha) and alpha > 0):
        raise ValueError(f"alpha must be above 0 and finite, got {alpha}")
    params = {"alpha": alpha, "tol": tol}
    value, residual = np.ones(graph.n_nodes), 0.0 if not graph.n_nodes else np.inf
    for iteration in range(max_iter):
        if residual < tol:
            return Scores("katz", graph.ids, _unit(value), params)
        following = 1 + alpha * gather(incoming, value)
        total = float(following.sum())
        if not isfinite(total):
            raise NotConverged("katz", iterations=iteration, residual=np.inf)
        residual = float(np.abs(following - value).sum()) / total
        value = following
    raise NotConverged("katz", iterations=max_iter, residual=residual)


def _default_alpha(graph: Incoming) -> float:
    heaviest = 1.0
    if graph.weight is not None and graph.n_edges:
        heaviest = float(graph.weight.max())
    return 0.5 / max(_eigenvalue_bound(graph), heaviest)


def _eigenvalue_bound(graph: Incoming) -> float:
    """An upper bound of the largest eigenvalue, tighter with every step.

    For any x > 0, lambda_max <= max_i (A x)_i / x_i; x moves towards the
    principal eigenvector and the smallest bound seen is kept.
    """
    if not graph.n_edges:
        return 0.0
    x, bound = np.ones(graph.n_nodes), np.inf
    for _ in range(_BOUND_STEPS):
        moved = gather(graph, x)
        bound = min(bound, float((moved / x).max()))
        x += moved / bound
        x /= x.max()
    return bound


def _unit(value: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(value):
        return value
    # the largest first, as squares of large values would overflow
    scaled: NDArray[np.float64] = value / value.max()
    scaled /= float(np.sqrt((scaled**2).sum()))
    return scaled
