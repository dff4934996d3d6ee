"""HITS: hub and authority scores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.errors import NotConverged
from hcpgraph.measures.base import register
from hcpgraph.measures.flow import gather
from hcpgraph.model.scores import HubsAndAuthorities, Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph, Incoming

    Vector = NDArray[np.float64]

_STEPS = 12  # Krylov vectors held between restarts


def hits(
    graph: Graph, *, tol: float = 1e-10, max_iter: int = 1000
) -> HubsAndAuthorities:
    """HITS: good hubs point to good authorities, and the reverse.

    Authorities are who a community's best informed followers agree on. With A
    the weights, hubs are the principal eigenvector of A A^T and authorities
    A^T times it [1]. Where that eigenvector is not unique, as when parts of the
    network are not connected, it is the one that Kleinberg's iteration reaches
    from equal hubs, so there is one answer. It is found by the Lanczos method
    started from equal hubs, which reaches the same vector in fewer steps.

    Args:
        graph: ties point from hub to authority; weights are read.
        tol: stop when the L1 change of the hubs between two restarts falls
            below it.
        max_iter: give up after this many restarts, of 12 steps each.

    Returns:
        Hubs and authorities, each at least 0 and summing to one; all 0 where
        there is no tie.

    Raises:
        NotConverged: if *max_iter* is reached first.

    >>> from hcpgraph.graph import Graph
    >>> both = hits(Graph.from_edges(["a", "b", "b"], ["x", "x", "y"]))
    >>> both.authority.top(1)[0][0], both.hub.top(1)[0][0]
    ('x', 'b')

    References:
        [1] Kleinberg (1999), "Authoritative sources in a hyperlinked
            environment", Journal of the ACM 46, 604-632,
            doi:10.1145/324133.324140.
    """
    incoming = graph.incoming()
    hub = np.zeros(graph.n_nodes)
    if graph.n_edges:
        hub = _hubs(graph, incoming, tol, max_iter)
    authority = gather(incoming, hub)
    if graph.n_edges:
        authority /= authority.sum()
    params = {"tol": tol}
    return HubsAndAuthorities(
        hub=Scores("hub", graph.ids, hub, params),
        authority=Scores("authority", graph.ids, authority, params),
    )


@register("hits")
def hits_authority(graph: Graph) -> Scores:
    """HITS authorities alone, under the measure's name."""
    return replace(hits(graph).authority, measure="hits")


# What is left of a vector beside this, once the basis is taken out of it, is rounding:
# going on with it would bring a second vector of an eigenspace into the basis.
_NOISE = 1e-11
_SAME = 1e-9  # eigenvalues nearer than this are one


def _hubs(graph: Graph, incoming: Incoming, tol: float, max_iter: int) -> Vector:
    hub, residual = np.full(graph.n_nodes, 1 / graph.n_nodes), np.inf
    for _ in range(max_iter):
        following = _restart(graph, incoming, hub)
        following /= following.sum()
        residual = float(np.abs(following - hub).sum())
        hub = following
        if residual < tol:
            hub = np.maximum(hub, 0.0)  # rounding leaves specks below zero
            hub /= hub.sum()
            return hub
    raise NotConverged("hits", iterations=max_iter, residual=residual)


def _restart(graph: Graph, incoming: Incoming, start: Vector) -> Vector:
    """The best approximation to the principal vector within a Krylov space.

    The space holds one vector of each eigenspace at most, the part of *start* in
    it, so a principal eigenspace of several dimensions does no harm.
    """
    basis = [start / np.sqrt(_dot(start, start))]
    diagonal: list[float] = []
    beside: list[float] = []
    while True:
        moved = gather(graph, gather(incoming, basis[-1]))
        diagonal.append(_dot(moved, basis[-1]))
        scale = np.sqrt(_dot(moved, moved))
        for vector in [*basis, *basis]:  # twice: once loses digits
            moved -= _dot(moved, vector) * vector
        length = np.sqrt(_dot(moved, moved))
        if len(basis) == _STEPS or length <= _NOISE * scale:
            break
        beside.append(length)
        basis.append(moved / length)
    from scipy.linalg import eigh_tridiagonal  # noqa: PLC0415 - 0.2 s, only for HITS

    values, vectors = eigh_tridiagonal(diagonal, beside)
    # what lies in the principal eigenspace of the start, which is the first of the
    # basis; rounding may have brought a second vector of that space into the basis
    first = vectors[:, values >= values[-1] * (1 - _SAME)]
    parts = first @ first[0]
    best = np.zeros(graph.n_nodes)
    for part, vector in zip(parts, basis, strict=True):
        best += part * vector
    return best


def _dot(a: Vector, b: Vector) -> float:
    # not BLAS, whose last bits depend on the number of threads
    return float((a * b).sum())
