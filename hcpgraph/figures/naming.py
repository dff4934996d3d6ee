"""Writing on a map: communities by number, leaders by name or number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.patheffects import withStroke

from hcpgraph.figures.label_placement import LabelPlacement
from hcpgraph.figures.map_artists import RIM
from hcpgraph.figures.page_layout import measured
from hcpgraph.figures.style import INK, SOFT_INK
from hcpgraph.figures.wording import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from hcpgraph.figures.label_placement import LabelSpot
    from hcpgraph.figures.map_geometry import MapGeometry
    from hcpgraph.figures.style import Page

    Reals = NDArray[np.float64]

BADGE: Final = 1.45  # diameter of a numbered disc over type size
_LONGEST_NAME: Final = 26
_ROOMY: Final = 1.6  # diameter of a dot that holds a number, over type size


def write_labels(
    plane: Axes, geometry: MapGeometry, paper: Page, *, heads: Reals, room: int
) -> tuple[list[tuple[int, str]], int]:
    """Name the leaders on the map.

    Args:
        plane: the axes of the map.
        geometry: what it shows.
        paper: its type sizes.
        heads: where ties end that show their direction, shape (h, 2).
        room: how many names the column can take.

    Returns:
        The (number, name) pairs that the column must explain, and how many
        leaders are neither named nor numbered.
    """
    placement = LabelPlacement(
        geometry.width, geometry.height, np.vstack([geometry.xy, heads])
    )
    for leader in geometry.leaders:
        placement.take(geometry.xy[leader], np.full(2, geometry.size[leader]))
    number_communities(plane, geometry, paper, placement)
    homeless = [
        leader
        for leader in geometry.leaders
        if not _write_label(plane, geometry, paper, placement, leader)
    ]
    numbered = [
        (number, geometry.name(leader))
        for number, leader in enumerate(homeless[:room], start=1)
        if _write_number(plane, geometry, paper, placement, (leader, number))
    ]
    return numbered, len(homeless) - len(numbered)


def number_communities(
    plane: Axes, geometry: MapGeometry, paper: Page, placement: LabelPlacement
) -> None:
    """The number of each coloured community at its disc, as the column has it."""
    for community in range(geometry.coloured if len(geometry.disc) > 1 else 0):
        size = np.full(2, BADGE * paper.text)
        spot = placement.find(
            geometry.disc[community], geometry.reach[community] + RIM, size
        )
        if spot is not None and spot.line is None:
            draw_badge(plane, spot.centre, community + 1, geometry, paper)


def draw_badge(
    axes: Axes,
    centre: tuple[float, float],
    number: int,
    geometry: MapGeometry,
    paper: Page,
) -> None:
    """The number of a community, white on its colour."""
    axes.scatter(
        [centre[0]],
        [centre[1]],
        s=(BADGE * paper.text) ** 2,
        c=[geometry.colour(number - 1)],
        edgecolors="white",
        linewidths=0.8,
        zorder=5,
    )
    axes.text(
        *centre, f"{number}", fontsize=paper.small, fontweight="bold", color="white",
        ha="center", va="center_baseline", zorder=6,
    )  # fmt: skip


def _write_label(
    plane: Axes,
    geometry: MapGeometry,
    paper: Page,
    placement: LabelPlacement,
    leader: int,
) -> bool:
    """Name one leader beside its dot; false if there is no room."""
    dot = (geometry.xy[leader], float(geometry.size[leader]) / 2)
    return name_beside(plane, placement, geometry.name(leader), paper, dot)


def name_beside(
    plane: Axes,
    placement: LabelPlacement,
    name: str,
    paper: Page,
    dot: tuple[Reals, float],
) -> bool:
    """Write a name beside a dot; false if there is no room.

    Args:
        plane: the axes, in points.
        placement: the free room of the plane.
        name: what is written, cut if it is long.
        paper: its type sizes.
        dot: middle of the dot, shape (2,), and its radius.
    """
    text = _text(plane, shorten(name, _LONGEST_NAME), paper.text, INK)
    spot = placement.find(*dot, measured(text))
    if spot is None:
        text.remove()
        return False
    _set(plane, text, spot)
    return True


def _write_number(
    plane: Axes,
    geometry: MapGeometry,
    paper: Page,
    placement: LabelPlacement,
    numbered: tuple[int, int],
) -> bool:
    """Number one account for whose name there is no room; false if none either.

    The number stands in the dot where the dot is large enough.
    """
    position, number = numbered
    if geometry.size[position] >= _ROOMY * paper.small:
        x, y = geometry.xy[position].tolist()
        plane.text(
            x, y, f"{number}", fontsize=paper.small, color="white", ha="center",
            fontweight="bold", va="center_baseline", zorder=6,
            path_effects=[withStroke(linewidth=paper.small / 5, foreground=INK)],
        )  # fmt: skip
        return True
    return number_beside(plane, geometry, paper, placement, numbered)


def number_beside(
    plane: Axes,
    geometry: MapGeometry,
    paper: Page,
    placement: LabelPlacement,
    numbered: tuple[int, int],
) -> bool:
    """Number one account beside its dot; false if there is no room."""
    position, number = numbered
    text = _text(plane, str(number), paper.small, SOFT_INK)
    text.set_fontweight("bold")
    spot = placement.find(
        geometry.xy[position], geometry.size[position] / 2, measured(text)
    )
    if spot is None:
        text.remove()
        return False
    _set(plane, text, spot)
    return True


def _text(plane: Axes, words: str, size: float, colour: str) -> Text:
    """Text with a white halo, still to be put in its place."""
    text = plane.text(
        0, 0, words, fontsize=size, color=colour, ha="center", va="center", zorder=6
    )
    text.set_parse_math(False)
    text.set_path_effects([withStroke(linewidth=size / 4, foreground="white")])
    return text


def _set(plane: Axes, text: Text, spot: LabelSpot) -> None:
    text.set_position(spot.centre)
    if spot.line is not None:
        plane.plot(*zip(*spot.line, strict=True), color=INK, lw=0.6, zorder=5)
