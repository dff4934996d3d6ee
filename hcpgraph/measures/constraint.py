"""Burt's constraint (structural holes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled, parallel_map
from hcpgraph.graph.rows import in_chunks, row_of_each, symmetrised
from hcpgraph.measures.base import register
from hcpgraph.measures.overlap import is_shorter_by_far, place_of
from hcpgraph.model.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.measures.flow import Ties

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
        Scores above 0, at most 1.125. Accounts without ties, where it is not
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
    share = mutual / total[row]
    ties, value = (bounds, contact.view(np.uint32)), np.empty(graph.n_nodes)
    parallel_map(lambda part: _constraint(ties, share, value, part), in_chunks(bounds))
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
    ties: Ties,
    share: NDArray[np.float64],
    value: NDArray[np.float64],
    part: tuple[int, int],
) -> None:
    """What each node has invested in each contact, directly and through others."""
    bounds, contact = ties
    invested = np.zeros(len(value))
    marked = np.full(len(value), -1, np.int32)
    for node in range(part[0], part[1]):
        first, last = bounds[node], bounds[node + 1]
        here = (node, invested, marked)
        for k in range(first, last):
            invested[contact[k]] = share[k]
            marked[contact[k]] = node
        for k in range(first, last):
            _add_through(contact[k], share[k], (first, last), (ties, share), here)
        total = 0.0
        for k in range(first, last):
            total += invested[contact[k]] ** 2
        value[node] = total


@compiled
def _add_through(
    between: int,
    part: float,
    row: tuple[int, int],
    held: tuple[Ties, NDArray[np.float64]],
    here: tuple[int, NDArray[np.float64], NDArray[np.int32]],
) -> None:
    """Add what reaches the contacts in *row* through one of them."""
    (bounds, contact), share = held
    node, invested, marked = here
    start, end = bounds[between], bounds[between + 1]
    if is_shorter_by_far(row[1] - row[0], end - start):
        for k in range(row[0], row[1]):
            edge = place_of(contact[k], contact, start, end)
            if edge >= 0:
                invested[contact[k]] += part * share[edge]
    else:
        for edge in range(start, end):
            if marked[contact[edge]] == node:
                invested[contact[edge]] += part * share[edge]
