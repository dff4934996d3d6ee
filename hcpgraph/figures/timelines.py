"""Responders over time: counts per period, momentum, and bursts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patheffects import withStroke

from hcpgraph.errors import FigureError
from hcpgraph.figures.page_layout import measured
from hcpgraph.figures.rows import (
    POINTS,
    beside,
    people_of,
    row_axes,
    row_page,
    widest,
    write_names,
)
from hcpgraph.figures.style import (
    CONTRIBUTION_COLOURS,
    HAIRLINE,
    SOFT_INK,
    page_named,
    styled,
)
from hcpgraph.figures.titles import WHOLE, wrapped, write_foot, write_head
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.model.timeline import Burst, Timeline

_ROW: Final = (1.6, 4.2)  # height of a row over type size, least and most
_NAMES: Final = 0.26  # share of the width that names may take
_WIDTH: Final = 0.86  # of a period's
_BASE: Final = 0.42  # foot of a row's bars, beneath its middle
_FILLED: Final = 0.8  # of a row's height, for the highest period of all
_LEAST: Final = 0.05  # height of the bar of a single responder, at least
_PERSON: Final = CONTRIBUTION_COLOURS["resonance"]
_BURST: Final = "#b83a00"
_ALL: Final = "#b3b7bd"
_SURE: Final = {True: CONTRIBUTION_COLOURS["reach"], False: SOFT_INK}
# strftime would follow the caller's locale
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_TICKS: Final = 8  # dates under the rows, at most


def timeline(
    course: Timeline,
    *,
    top: int = 20,
    title: str | None = None,
    page: str = "slide",
) -> Figure:
    """Timeline: distinct responders of the leading people, period by period.

    A row a person: a bar for the distinct accounts that responded in each period, to
    one scale for all. The first row is everyone together, to a scale of its own.
    Bursts carry a date and a number; at the right the recent change.

    Args:
        course: of one area.
        top: how many people to show, at least 1. The page grows with more than fit.
        title: the area by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if nobody is listed, or no response has a time.
        ValueError: if *top* is below 1 or there is no such *page*.
    """
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    paper = page_named(page)
    if not len(course):
        raise FigureError("nothing to draw: nobody is listed")
    if not course.dated:
        raise FigureError("nothing to draw: no response to anybody has a time")
    shown = min(top, len(course))
    with styled():
        figure, axes = _page(course, shown, paper)
        _draw_everyone(axes, course, paper)
        _draw_people(axes, course, shown)
        _mark_bursts(axes, course, shown, paper)
        _write_changes(axes, course, shown, paper)
        _mark_time(axes, course, paper)
        write_head(axes, title or course.area or WHOLE, _headline(course, shown), paper)
        write_foot(axes, wrapped(axes, _sentences(course, shown), paper), paper)
    return figure


def _page(course: Timeline, shown: int, paper: Page) -> tuple[Figure, Axes]:
    """A page with names at the left, and room for changes at the right."""
    rows = shown + 1
    figure, low, high = row_page(
        paper,
        rows,
        above=1.6 * paper.text,
        below=2.2 * paper.small,
        lines=2,
        height=_ROW,
    )
    people = people_of(course.table)[:shown]
    gap = 1.2 * paper.text
    names = min(
        widest(figure, [*people, "Everyone"], paper.text) + gap,
        _NAMES * paper.width * POINTS,
    )
    changes = widest(figure, _changes(course)[:shown], paper.text) + gap
    left = paper.margin + names / POINTS
    wide = paper.width - paper.margin - left - changes / POINTS
    axes = row_axes(figure, (left, low, wide, high), rows)
    axes.set_xlim(0, len(course.everyone))
    beside(axes, 0, "Everyone", paper.text, x=-names, weight="bold")
    write_names(axes, ["", *people], paper.text, x=-names, room=names - gap)
    return figure, axes


def _heights(values: NDArray[np.int64], most: int) -> NDArray[np.float64]:
    """Heights of bars, as shares of a row, by the square root of what they show.

    People differ by orders of magnitude; so the quiet still show beside the loud.
    """
    high = _FILLED * np.sqrt(values / max(most, 1))
    return np.where(values > 0, np.maximum(high, _LEAST), 0.0)


def _draw_everyone(axes: Axes, course: Timeline, paper: Page) -> None:
    """Grey bars for all responders, the highest with its number."""
    everyone = course.everyone
    top = int(np.argmax(everyone))
    high = _heights(everyone, int(everyone[top]))
    _draw_bars(axes, 0, high, _ALL)
    axes.annotate(
        f"{int(everyone[top]):,}", (top + _WIDTH / 2, _BASE - high[top]), (0, 1.5),
        textcoords="offset points", ha="center", va="bottom", fontsize=paper.small,
        color=SOFT_INK, annotation_clip=False,
    )  # fmt: skip
    axes.axhline(0.5, color=SOFT_INK, lw=0.8)


def _draw_people(axes: Axes, course: Timeline, shown: int) -> None:
    """A bar for each person and period, to one scale."""
    most = int(course.responders[:shown].max(initial=0))
    colours = np.full(course.responders.shape, _PERSON)
    for burst in course.bursts:
        colours[burst.person, burst.period] = _BURST
    for person in range(shown):
        high = _heights(course.responders[person], most)
        _draw_bars(axes, person + 1, high, colours[person].tolist())
        axes.axhline(person + 1 + _BASE, color=HAIRLINE, lw=0.5, zorder=1)


def _draw_bars(
    axes: Axes, row: int, high: NDArray[np.float64], colours: str | list[str]
) -> None:
    """A bar for each period, standing on the foot of a row; in one collection."""
    left = np.arange(len(high))
    foot = np.full(len(high), row + _BASE)
    corners = (
        *((left, foot), (left, foot - high)),
        *((left + _WIDTH, foot - high), (left + _WIDTH, foot)),
    )
    bars = np.stack([np.column_stack(corner) for corner in corners], axis=1)
    axes.add_collection(
        PolyCollection(list(bars), facecolors=colours, linewidths=0, zorder=2),
        autolim=False,
    )


def _mark_bursts(axes: Axes, course: Timeline, shown: int, paper: Page) -> None:
    """Date and number beside each burst, where they hit no other words."""
    figure = axes.get_figure(root=True)
    periods = len(course.everyone)
    taken: list[tuple[int, float, float]] = []
    wide = axes.get_position().width * (figure.get_size_inches()[0] if figure else 1)
    each = wide * POINTS / periods  # points for a period
    for burst in sorted(course.bursts, key=_loudness):
        if burst.person >= shown:
            continue
        text = axes.annotate(
            f"{_day(burst.at)}: {burst.responders:,}",
            (burst.period + _WIDTH / 2, burst.person + 1),
            (0, 0), textcoords="offset points", va="center", fontsize=paper.small,
            color=_BURST, zorder=4, annotation_clip=False,
        )  # fmt: skip
        text.set_path_effects([withStroke(linewidth=2, foreground="white")])
        words = float(measured(text)[0])
        side = 0.5 * each + 0.3 * paper.small
        middle = (burst.period + _WIDTH / 2) * each
        after = middle + side + words < wide * POINTS
        start = middle + side if after else middle - side - words
        span = (burst.person, start, start + words)
        if any(row == span[0] and a < span[2] and span[1] < b for row, a, b in taken):
            text.remove()
            continue
        taken.append(span)
        text.set_horizontalalignment("left" if after else "right")
        text.set_position((side if after else -side, 0))


def _loudness(burst: Burst) -> tuple[float, int, int]:
    """The most outstanding first."""
    return -burst.responders / max(burst.usual, 0.5), burst.person, burst.period


def _day(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def _start(at: datetime, unit: str, *, new_year: bool) -> str:
    """The first day of a period, as short as it is clear."""
    if unit == "year":
        return str(at.year)
    day = f"{at.day} " if unit in {"day", "week"} else ""
    return f"{day}{_MONTHS[at.month - 1]}{f' {at.year}' if new_year else ''}"


def _changes(course: Timeline) -> list[str]:
    """The recent change for each person, in words."""
    table = course.table
    words = []
    for recent, change in zip(table["recent"], table["change"], strict=True):
        if change is None:
            words.append(f"{recent:,}  from 0" if recent else "none")
        else:
            percent = round(100 * (float(change) - 1))
            shown = f"{percent:+d}%" if percent < 1000 else f"x{float(change):.0f}"
            words.append(f"{recent:,}  {shown}")
    return words


def _write_changes(axes: Axes, course: Timeline, shown: int, paper: Page) -> None:
    """Recent responders and momentum at the right; coloured where significant."""
    gap = 1.2 * paper.text
    beside(
        axes, 0, f"{_stretch(course)}\nand change", paper.small, x=gap, right=True,
        colour=SOFT_INK,
    )  # fmt: skip
    sure = course.table["sure"]
    for person, words in enumerate(_changes(course)[:shown]):
        colour = _SURE[bool(sure[person])]
        beside(
            axes, person + 1, words, paper.text, x=gap, right=True, colour=colour,
            weight="bold" if sure[person] else "normal",
        )  # fmt: skip


def _stretch(course: Timeline) -> str:
    """The last stretch, in words."""
    many = course.stretch > 1
    return f"last {course.stretch} {course.unit}s" if many else f"last {course.unit}"


def _mark_time(axes: Axes, course: Timeline, paper: Page) -> None:
    """Dates under the rows where periods begin, and the stretch that is compared."""
    periods = len(course.everyone)
    step = -(-periods // _TICKS)
    ticks = list(range(0, periods, step))
    starts = [course.starts[tick] for tick in ticks]
    years = [0, *(start.year for start in starts)]
    axes.set_xticks(
        ticks,
        [
            _start(start, course.unit, new_year=start.year != before)
            for start, before in zip(starts, years[:-1], strict=True)
        ],
    )
    axes.tick_params(
        axis="x", labelsize=paper.small, labelcolor=SOFT_INK, length=0, pad=3
    )
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("left")
    axes.grid(axis="x", color=HAIRLINE, lw=0.5, alpha=0.7, zorder=0)
    axes.set_axisbelow(True)
    axes.axvspan(periods - course.stretch, periods, color="#f1f4f7", zorder=0)


def _headline(course: Timeline, shown: int) -> str:
    """What the figure shows, in one line."""
    people = count(shown, "leading person", "leading people")
    begin, end = course.starts[0], course.starts[-1]
    return (
        f"Responders over time: accounts that respond to {people} each {course.unit},"
        f" {_day(begin)} to {_day(end)}"
    )


def _sentences(course: Timeline, shown: int) -> list[str]:
    """How to read the figure, and what it cannot show."""
    most = int(course.responders[:shown].max(initial=0))
    said = [
        f"Highest bar of a person: {count(most, 'account')}; highest bar of everyone:"
        " numbered; square-root scale.",
        f"Shaded: the {_stretch(course)}, compared with as many before, relative to the"
        " whole area; bold: significant (p < .05, adjusted).",
    ]
    if any(burst.person < shown for burst in course.bursts):
        said.append("Dated: bursts, far more responders than expected.")
    if course.undated:
        said.append(
            f"Not shown: {count(course.undated, 'tie')} without a time, such as"
            " follows."
        )
    return said
