"""What surrounds every figure: a title, a line under it, and sentences at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.figures.page_layout import fitted
from hcpgraph.figures.style import INK, SOFT_INK
from hcpgraph.figures.wording import legible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hcpgraph.figures.style import Page

WHOLE: Final = "The whole study"
_POINTS: Final = 72
_LINE: Final = 1.4  # line height over type size
_TITLE: Final = 1.35  # height of the title over its type size


def head_of(paper: Page) -> float:
    """Inches from the upper edge to where a figure may begin."""
    return paper.margin + (_TITLE * paper.title + 2.0 * paper.text) / _POINTS


def foot_of(paper: Page, lines: int) -> float:
    """Inches from the lower edge to where a figure may end, with so many lines."""
    return paper.margin + (lines * _LINE + 0.6) * paper.small / _POINTS


def write_head(axes: Axes, where: str, what: str, paper: Page) -> None:
    """The title, and under it what is shown; what is too long is cut.

    Args:
        axes: any axes of the figure.
        where: the title: an area or a study.
        what: what the figure shows of it, as a clause.
        paper: the page.
    """
    figure = _figure(axes)
    width = (paper.width - 2 * paper.margin) * _POINTS
    wide, high = figure.get_size_inches()
    top = high - paper.margin
    lines = (
        (where, paper.title, INK, "bold", 0.0),
        (what, paper.text, SOFT_INK, "normal", _TITLE * paper.title),
    )
    for words, size, colour, weight, down in lines:
        figure.text(
            paper.margin / wide,
            (top - down / _POINTS) / high,
            fitted(axes, legible(words), size, width, weight=weight),
            fontsize=size,
            fontweight=weight,
            color=colour,
            va="top",
            parse_math=False,
        )


def write_foot(axes: Axes, lines: Iterable[str], paper: Page) -> None:
    """Lines at the lower edge, as ``wrapped`` gives them."""
    figure = _figure(axes)
    wide, high = figure.get_size_inches()
    figure.text(
        paper.margin / wide,
        paper.margin / high,
        "\n".join(lines),
        fontsize=paper.small,
        color=SOFT_INK,
        va="bottom",
        linespacing=_LINE,
        parse_math=False,
    )


def wrapped(axes: Axes, sentences: Iterable[str], paper: Page) -> list[str]:
    """Sentences on as few lines as they need, each as wide as the page.

    A sentence that is wider than the page goes on in the next line.
    """
    width = (paper.width - 2 * paper.margin) * _POINTS
    lines: list[str] = []
    for word in " ".join(legible(one) for one in sentences).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fitted(axes, longer, paper.small, width) == longer:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _figure(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes are on no figure")
    return figure
