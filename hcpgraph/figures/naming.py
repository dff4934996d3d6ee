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
    plane: Axes, scene: MapGeometry, paper: Page, *, heads: Reals, room: int
) -> tuple[list[tuple[int, str]], int]:
    """Name the leaders on the map.

    Args:
        plane: the axes of the map.
        scene: what it shows.
        paper: its type sizes.
        heads: where ties end that show their direction, shape (h, 2).
        room: how many names the column can take.

    Returns:
        The (number, name) pairs that the column must explain, and how many
        leaders are neither named nor numbered.
    """
    board = LabelPlacement(scene.width, scene.height, np.vstack([scene.xy, heads]))
    for leader in scene.leaders:
        board.take(scene.xy[leader], np.full(2, scene.size[leader]))
    number_communities(plane, scene, paper, board)
    homeless = [
        leader
        for leader in scene.leaders
        if not _write_label(plane, scene, paper, board, leader)
    ]
    numbered = [
        (number, scene.name(leader))
        for number, leader in enumerate(homeless[:room], start=1)
        if _write_number(plane, scene, paper, board, (leader, number))
    ]
    return numbered, len(homeless) - len(numbered)


def number_communities(
    plane: Axes, scene: MapGeometry, paper: Page, board: LabelPlacement
) -> None:
    """The number of each coloured community at its disc, as the column has it."""
    for community in range(scene.coloured if len(scene.disc) > 1 else 0):
        size = np.full(2, BADGE * paper.text)
        spot = board.find(scene.disc[community], scene.reach[community] + RIM, size)
        if spot is not None and spot.line is None:
            draw_badge(plane, spot.centre, community + 1, scene, paper)


def draw_badge(
    axes: Axes,
    centre: tuple[float, float],
    number: int,
    scene: MapGeometry,
    paper: Page,
) -> None:
    """The number of a community, white on its colour."""
    axes.scatter(
        [centre[0]],
        [centre[1]],
        s=(BADGE * paper.text) ** 2,
        c=[scene.colour(number - 1)],
        edgecolors="white",
        linewidths=0.8,
        zorder=5,
    )
    axes.text(
        *centre, f"{number}", fontsize=paper.small, fontweight="bold", color="white",
        ha="center", va="center_baseline", zorder=6,
    )  # fmt: skip


def _write_label(
    plane: Axes, scene: MapGeometry, paper: Page, board: LabelPlacement, leader: int
) -> bool:
    """Name one leader beside its dot; false if there is no room."""
    name = shorten(scene.name(leader), _LONGEST_NAME)
    text = _text(plane, name, paper.text, INK)
    spot = board.find(scene.xy[leader], scene.size[leader] / 2, measured(text))
    if spot is None:
        text.remove()
        return False
    _set(plane, text, spot)
    return True


def _write_number(
    plane: Axes,
    scene: MapGeometry,
    paper: Page,
    board: LabelPlacement,
    numbered: tuple[int, int],
) -> bool:
    """Number one account for whose name there is no room; false if none either.

    The number stands in the dot where the dot is large enough.
    """
    position, number = numbered
    if scene.size[position] >= _ROOMY * paper.small:
        x, y = scene.xy[position].tolist()
        plane.text(
            x, y, f"{number}", fontsize=paper.small, color="white", ha="center",
            fontweight="bold", va="center_baseline", zorder=6,
            path_effects=[withStroke(linewidth=paper.small / 5, foreground=INK)],
        )  # fmt: skip
        return True
    return number_beside(plane, scene, paper, board, numbered)


def number_beside(
    plane: Axes,
    scene: MapGeometry,
    paper: Page,
    board: LabelPlacement,
    numbered: tuple[int, int],
) -> bool:
    """Number one account beside its dot; false if there is no room."""
    position, number = numbered
    text = _text(plane, str(number), paper.small, SOFT_INK)
    text.set_fontweight("bold")
    spot = board.find(scene.xy[position], scene.size[position] / 2, measured(text))
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
