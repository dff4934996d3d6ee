"""A page with a title, a map and a column, measured in points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.figures.style import blank

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page

_POINTS = 72  # to the inch


def page_layout(paper: Page, head: float, foot: float) -> tuple[Figure, Axes, Axes]:
    """An empty page.

    Args:
        paper: its size.
        head: inches above the map.
        foot: inches below it.

    Returns:
        The figure, the axes of the map and those of the column at its right;
        coordinates of both are points from their lower left corner.
    """
    figure = blank(paper.width, paper.height)
    height = paper.height - foot - head
    width = paper.width - 2 * paper.margin - paper.column
    plane = panel(figure, (paper.margin, foot, width, height))
    gap = 0.06 * paper.column
    column = panel(
        figure, (paper.margin + width + gap, foot, paper.column - gap, height)
    )
    return figure, plane, column


def panel(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Bare axes at (left, bottom, width, height) in inches, in points inside."""
    wide, high = figure.get_size_inches()
    left, bottom, width, height = box
    axes = figure.add_axes(
        (left / wide, bottom / high, width / wide, height / high), frameon=False
    )
    axes.set_xlim(0, width * _POINTS)
    axes.set_ylim(0, height * _POINTS)
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def measured(text: Text) -> NDArray[np.float64]:
    """Width and height of a text in points, shape (2,)."""
    figure = text.get_figure(root=True)
    if figure is None:
        raise ValueError("a text that is on no figure has no size")
    extent = text.get_window_extent()
    return np.array([extent.width, extent.height]) * _POINTS / figure.dpi


def fitted(
    axes: Axes, words: str, size: float, width: float, *, weight: str = "normal"
) -> str:
    """The words, cut with an ellipsis where they are wider than *width* points."""
    text = axes.text(0, 0, words, fontsize=size, fontweight=weight, parse_math=False)
    kept = len(words)
    while measured(text)[0] > width and kept > 1:
        # a first guess by proportion, then letter by letter
        kept = min(kept - 1, int(kept * width / measured(text)[0]) + 1)
        text.set_text(words[:kept].rstrip() + "\N{HORIZONTAL ELLIPSIS}")
    shown = text.get_text()
    text.remove()
    return str(shown)
