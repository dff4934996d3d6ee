"""The artists of a map: discs for communities, curves for ties, dots for accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle

from hcpgraph.figures.style import INK
from hcpgraph.figures.ties import curves

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from hcpgraph.figures.map_geometry import MapGeometry
    from hcpgraph.figures.ties import Backbone

    Reals = NDArray[np.float64]

RIM: Final = 2.5  # points of a disc beyond its outermost dot
_WITH_ARROWS: Final = 160  # up to so many ties, each shows its direction
_AS_PICTURE: Final = 1500  # ties or dots beyond which vector files hold a picture
_NO_DISC: Final = 3  # members below which a community gets no disc of its own
_BETWEEN: Final = "#7d838c"


def draw_discs(plane: Axes, geometry: MapGeometry, colour: str | None = None) -> None:
    """A pale disc behind each community large enough to have a shape.

    Args:
        plane: the axes of the map.
        geometry: what it shows.
        colour: of all discs; that of each community by default.
    """
    for community, members in enumerate(geometry.partition.sizes().tolist()):
        if members < _NO_DISC:
            continue
        plane.add_patch(
            Circle(
                tuple(geometry.disc[community]),
                geometry.reach[community] + RIM,
                facecolor=colour or geometry.colour(community),
                alpha=0.10,
                linewidth=0,
                zorder=1,
            )
        )


def draw_ties(plane: Axes, geometry: MapGeometry, shown: Backbone) -> Reals:
    """Translucent curves in the colour of their community, grey between two.

    Returns:
        Where ties end that show their direction, shape (h, 2); none where they
        are too many for that.
    """
    if not len(shown):
        return np.empty((0, 2))
    label = geometry.partition.label
    home, away = label[shown.source], label[shown.target]
    few = float(np.clip(250 / len(shown), 0.0, 1.0))
    palette = np.array([to_rgba(geometry.colour(c)) for c in range(len(geometry.disc))])
    colours = np.where((home == away)[:, None], palette[home], to_rgba(_BETWEEN))
    colours[:, 3] = 0.28 + 0.32 * few
    paths = draw_curves(plane, geometry, shown, colours, width=0.45 + 0.55 * few)
    if len(shown) > _WITH_ARROWS:
        return np.empty((0, 2))
    return _draw_arrows(plane, paths, geometry.size[shown.target], colours)


def draw_curves(
    plane: Axes,
    geometry: MapGeometry,
    shown: Backbone,
    colours: Reals | tuple[float, ...],
    *,
    width: float,
) -> Reals:
    """Ties as curves in one collection, a picture in vector files if they are many.

    Returns:
        Points along each curve, shape (m, 15, 2).
    """
    label = geometry.partition.label
    paths = curves(
        geometry.xy[shown.source],
        geometry.xy[shown.target],
        geometry.disc[label[shown.source]],
        geometry.disc[label[shown.target]],
    )
    lines = LineCollection(list(paths), colors=colours, linewidths=width, zorder=2)
    lines.set_rasterized(len(shown) > _AS_PICTURE)
    plane.add_collection(lines, autolim=False)
    return paths


def _draw_arrows(plane: Axes, paths: Reals, size: Reals, colours: Reals) -> Reals:
    """A small arrowhead at the target of each tie."""
    end = paths[:, -1]
    way = end - paths[:, -4]
    way /= np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    aside = np.column_stack([-way[:, 1], way[:, 0]])
    tip = end - way * (size / 2 + 0.8)[:, None]
    foot = tip - way * 5.5
    solid = colours.copy()
    solid[:, 3] = 0.9
    heads = np.stack([tip, foot + aside * 2.1, foot - aside * 2.1], axis=1)
    plane.add_collection(
        PolyCollection(list(heads), facecolors=solid, linewidths=0, zorder=3),
        autolim=False,
    )
    return np.asarray(heads.mean(axis=1))


def draw_accounts(plane: Axes, geometry: MapGeometry) -> None:
    """A dot for each account, small ones in front so that none disappears."""
    order = np.argsort(-geometry.size, kind="stable")
    leading = np.zeros(len(order), np.bool_)
    leading[list(geometry.leaders)] = True
    palette = np.array([geometry.colour(c) for c in range(len(geometry.disc))])
    colours = palette[geometry.partition.label[order]]
    crowd = order[~leading[order]]
    dot(plane, geometry, crowd, colours[~leading[order]].tolist())
    # leaders are few and stay vector, whatever the crowd
    first = order[leading[order]]
    dot(plane, geometry, first, colours[leading[order]].tolist(), rim=INK)


def dot(
    plane: Axes,
    geometry: MapGeometry,
    positions: NDArray[np.intp],
    colours: list[str] | str,
    *,
    rim: str | None = None,
) -> None:
    """Dots of some accounts, with a white rim by default."""
    if not len(positions):
        return
    size = geometry.size[positions]
    width = np.full(len(size), 0.9) if rim else np.minimum(size / 12, 0.5)
    marks = plane.scatter(
        geometry.xy[positions, 0],
        geometry.xy[positions, 1],
        s=size**2,
        c=colours,
        edgecolors=rim or "white",
        linewidths=width.tolist(),
        zorder=4,
    )
    marks.set_rasterized(len(positions) > _AS_PICTURE)
