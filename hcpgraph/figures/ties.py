"""Which ties a figure shows, and along which curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph.rows import row_of_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

_STEPS: Final = 14  # straight pieces of a curve
# How far a curve between communities leans towards their middles: few ties are
# followed one by one, many only as strands.
_BUNDLED: Final = (0.15, 0.8)
_STRANDS: Final = (160, 600)  # ties from which, and by which, they form strands


@dataclass(frozen=True, slots=True, eq=False)
class Backbone:
    """The ties that are drawn, in the order they are drawn.

    Attributes:
        source: positions in the graph, shape (m,).
        target: positions in the graph, shape (m,).
        total: ties of the whole graph.
    """

    source: Positions
    target: Positions
    total: int

    def __len__(self) -> int:
        return len(self.source)


def strength(graph: Graph) -> Reals:
    """Incoming weight of each account, shape (n,)."""
    received = np.bincount(graph.indices, graph.weight, minlength=graph.n_nodes)
    return received.astype(np.float64)


def backbone(graph: Graph, most: int) -> Backbone:
    """The backbone of a graph by the disparity filter, at most *most* ties.

    First the heaviest outgoing tie of each account; then ties by how surprising their
    weight is, given the number and the total weight of the ties of one of their ends.

    Args:
        graph: any graph.
        most: ties to keep; a graph with no more keeps all.

    Returns:
        The kept ties by (source, target).

    References:
        Serrano, Boguna and Vespignani (2009), "Extracting the multiscale backbone
        of complex weighted networks", PNAS 106(16), 6483-6488,
        doi:10.1073/pnas.0808904106.
    """
    source = row_of_each(graph.indptr).astype(np.intp)
    target = graph.indices.astype(np.intp)
    total = graph.n_edges
    if total <= most:
        return Backbone(source, target, total)
    weight = np.ones(total) if graph.weight is None else graph.weight.astype(np.float64)
    received = strength(graph)
    chance = np.minimum(_p_value(source, weight), _p_value(target, weight))
    # by source, then heaviest, then of highest in-degree: the first row of
    # each source is the tie it cares for most
    order = np.lexsort((target, -received[target], -weight, source))
    first = np.empty(total, np.bool_)
    first[order] = np.diff(source[order], prepend=-1) != 0
    best = np.lexsort((source, target, -received[target], -weight, chance, ~first))
    kept = np.sort(best[:most])
    return Backbone(source[kept], target[kept], total)


def _p_value(end: Positions, weight: Reals) -> Reals:
    """Probability of so large a share of its end's weight at random."""
    ties = np.bincount(end)[end]
    share = weight / np.bincount(end, weight)[end]
    return np.asarray((1 - np.minimum(share, 1)) ** (ties - 1))


def curves(start: Reals, end: Reals, start_middle: Reals, end_middle: Reals) -> Reals:
    """Ties as curves that run together between communities.

    A tie inside a community bends slightly towards its middle; many ties
    between two communities leave and arrive through their middles and so form one
    strand, after Holten (2006), doi:10.1109/TVCG.2006.147.

    Args:
        start: where each tie begins, shape (m, 2).
        end: where it ends, shape (m, 2).
        start_middle: the middle of the community it begins in, shape (m, 2).
        end_middle: the middle of the community it ends in, shape (m, 2).

    Returns:
        Points along each curve, shape (m, 15, 2).
    """
    same = (start_middle == end_middle).all(axis=1)
    bundled = float(np.interp(len(start), _STRANDS, _BUNDLED))
    lean = np.where(same, 0.25, bundled)[:, None]
    straight = (end - start) / 3
    one = start + straight + (start_middle - start - straight) * lean
    two = end - straight + (end_middle - end + straight) * lean
    t = np.linspace(0.0, 1.0, _STEPS + 1)[None, :, None]
    return np.asarray(
        start[:, None] * (1 - t) ** 3
        + one[:, None] * (3 * t * (1 - t) ** 2)
        + two[:, None] * (3 * t**2 * (1 - t))
        + end[:, None] * t**3
    )
