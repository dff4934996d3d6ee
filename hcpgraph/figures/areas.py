"""People by disease areas: who leads where, and who leads in several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.errors import FigureError
from hcpgraph.figures.page_layout import fitted
from hcpgraph.figures.rows import (
    POINTS,
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
    blank,
    page_named,
    styled,
)
from hcpgraph.figures.titles import WHOLE, wrapped, write_foot, write_head
from hcpgraph.figures.wording import legible
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hcpgraph.figures.style import Page
    from hcpgraph.model.ranking import Ranking

_MOST_AREAS: Final = 14  # columns on a page; the areas with most listed people
_ROW: Final = (1.75, 3.2)  # height of a row over type size, least and most
_NAMES: Final = 0.3  # share of the width that names may take
_COLUMN: Final = 13.0  # width of a column over type size, at most
_TURN: Final = 32.0  # degrees by which the names of narrow columns are turned
_TURNED: Final = 5.2  # height of such names over type size
_FIRST: Final = 10  # ranks that count as leading
# From which rank a dot is how large and how dark: first three, first ten, others.
_STEPS: Final = (
    (3, 1.0, CONTRIBUTION_COLOURS["reach"], "white"),
    (_FIRST, 0.86, CONTRIBUTION_COLOURS["resonance"], INK),
    (25, 0.74, "#d6ebf8", INK),
)


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """The rank of each person in each area.

    Attributes:
        people: what to call each, in the order of rows.
        areas: slugs, in the order of columns.
        rank: by row and column; who is not listed there is missing.
        several: rows at the top whose people lead in several areas.
        left_out: areas without a column.
    """

    people: list[str]
    areas: list[str]
    rank: Mapping[tuple[int, int], int]
    several: int
    left_out: int


def areas(
    ranking: Ranking,
    *,
    names: Mapping[str, str] | None = None,
    top: int = 20,
    title: str | None = None,
    page: str = "slide",
) -> Figure:
    """The rank of the leading people in every area.

    A row a person, a column an area, the rank where they meet. People who are among
    the first ten of several areas come first; then those of each area.

    Args:
        ranking: of every area, as ``Study.rank("all")`` gives it, with more people
            than are shown: the rank of a person elsewhere is known only if listed.
        names: what to call areas, by slug; the slugs by default.
        top: how many people to show, at least 1. The page grows with more than fit.
        title: ``"The whole study"`` by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if the list covers fewer than two areas.
        ValueError: if *top* is below 1 or there is no such *page*.
    """
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    paper = page_named(page)
    grid = _grid(ranking, top)
    with styled():
        heads = [legible((names or {}).get(area, area)) for area in grid.areas]
        figure, axes, turned = _page(grid, heads, paper)
        _draw(axes, grid, paper)
        _write_areas(axes, heads, paper, turned=turned)
        write_head(axes, title or WHOLE, _headline(grid), paper)
        write_foot(axes, wrapped(axes, _sentences(ranking, grid), paper), paper)
    return figure


def _grid(ranking: Ranking, top: int) -> _Grid:
    """The people to show, in order, and their ranks."""
    table = ranking.table
    held = {str(c) for c in table["area"]} if "area" in table.names else set()
    if len(held) < 2:
        raise FigureError(
            "nothing to compare: people are listed in"
            f" {count(len(held), 'area')}, and it takes two"
        )
    columns = (*(table[name] for name in ("area", "rank", "id")), people_of(table))
    ranks: dict[str, dict[str, int]] = {}
    called_as: dict[str, str] = {}
    for area, rank, account, name in zip(*columns, strict=True):
        ranks.setdefault(str(account), {})[str(area)] = int(rank or 0)
        called_as.setdefault(str(account), str(name))
    size = {area: sum(area in own for own in ranks.values()) for area in held}
    shown = sorted(held, key=lambda area: (-size[area], area))[:_MOST_AREAS]
    chosen = _choose(ranks, shown, top)
    column = {area: i for i, area in enumerate(shown)}

    def home(account: str) -> tuple[int, int]:
        own = ranks[account]
        return min((own[area], column[area]) for area in shown if area in own)

    def leads(account: str) -> int:
        own = ranks[account]
        return sum(own.get(area, _FIRST + 1) <= _FIRST for area in shown)

    both = [account for account in chosen if leads(account) > 1]
    both.sort(key=lambda account: (-leads(account), home(account), account))
    rest = [account for account in chosen if leads(account) <= 1]
    rest.sort(key=lambda account: (home(account)[1], home(account)[0], account))
    order = [*both, *rest]
    found = {
        (row, column[area]): rank
        for row, account in enumerate(order)
        for area, rank in ranks[account].items()
        if area in column
    }
    people = [called_as[account] for account in order]
    return _Grid(people, shown, found, len(both), len(held) - len(shown))


def _choose(
    ranks: Mapping[str, Mapping[str, int]], areas: list[str], top: int
) -> list[str]:
    """The first of every area, then the second of every area, until there are *top*.

    Among people of one rank, who is listed in more areas comes first.
    """

    def place(account: str) -> tuple[int, int, str]:
        own = [rank for area, rank in ranks[account].items() if area in areas]
        return min(own), -len(own), account

    known = [account for account, own in ranks.items() if set(own) & set(areas)]
    return sorted(known, key=place)[:top]


def _page(grid: _Grid, heads: list[str], paper: Page) -> tuple[Figure, Axes, bool]:
    """A page with room for names at the left, and whether those above are turned."""
    rows, columns = len(grid.people), len(grid.areas)
    ruler = blank(paper.width, paper.height)
    names = (widest(ruler, grid.people, paper.text) + 2.0 * paper.text) / POINTS
    left = paper.margin + min(names, _NAMES * paper.width)
    wide = min(
        paper.width - paper.margin - left - 3.0 * paper.text / POINTS,
        columns * _COLUMN * paper.text / POINTS,
    )
    column = wide * POINTS / columns
    turned = widest(ruler, heads, paper.text) + paper.text > column
    above = (_TURNED if turned else 2.4) * paper.text
    if turned:  # the last name leans beyond its column
        wide = min(wide, paper.width - paper.margin - left - 7.0 * paper.text / POINTS)
    figure, low, high = row_page(paper, rows, above=above, lines=2, height=_ROW)
    axes = row_axes(figure, (left, low, wide, high), rows)
    axes.set_xlim(-0.5, columns - 0.5)
    room = (left - paper.margin) * POINTS
    write_names(axes, grid.people, paper.text, x=-room, room=room - 1.2 * paper.text)
    return figure, axes, turned


def _draw(axes: Axes, grid: _Grid, paper: Page) -> None:
    """A dot with the rank for each person in each area."""
    rows, columns = len(grid.people), len(grid.areas)
    for row in range(rows):
        axes.axhline(row, color=HAIRLINE, lw=0.5, alpha=0.6, zorder=1)
    for column in range(columns):
        axes.axvline(column, color=HAIRLINE, lw=0.5, alpha=0.6, zorder=1)
    if 0 < grid.several < rows:
        axes.axhline(grid.several - 0.5, color=SOFT_INK, lw=0.8, zorder=1)
    for (row, column), rank in grid.rank.items():
        ink = SOFT_INK
        for last, size, colour, words in _STEPS:
            if rank <= last:
                axes.scatter(
                    [column], [row], s=(1.85 * size * paper.text) ** 2, c=[colour],
                    linewidths=0, zorder=2, clip_on=False,
                )  # fmt: skip
                ink = words
                break
        else:
            axes.scatter(
                [column], [row], s=(1.3 * paper.text) ** 2, c=["white"],
                linewidths=0, zorder=2, clip_on=False,
            )  # fmt: skip
        axes.text(
            column, row, f"{rank}", fontsize=paper.small, color=ink, ha="center",
            va="center_baseline", fontweight="bold" if rank <= _FIRST else "normal",
            zorder=3,
        )  # fmt: skip


def _write_areas(axes: Axes, heads: list[str], paper: Page, *, turned: bool) -> None:
    """The name of each area above its column, turned where columns are narrow."""
    box = axes.get_position()
    wide = box.width * paper.width * POINTS / len(heads)
    room = (_TURNED - 1.0) * paper.text / np.sin(np.deg2rad(_TURN)) if turned else wide
    last = (1 - box.x1) * paper.width * POINTS + wide / 2
    for column, name in enumerate(heads):
        left = last + (len(heads) - 1 - column) * wide
        most = min(room, left / np.cos(np.deg2rad(_TURN))) if turned else room
        axes.annotate(
            fitted(axes, name, paper.text, most, weight="bold"),
            (column, 1),
            (0, 0.7 * paper.text),
            xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha="left" if turned else "center",
            va="bottom",
            rotation=_TURN if turned else 0.0,
            rotation_mode="anchor",
            fontsize=paper.text,
            fontweight="bold",
            color=INK,
            parse_math=False,
            annotation_clip=False,
        )


def _headline(grid: _Grid) -> str:
    """What the figure shows, in one line."""
    people = count(len(grid.people), "leading person", "leading people")
    return f"{people} by {count(len(grid.areas), 'area')}; {grid.several} in several"


def _sentences(ranking: Ranking, grid: _Grid) -> list[str]:
    """How to read the figure, and what is left out."""
    by = "" if ranking.by == "score" else f", by {ranking.by}"
    said = [
        f"Number: rank in the area{by}; darkest for the top three, then the top ten and"
        " the top 25. No number: not listed there.",
    ]
    if grid.several:
        said.append("Above the line: among the top ten of several areas.")
    if grid.left_out:
        said.append(f"Not shown: {count(grid.left_out, 'area')} with fewer people.")
    return said
