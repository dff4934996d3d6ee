"""How well past rankings foretold attention: a dot and an interval per method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from hcpgraph.errors import FigureError
from hcpgraph.figures.sheet import fitted, measured, panel
from hcpgraph.figures.style import (
    CONTRIBUTION_COLOURS,
    HAIRLINE,
    INK,
    OTHER,
    SOFT_INK,
    blank,
    page_named,
    styled,
)
from hcpgraph.figures.wording import count, drawable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.table import Table

    Reals = NDArray[np.float64]

_POINTS: Final = 72
_ROW: Final = (1.9, 4.2)  # height of a row over type size, least and most
_PRODUCT: Final = CONTRIBUTION_COLOURS["reach"]
_GAP: Final = 1.2  # between words and dots, over type size
_VERDICTS: Final = {"ahead": _PRODUCT, "level": SOFT_INK, "behind": "#b04a00"}
_PALE: Final = "#dfe2e6"


def backtest(
    found: Backtest, *, title: str | None = None, page: str = "slide"
) -> Figure:
    """What past rankings foretold, beside rankings that anyone could make.

    A row a method: a dot at its NDCG over all moments, a line over its 90 % interval;
    pale, each moment as a line of its own. At the right stands by how much hcpgraph
    is ahead. Chance is written at the rim where it lies below all others, for it would
    squeeze them.

    Args:
        found: of one area.
        title: the area and what is shown, by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if several areas were judged.
        ValueError: if there is no such *page*.
    """
    paper = page_named(page)
    if "area" in found.table.names:
        raise FigureError("the backtest covers several areas; draw one of them")
    with styled():
        figure, axes = _page(found, paper)
        _draw_moments(axes, found.table, paper)
        _draw_methods(axes, found.table, paper)
        _write_methods(axes, found.table, paper)
        _write_differences(axes, found.table, paper)
        _write_around(figure, axes, found, title, paper)
    return figure


def _page(found: Backtest, paper: Page) -> tuple[Figure, Axes]:
    """A page with room for words at both sides; few rows stay together at the top."""
    rows = len(found)
    head = paper.margin + (2.0 * paper.title + 3.4 * paper.text) / _POINTS
    foot = paper.margin + 6.4 * paper.small / _POINTS
    least, most = (rows * row * paper.text / _POINTS for row in _ROW)
    high = float(np.clip(paper.height - head - foot, least, most))
    height = max(paper.height, high + head + foot)
    figure = blank(paper.width, height)
    gap = _GAP * paper.text / _POINTS
    left = paper.margin + gap + _widest(figure, found.table["method"], paper)
    right = paper.margin + gap + _widest(figure, ["+0.000  behind"], paper)
    box = (left, height - head - high, paper.width - left - right, high)
    axes = panel(figure, box)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xlim(*_span(found.table))
    return figure, axes


def _widest(figure: Figure, words: object, paper: Page) -> float:
    """How wide the widest of some words is, in inches."""
    text = figure.text(0, 0, "", fontsize=paper.text, fontweight="bold")
    widths = []
    for word in words:  # type: ignore[attr-defined]  # a column of a table
        text.set_text(str(word))
        widths.append(float(measured(text)[0]))
    text.remove()
    return max(widths) / _POINTS


def _span(table: Table) -> tuple[float, float]:
    """From the lowest interval that is not off the scale, to somewhat above the top."""
    shown = ~_far(table)
    low = min(_reals(table, "low")[shown].min(), np.nanmin(_by_moment(table)[:, shown]))
    high = max(
        _reals(table, "high")[shown].max(), np.nanmax(_by_moment(table)[:, shown])
    )
    rim = 0.04 * (high - low) + 0.005
    return max(float(low - rim), -0.02), min(float(high + rim), 1.02)


def _far(table: Table) -> NDArray[np.bool_]:
    """Which methods lie below all others and would squeeze them: chance, mostly."""
    high, low = _reals(table, "high"), _reals(table, "low")
    chance = np.array([method == "random" for method in table["method"]])
    floor = low[~chance].min()
    return np.asarray(chance & (high < floor))


def _by_moment(table: Table) -> Reals:
    """NDCG at each moment that was judged, shape (moments, methods)."""
    columns = [_reals(table, name) for name in table.names if name.startswith("at_")]
    return np.array([column for column in columns if not np.isnan(column).all()])


def _reals(table: Table, name: str) -> Reals:
    return np.array([np.nan if c is None else float(c) for c in table[name]])


def _draw_moments(axes: Axes, table: Table, paper: Page) -> None:
    """Each moment as a pale line through the methods that are on the scale."""
    rows = np.flatnonzero(~_far(table))
    for values in _by_moment(table):
        axes.plot(values[rows], rows, color=_PALE, lw=0.8, zorder=1)
        axes.scatter(
            values[rows], rows, s=(0.42 * paper.text) ** 2, color=_PALE,
            edgecolor=OTHER, lw=0.5, zorder=3.5,
        )  # fmt: skip


def _draw_methods(axes: Axes, table: Table, paper: Page) -> None:
    """A whisker over each interval, a dot at the mean over the moments."""
    far = _far(table)
    for row, method in enumerate(table["method"]):
        colour = _PRODUCT if row == 0 else SOFT_INK
        mean, low, high = (_reals(table, n)[row] for n in ("ndcg", "low", "high"))
        if far[row]:
            axes.annotate(
                f"\N{LEFTWARDS ARROW} {mean:.2f}", (0, row), (2, 0),
                xycoords=axes.get_yaxis_transform(), textcoords="offset points",
                va="center", fontsize=paper.small, color=SOFT_INK,
            )  # fmt: skip
            continue
        axes.hlines(
            row, low, high, color=colour, lw=0.22 * paper.small,
            alpha=1.0 if row == 0 else 0.75, zorder=3,
        )  # fmt: skip
        size = (0.95 if row == 0 else 0.72) * paper.text
        axes.scatter(
            mean, row, s=size**2, color=colour, edgecolor="white", lw=0.8,
            zorder=4, label=str(method),
        )  # fmt: skip
    mean = _reals(table, "ndcg")[0]
    axes.axvline(mean, color=_PRODUCT, lw=0.8, alpha=0.35, zorder=1)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.tick_params(
        axis="x", labelsize=paper.small, labelcolor=SOFT_INK, length=0, pad=3
    )
    axes.grid(axis="x", color=HAIRLINE, lw=0.5, alpha=0.6, zorder=0)
    axes.set_axisbelow(True)


def _write_methods(axes: Axes, table: Table, paper: Page) -> None:
    """The name of each method at the left."""
    for row, method in enumerate(table["method"]):
        colour = INK if row else _PRODUCT
        _beside(axes, row, str(method), paper, left=True, colour=colour)


def _write_differences(axes: Axes, table: Table, paper: Page) -> None:
    """By how much hcpgraph is ahead of each method, and whether that is sure."""
    words = zip(table["difference"], table["verdict"], strict=True)
    for row, (difference, verdict) in enumerate(words):
        if difference is not None:
            # rounded first, so that no zero has a sign
            shown = f"{round(float(difference), 3) + 0.0:+.3f}  {verdict}"
            colour = _VERDICTS[str(verdict)]
            _beside(axes, row, shown, paper, left=False, colour=colour)


def _beside(
    axes: Axes, row: float, words: str, paper: Page, *, left: bool, colour: str
) -> None:
    axes.annotate(
        words,
        (0 if left else 1, row),
        ((-1 if left else 1) * _GAP * paper.text, 0),
        xycoords=axes.get_yaxis_transform(),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        fontsize=paper.text,
        fontweight="bold" if left and colour == _PRODUCT else "normal",
        color=colour,
        annotation_clip=False,
        parse_math=False,
    )


def _write_around(
    figure: Figure, axes: Axes, found: Backtest, title: str | None, paper: Page
) -> None:
    """The title, what is at the right, and how to read the dots."""
    _, height = figure.get_size_inches()
    where = title or found.area or "the whole study"
    heading = f"What past rankings foretold: {where}"
    width = (paper.width - 2 * paper.margin) * _POINTS
    figure.text(
        paper.margin / paper.width,
        1 - paper.margin / height,
        fitted(axes, drawable(heading) or heading, paper.title, width, weight="bold"),
        fontsize=paper.title,
        fontweight="bold",
        color=INK,
        va="top",
        parse_math=False,
    )
    _beside(axes, -0.62, "hcpgraph is", paper, left=False, colour=SOFT_INK)
    moments = count(len(found.moments), "past moment")
    shares = [f"{100 * float(share):g}%" for share in found.moments["share"] if share]
    known = " and ".join(filter(None, [", ".join(shares[:-1]), shares[-1]]))
    lines = (
        f"NDCG@{found.top}: 1 is the order that hindsight gives",
        f"Dot: mean over {moments}, with {known} of the acts known; pale lines: each"
        " moment. Bar: 90% of samples of the people judged.",
        "Later attention: distinct accounts that mention, reply, repost or quote.",
    )
    axes.set_xlabel(lines[0], fontsize=paper.small, color=SOFT_INK, labelpad=4)
    foot = "\n".join(fitted(axes, line, paper.small, width) for line in lines[1:])
    figure.text(
        paper.margin / paper.width,
        paper.margin / height,
        foot,
        fontsize=paper.small,
        color=SOFT_INK,
        va="bottom",
        linespacing=1.4,
        parse_math=False,
    )
