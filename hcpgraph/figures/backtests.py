"""How well past rankings predicted attention: a dot and an interval per method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from hcpgraph.errors import FigureError
from hcpgraph.figures.rows import (
    POINTS,
    beside,
    mark_scale,
    row_axes,
    row_page,
    widest,
)
from hcpgraph.figures.style import (
    CONTRIBUTION_COLOURS,
    INK,
    SOFT_INK,
    page_named,
    styled,
)
from hcpgraph.figures.titles import WHOLE, wrapped, write_foot, write_head
from hcpgraph.model.colours import OTHER
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.table import Table

    Reals = NDArray[np.float64]

_ROW: Final = (1.9, 4.2)  # height of a row over type size, least and most
_PRODUCT: Final = CONTRIBUTION_COLOURS["reach"]
_GAP: Final = 1.2  # between words and dots, over type size
_VERDICTS: Final = {"ahead": _PRODUCT, "level": SOFT_INK, "behind": "#b04a00"}
_PALE: Final = "#dfe2e6"
_CHANCE: Final = ("random", "negative control")  # as good as chance, far below others
_ENDS: Final = ("_low", "_high")  # of the columns of an interval


def backtest(
    found: Backtest, *, title: str | None = None, page: str = "slide"
) -> Figure:
    """Accuracy of past rankings (NDCG), beside baseline rankings.

    A row a method: a dot at its mean NDCG over all cut-offs, a line over its 90 %
    interval; thin, each cut-off as a line of its own. At the right the difference to
    hcpgraph and its 90 % interval. Random order and the negative control are written
    at the rim where they lie below all others, as they would compress the scale.

    Args:
        found: of one area.
        title: the area and what is shown, by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if the backtest covers several areas.
        ValueError: if there is no such *page*.
    """
    paper = page_named(page)
    if "area" in found.table.names:
        raise FigureError("the backtest covers several areas; draw one of them")
    with styled():
        figure, axes = _page(found, paper)
        _draw_cut_offs(axes, found.table, paper)
        _draw_methods(axes, found.table, paper)
        _write_methods(axes, found.table, paper)
        _write_differences(axes, found.table, paper)
        _write_around(axes, found, title or found.area or WHOLE, paper)
    return figure


def _page(found: Backtest, paper: Page) -> tuple[Figure, Axes]:
    """A page with room for words at both sides."""
    figure, low, high = row_page(
        paper,
        len(found),
        above=2.0 * paper.text,
        below=3.4 * paper.small,
        height=_ROW,
    )
    gap = _GAP * paper.text
    methods = widest(figure, map(str, found.table["method"]), paper.text) + gap
    verdicts = widest(figure, _differences(found.table), paper.text) + gap
    left, right = (paper.margin + side / POINTS for side in (methods, verdicts))
    box = (left, low, paper.width - left - right, high)
    axes = row_axes(figure, box, len(found))
    axes.set_xlim(*_span(found.table))
    return figure, axes


def _span(table: Table) -> tuple[float, float]:
    """From the lowest interval that is not off the scale, to somewhat above the top."""
    shown = ~_far(table)
    low = min(
        _reals(table, "low")[shown].min(), np.nanmin(_by_cut_off(table)[:, shown])
    )
    high = max(
        _reals(table, "high")[shown].max(), np.nanmax(_by_cut_off(table)[:, shown])
    )
    rim = 0.04 * (high - low) + 0.005
    return max(float(low - rim), -0.02), min(float(high + rim), 1.02)


def _far(table: Table) -> NDArray[np.bool_]:
    """Which methods lie below all others and would compress the scale."""
    high, low = _reals(table, "high"), _reals(table, "low")
    chance = np.array([method in _CHANCE for method in table["method"]])
    floor = low[~chance].min()
    return np.asarray(chance & (high < floor))


def _by_cut_off(table: Table) -> Reals:
    """NDCG at each cut-off, shape (cut-offs, methods)."""
    at = [n for n in table.names if n.startswith("at_") and not n.endswith(_ENDS)]
    columns = [_reals(table, name) for name in at]
    return np.array([column for column in columns if not np.isnan(column).all()])


def _reals(table: Table, name: str) -> Reals:
    return np.array([np.nan if c is None else float(c) for c in table[name]])


def _draw_cut_offs(axes: Axes, table: Table, paper: Page) -> None:
    """Each cut-off as a thin line through the methods that are on the scale."""
    rows = np.flatnonzero(~_far(table))
    for values in _by_cut_off(table):
        axes.plot(values[rows], rows, color=_PALE, lw=0.8, zorder=1)
        axes.scatter(
            values[rows], rows, s=(0.42 * paper.text) ** 2, color=_PALE,
            edgecolor=OTHER, lw=0.5, zorder=3.5,
        )  # fmt: skip


def _draw_methods(axes: Axes, table: Table, paper: Page) -> None:
    """A whisker over each interval, a dot at the mean over the cut-offs."""
    far = _far(table)
    for row, method in enumerate(table["method"]):
        colour = _PRODUCT if row == 0 else SOFT_INK
        mean, low, high = (_reals(table, n)[row] for n in ("ndcg", "low", "high"))
        if far[row]:
            axes.annotate(
                f"\N{LEFTWARDS ARROW} {mean:.2f} ({low:.2f} to {high:.2f})",
                (0, row), (2, 0),
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
    mark_scale(axes, paper)


def _write_methods(axes: Axes, table: Table, paper: Page) -> None:
    """The name of each method at the left."""
    gap = _GAP * paper.text
    for row, method in enumerate(table["method"]):
        colour, weight = (INK, "normal") if row else (_PRODUCT, "bold")
        beside(
            axes, row, str(method), paper.text, x=-gap,
            align="right", colour=colour, weight=weight,
        )  # fmt: skip


def _write_differences(axes: Axes, table: Table, paper: Page) -> None:
    """The difference of hcpgraph to each method, and its verdict."""
    gap = _GAP * paper.text
    beside(axes, -0.62, "hcpgraph is", paper.text, x=gap, right=True, colour=SOFT_INK)
    for row, (said, verdict) in enumerate(
        zip(_differences(table), table["verdict"], strict=True)
    ):
        if said:
            colour = _VERDICTS[str(verdict)]
            beside(axes, row, said, paper.text, x=gap, right=True, colour=colour)


def _differences(table: Table) -> list[str]:
    """The difference of hcpgraph to each method, its interval and the verdict."""
    values = (_reals(table, f"difference{end}") for end in ("", *_ENDS))
    rows = zip(*values, table["verdict"], strict=True)
    return [
        ""
        if verdict is None
        # rounded first, so that no zero has a sign
        else "{:+.3f} ({:+.3f} to {:+.3f})  {}".format(
            *(round(float(cell), 3) + 0.0 for cell in cells), verdict
        )
        for *cells, verdict in rows
    ]


def _write_around(axes: Axes, found: Backtest, where: str, paper: Page) -> None:
    """The title, and how to read the dots."""
    what = f"Accuracy of past rankings: later top {found.top}, by NDCG"
    write_head(axes, where, what, paper)
    cut_offs = count(len(found.moments), "past cut-off")
    shares = [f"{100 * float(share):g}%" for share in found.moments["share"] if share]
    known = " and ".join(filter(None, [", ".join(shares[:-1]), shares[-1]]))
    label = f"NDCG@{found.top}: 1 is the ideal order"
    axes.set_xlabel(label, fontsize=paper.small, color=SOFT_INK, labelpad=4)
    said = (
        f"Dot: mean over {cut_offs}, after {known} of the interactions; thin lines:"
        " single cut-offs; bar and brackets: 90% bootstrap interval over people.",
        "Later attention: distinct accounts that mention, reply, repost or quote.",
    )
    write_foot(axes, wrapped(axes, said, paper), paper)
