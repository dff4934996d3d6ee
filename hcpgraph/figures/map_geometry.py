"""The geometry of a map, in points, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.figures.ties import strength
from hcpgraph.figures.wording import drawable, names_in
from hcpgraph.layout import place
from hcpgraph.model.colours import COMMUNITY_COLOURS, OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition
    from hcpgraph.model.table import Listed

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

_SMALLEST_COMMUNITY: Final = 2  # members below which a community gets no colour
_RIM: Final = 0.02  # free rim of the map, as a share of its height
# Diameter of the weakest and the strongest account: as a multiple of the room of
# an account, at least and at most these multiples of the type size.
_WEAK: Final = (0.3, 0.1, 0.7)
_STRONG: Final = (1.9, 0.8, 2.5)


@dataclass(frozen=True, slots=True, eq=False)
class MapGeometry:
    """A map in points, from its lower left corner.

    Attributes:
        graph: what is shown.
        partition: its communities.
        width: of the map.
        height: of the map.
        span: diameters for no incoming weight and for the most.
        xy: middle of each account, shape (n, 2).
        size: diameter of each account, shape (n,).
        received: incoming weight of each account, shape (n,).
        disc: middle of each community, shape (k, 2).
        reach: radius of each community's disc, its accounts' dots within, shape (k,).
        coloured: communities with a colour of their own; the first so many.
        leaders: positions of the accounts to label, the foremost first.
        ranked: whether a ranking says who leads.
        names: what to call accounts, by id as text; at least those labelled.
        titles: what to call communities, by number; those not named are called by
            their foremost members.
    """

    graph: Graph
    partition: Partition
    width: float
    height: float
    span: tuple[float, float]
    xy: Reals
    size: Reals
    received: Reals
    disc: Reals
    reach: Reals
    coloured: int
    leaders: tuple[int, ...]
    ranked: bool
    names: Mapping[str, str]
    titles: Mapping[int, str]

    def colour(self, community: int) -> str:
        """The colour of a community, grey beyond the palette."""
        return COMMUNITY_COLOURS[community] if community < self.coloured else OTHER

    def name(self, position: int) -> str:
        """What to call the account at *position*."""
        return self.names[str(self.graph.ids[position])]

    def diameter(self, received: Reals) -> Reals:
        """Diameters for these amounts of incoming weight."""
        return _diameters(received, self.received, self.span)


def make_geometry(
    graph: Graph,
    people: Listed | None,
    partition: Partition | None,
    *,
    box: tuple[float, float],
    text: float,
    labels: int,
    seed: int,
    titles: Mapping[int, str],
) -> MapGeometry:
    """Lay out the graph in a box of that width and height in points."""
    width, height = box
    placement = place(graph, partition=partition, seed=seed)
    received = strength(graph)
    span = _span(width * height / graph.n_nodes, text)
    size = _diameters(received, received, span)
    scale = _scale(placement.xy, box, span[1])
    xy = placement.xy * scale + np.array(box) / 2
    middle = placement.discs()[0] * scale + np.array(box) / 2
    label = placement.partition.label
    reach = np.zeros(len(middle))
    np.maximum.at(reach, label, np.hypot(*(xy - middle[label]).T) + size / 2)
    names = {} if people is None else dict(names_in(people))
    leaders = _leaders(graph, names, received, labels, by_rank=people is not None)
    for position in leaders:
        account = str(graph.ids[position])
        names.setdefault(account, drawable(account) or account)
    sizes = placement.partition.sizes()
    return MapGeometry(
        graph=graph,
        partition=placement.partition,
        width=width,
        height=height,
        span=span,
        xy=xy,
        size=size,
        received=received,
        disc=middle,
        reach=reach,
        coloured=min(int((sizes >= _SMALLEST_COMMUNITY).sum()), len(COMMUNITY_COLOURS)),
        leaders=leaders,
        ranked=people is not None,
        names=names,
        titles=titles,
    )


def _span(share: float, text: float) -> tuple[float, float]:
    """Diameters for no incoming weight and for the most.

    Args:
        share: of the map that falls to one account, in square points.
        text: type size, which dots should suit.
    """
    room = float(np.sqrt(0.55 * share))
    weak, strong = (
        float(np.clip(part * room, low * text, high * text))
        for part, low, high in (_WEAK, _STRONG)
    )
    return weak, strong


def _diameters(received: Reals, among: Reals, span: tuple[float, float]) -> Reals:
    """Diameters with an area proportional to incoming weight, within *span*.

    Where all receive the same, none is large and none small.
    """
    weak, strong = span
    top = float(among.max())
    if top == float(among.min()):
        return np.full(len(received), float(np.sqrt(weak * strong)))
    return np.asarray(np.sqrt(weak**2 + (strong**2 - weak**2) * received / top))


def _scale(xy: Reals, box: tuple[float, float], dot: float) -> float:
    """Points per unit of the layout, so that all of it fits into the box."""
    free = np.array(box) * (1 - 2 * _RIM) - dot - 12
    extent = 2 * np.abs(xy).max(axis=0)
    return float((free / np.maximum(extent, 1.0)).min())


def _leaders(
    graph: Graph,
    names: Mapping[str, str],
    received: Reals,
    most: int,
    *,
    by_rank: bool,
) -> tuple[int, ...]:
    """Accounts to label: the first of the ranking, or of most incoming weight."""
    if by_rank:
        position = {str(account): i for i, account in enumerate(graph.ids.tolist())}
        found = [position[account] for account in names if account in position]
    else:
        found = np.argsort(-received, kind="stable").tolist()
    return tuple(found[:most])
