"""A ranked list as bars: scores, their contributions, and intervals of ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from hcpgraph.errors import FigureError
from hcpgraph.figures.rows import (
    POINTS,
    beside,
    mark_scale,
    people_of,
    row_axes,
    row_page,
    widest,
    write_names,
)
from hcpgraph.figures.style import (
    CONTRIBUTION_COLOURS,
    HAIRLINE,
    INK,
    SOFT_INK,
    page_named,
    styled,
)
from hcpgraph.figures.titles import WHOLE, wrapped, write_foot, write_head
from hcpgraph.model.colours import OTHER
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.ranks import ranks_of
from hcpgraph.model.table import show
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.table import Table

    Reals = NDArray[np.float64]

_BAR: Final = 0.72  # of a row
_NAMES: Final = 0.3  # share of the width that names may take
_INTERVALS: Final = 0.22  # share of the width for rank intervals, if there are any


def ranking(
    ranking: Ranking,
    *,
    top: int = 20,
    title: str | None = None,
    page: str = "slide",
) -> Figure:
    """The first people of a list, with the parts of their score.

    One bar a person; its pieces are the contributions that sum to the score. Where
    the list says how sure a rank is, a second panel shows the interval of each
    rank; where it does not, there is none. A list ranked by a single measure has
    plain bars.

    Args:
        ranking: people of one area.
        top: how many people to show, at least 1. The page grows with more than
            fit on it.
        title: the area and what it was ranked by, by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if the list is empty, or covers several areas.
        ValueError: if *top* is below 1 or there is no such *page*.

    >>> from hcpgraph.model.ranking import Ranking
    >>> from hcpgraph.model.table import Table
    >>> people = Table({"rank": [1, 2], "id": ["7", "9"], "score": [3.0, 1.5]})
    >>> figure = ranking(Ranking(people, None, "pagerank"))
    >>> [float(bar.get_width()) for bar in figure.axes[0].patches]
    [3.0, 1.5]
    """
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    paper = page_named(page)
    if not len(ranking):
        raise FigureError("nothing to draw: the ranking lists nobody")
    _refuse_several_areas(ranking.table)
    table = ranking.table.head(top)
    with styled():
        figure, axes = _page(table, paper, lines=1)
        _draw_bars(axes[0], table, paper)
        _write_people(axes[0], table, paper)
        if len(axes) > 1:
            _draw_intervals(axes[1], _intervals(table), paper)
        where = title or ranking.area or WHOLE
        write_head(axes[0], where, _headline(ranking, table), paper)
        write_foot(axes[0], wrapped(axes[0], _sentences(ranking, table), paper), paper)
    return figure


def _page(table: Table, paper: Page, lines: int) -> tuple[Figure, list[Axes]]:
    """A page with room for names, axes for bars, and for intervals if any."""
    rows = len(table)
    figure, low, high = row_page(
        paper, rows, above=2.0 * paper.text, below=3.4 * paper.small, lines=lines
    )
    names = widest(figure, people_of(table), paper.text) + _indent(paper)
    left = paper.margin + min(names / POINTS, _NAMES * paper.width)
    wide = paper.width - paper.margin - left
    if not _intervals(table):
        return figure, [row_axes(figure, (left, low, wide, high), rows)]
    side = _INTERVALS * paper.width
    return figure, [
        row_axes(figure, (left, low, wide - side, high), rows),
        row_axes(figure, (left + wide - 0.85 * side, low, 0.85 * side, high), rows),
    ]


def _indent(paper: Page) -> float:
    """Points from the rank to the name, and from the name to the bar."""
    return 4.0 * paper.text


def _refuse_several_areas(table: Table) -> None:
    areas = (
        sorted({str(cell) for cell in table["area"]}) if "area" in table.names else []
    )
    if len(areas) > 1:
        shown = ", ".join(areas[:8]) + (", ..." if len(areas) > 8 else "")
        raise FigureError(
            f"the ranking covers {len(areas)} areas; rank one of them to draw it:"
            f" {shown}"
        )


def _parts(table: Table) -> list[str]:
    """All contributions or none: fewer do not sum to the score."""
    whole = set(CONTRIBUTIONS) <= set(table.names)
    return list(CONTRIBUTIONS) if whole else []


def _numbers(cells: object) -> Reals:
    """A column as numbers; empty cells add nothing to a bar."""
    return np.array([0.0 if cell is None else float(cell) for cell in cells])  # type: ignore[attr-defined]  # a column of a table


def _draw_bars(axes: Axes, table: Table, paper: Page) -> None:
    """Contributions side by side; those below zero to the left of it."""
    parts = _parts(table)
    measured_as: list[str] = list(parts) or ["score"]
    columns = {name: _numbers(table[name]) for name in measured_as}
    y = np.arange(len(table))
    above, below = np.zeros(len(table)), np.zeros(len(table))
    for name, width in columns.items():
        start = np.where(width >= 0, above, below)
        axes.barh(
            y,
            width,
            _BAR,
            left=start,
            color=CONTRIBUTION_COLOURS.get(name, CONTRIBUTION_COLOURS["reach"]),
            edgecolor="white",
            linewidth=0.5,
            label=name,
            zorder=2,
        )
        above, below = above + np.maximum(width, 0), below + np.minimum(width, 0)
    widest = max(float(above.max()), float(-below.min()), 1e-300)
    axes.set_xlim(float(below.min()), float(above.max()) + 0.13 * widest)
    axes.axvline(0, color=HAIRLINE, lw=0.8, zorder=1)
    digits = _digits(widest, columns)
    for row, (end, score) in enumerate(zip(above, table["score"], strict=True)):
        words = "" if score is None else f"{float(score):,.{digits}f}"
        axes.annotate(
            words, (end, row), (0.4 * paper.small, 0), textcoords="offset points",
            va="center", fontsize=paper.small, color=SOFT_INK,
        )  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(5))
    mark_scale(axes, paper)
    if len(parts) > 1:
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.3, ncols=5,
            frameon=False, fontsize=paper.text, handlelength=1, handleheight=1,
            columnspacing=1.4, handletextpad=0.5, borderpad=0,
        )  # fmt: skip
    axes.set_xlabel("score" if parts else "value", fontsize=paper.small, color=SOFT_INK)


def _digits(widest: float, columns: Mapping[str, Reals]) -> int:
    """Decimals that three figures of the widest bar need; none for counts."""
    if all((column == np.round(column)).all() for column in columns.values()):
        return 0
    return int(np.clip(2 - np.floor(np.log10(widest)), 1, 8))


def _write_people(axes: Axes, table: Table, paper: Page) -> None:
    """Rank and name at the left of each bar."""
    if "rank" in table.names:
        ranks = table["rank"]
    else:
        ranks = ranks_of([float(cell or 0.0) for cell in table["score"]]).tolist()
    width = axes.get_position().x0 * paper.width * POINTS
    width -= paper.margin * POINTS
    for row, rank in enumerate(ranks):
        beside(axes, row, show(rank), paper.text, x=-width, colour=SOFT_INK)
    start = -width + 0.64 * _indent(paper)
    room = width - _indent(paper) + 1
    write_names(axes, people_of(table), paper.text, x=start, room=room)


def _intervals(table: Table) -> list[tuple[int, float, float, float]]:
    """(row, rank, low, high) of the people whose rank has an interval."""
    if not {"rank", "rank_low", "rank_high"} <= set(table.names):
        return []
    columns = (table["rank"], table["rank_low"], table["rank_high"])
    return [
        (row, float(rank), float(low), float(high))
        for row, (rank, low, high) in enumerate(zip(*columns, strict=True))
        if rank is not None and low is not None and high is not None
    ]


def _draw_intervals(
    axes: Axes, intervals: list[tuple[int, float, float, float]], paper: Page
) -> None:
    """A whisker from the best to the worst rank, a dot at the rank itself."""
    row, rank, low, high = np.array(intervals).T
    axes.hlines(row, low, high, color=OTHER, lw=0.28 * paper.small, zorder=2)
    axes.scatter(rank, row, s=(0.6 * paper.small) ** 2, color=INK, zorder=3)
    worst = max(float(high.max()), float(rank.max()))
    rim = 0.04 * worst + 0.3  # for the dot of the first and of the last rank
    axes.set_xlim(1 - rim, worst + rim)
    # no rank is 0
    ticks = MaxNLocator(5, integer=True).tick_values(0, worst)
    axes.set_xticks([1.0, *(float(tick) for tick in ticks if 1 < tick <= worst)])
    mark_scale(axes, paper)
    axes.set_xlabel("rank and its interval", fontsize=paper.small, color=SOFT_INK)


def _headline(ranking: Ranking, table: Table) -> str:
    """What the bars show, in one line."""
    people = count(len(table), "person", "people")
    parts = _parts(table)
    made = " and its contributions" if parts else ""
    return f"Leaders: the first {people} by {ranking.by}{made}"


def _sentences(ranking: Ranking, table: Table) -> list[str]:
    """How to read the figure, and who is listed."""
    said = []
    if _intervals(table):
        said.append("Dot: rank; line: 90 % bootstrap interval.")
    said += [f"{note[:1].upper()}{note[1:]}." for note in ranking.notes[:1]]
    return said
