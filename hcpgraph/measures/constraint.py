"""Who is free to broker between groups, and who is hemmed in by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.graph.rows import row_of_each, symmetrised
from hcpgraph.measures.base import register
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

_ALONE = 1.0  # what someone with a single contact has


@register("constraint")
def constraint(graph: Graph) -> Scores:
    """Burt's constraint: how far one's contacts are contacts of each other.

    **Low is influential here**: someone of low constraint joins people who are
    not otherwise in touch. The value keeps the sign of the literature, and of
    networkx, rather than the "higher is more" of other measures.

    With p_ij the share of i's ties that is with j, both directions added,
    c_i = sum over contacts j of (p_ij + sum over q of p_iq p_qj)^2 [1]. Without
    weights every tie counts 1, so a mutual tie counts 2.

    Returns:
        Scores above 0, at most 1.125. Accounts without ties, for whom it is not
        defined, get 1 like those with one contact: no one broking nothing.

    >>> from hcpgraph.graph import Graph
    >>> star = Graph.from_edges(["a", "b", "c", "d"], ["hub"] * 4)
    >>> constraint(star).value.tolist()
    [1.0, 1.0, 1.0, 1.0, 0.25]

    References:
        [1] Burt (2004), "Structural holes and good ideas", American Journal of
            Sociology 110, 349-399, doi:10.1086/421787.
    """
    bounds, contact, mutual = _mutual(graph)
    row = row_of_each(bounds)
    total = np.bincount(row, mutual, minlength=graph.n_nodes)
    value = _constraint(bounds, contact, mutual / total[row])
    value[np.diff(bounds) == 0] = _ALONE
    return Scores("constraint", graph.ids, value)


def _mutual(
    graph: Graph,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Contacts in both directions, with w(i, j) + w(j, i); ones without weights."""
    back = graph.transpose()
    ones = np.ones(graph.n_edges, np.float32)
    bounds, contact, weight = symmetrised(
        (graph.indptr, graph.indices, ones if graph.weight is None else graph.weight),
        (back.indptr, back.indices, ones if back.weight is None else back.weight),
    )
    return bounds, contact, np.asarray(weight, np.float64)


@compiled
def _constraint(
    bounds: NDArray[np.int64],
    contact: NDArray[np.int32],
    share: NDArray[np.float64],
) -> NDArray[np.float64]:
    n_nodes = len(bounds) - 1
    value = np.zeros(n_nodes)
    invested = np.zeros(n_nodes)  # of the current node in each other one
    for node in range(n_nodes):
        first, last = bounds[node], bounds[node + 1]
        for k in range(first, last):
            invested[contact[k]] += share[k]
            between = contact[k]
            for edge in range(bounds[between], bounds[between + 1]):
                invested[contact[edge]] += share[k] * share[edge]
        for k in range(first, last):
            value[node] += invested[contact[k]] ** 2
        for k in range(first, last):
            between = contact[k]
            invested[between] = 0.0
            for edge in range(bounds[between], bounds[between + 1]):
                invested[contact[edge]] = 0.0
    return value
