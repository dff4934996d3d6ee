"""Pages of rows: a person or a method each, words at the left, marks at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from hcpgraph.figures.page_layout import fitted, measured, panel
from hcpgraph.figures.style import HAIRLINE, INK, SOFT_INK, blank
from hcpgraph.figures.titles import foot_of, head_of
from hcpgraph.figures.wording import called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

    from hcpgraph.figures.style import Page
    from hcpgraph.model.table import Cell, Table

POINTS: Final = 72
_ROW: Final = (1.5, 3.2)  # height of a row over type size, least and most


def row_page(
    paper: Page,
    rows: int,
    *,
    above: float = 0.0,
    below: float = 0.0,
    lines: int = 2,
    height: tuple[float, float] = _ROW,
) -> tuple[Figure, float, float]:
    """A page for so many rows.

    The page is as high as ever while the rows fit, and grows where they do not; few
    rows stay together at the top.

    Args:
        paper: its size.
        rows: how many.
        above: points for a legend between title and rows.
        below: points for an axis beneath the rows.
        lines: of the foot.
        height: of a row over type size, least and most.

    Returns:
        The figure, the lower edge of the rows and their height, in inches.
    """
    head = head_of(paper) + above / POINTS
    foot = foot_of(paper, lines) + below / POINTS
    least, most = (rows * row * paper.text / POINTS for row in height)
    high = float(np.clip(paper.height - head - foot, least, most))
    whole = max(paper.height, high + head + foot)
    return blank(paper.width, whole), whole - head - high, high


def row_axes(figure: Figure, box: tuple[float, float, float, float], rows: int) -> Axes:
    """Bare axes with one row each, the first at the top."""
    axes = panel(figure, box)
    axes.set_ylim(rows - 0.5, -0.5)
    return axes


def widest(figure: Figure, words: Iterable[str], size: float) -> float:
    """Points that the widest of some words takes, set bold."""
    text = figure.text(0, 0, "", fontsize=size, fontweight="bold", parse_math=False)
    width = 0.0
    for word in words:
        text.set_text(word)
        width = max(width, float(measured(text)[0]))
    text.remove()
    return width


def people_of(table: Table) -> list[str]:
    """What to call the person of each row."""
    nothing: list[Cell] = [None] * len(table)
    columns = (
        table[column] if column in table.names else nothing
        for column in ("name", "handle", "id")
    )
    return [called(*cells) for cells in zip(*columns, strict=True)]


def beside(  # noqa: PLR0913 - what a line of words may look like
    axes: Axes,
    row: float,
    words: str,
    size: float,
    *,
    x: float = 0.0,
    right: bool = False,
    colour: str = INK,
    align: Literal["left", "center", "right"] = "left",
    weight: str = "normal",
) -> Annotation:
    """Words at a row, *x* points from the left edge of the axes, or the right one."""
    return axes.annotate(
        words,
        (1 if right else 0, row),
        (x, 0),
        xycoords=axes.get_yaxis_transform(),
        textcoords="offset points",
        ha=align,
        va="center",
        fontsize=size,
        fontweight=weight,
        color=colour,
        parse_math=False,
        annotation_clip=False,
    )


def write_names(
    axes: Axes, names: Iterable[str], size: float, *, x: float, room: float
) -> None:
    """A name at each row, from *x* points off the axes, cut where room ends."""
    for row, name in enumerate(names):
        beside(axes, row, fitted(axes, name, size, room), size, x=x)


def mark_scale(axes: Axes, paper: Page) -> None:
    """Quiet numbers beneath, faint lines behind."""
    axes.tick_params(
        axis="x", labelsize=paper.small, labelcolor=SOFT_INK, length=0, pad=3
    )
    axes.grid(axis="x", color=HAIRLINE, lw=0.5, alpha=0.7, zorder=0)
    axes.set_axisbelow(True)
