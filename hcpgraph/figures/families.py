"""Two families of layers against each other: a dot a person, rank against rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.errors import FigureError
from hcpgraph.figures.label_placement import LabelPlacement
from hcpgraph.figures.legend import LINE, place_dot, write
from hcpgraph.figures.naming import name_beside
from hcpgraph.figures.page_layout import fitted, measured, page_layout
from hcpgraph.figures.style import (
    FAMILY_COLOURS,
    HAIRLINE,
    SOFT_INK,
    page_named,
    styled,
)
from hcpgraph.figures.titles import (
    WHOLE,
    foot_of,
    head_of,
    wrapped,
    write_foot,
    write_head,
)
from hcpgraph.figures.wording import called
from hcpgraph.model.colours import OTHER
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.model.families import FamilyPair

    Reals = NDArray[np.float64]

_LEFT, _BELOW, _RIM = 5.2, 3.6, 1.4  # room around the dots, over type size
_DOT: Final = (0.55, 2.4)  # diameter over type size, of one person and at most
_MARKS: Final = (1, 2, 3, 5)  # digits that ranks are marked at, fewer on long axes
_NUMBER: Final = 3.4  # width of a column of ranks, over type size


def families(
    pair: FamilyPair, *, title: str | None = None, page: str = "slide"
) -> Figure:
    """Two families of layers: the rank of each person by the ties of either alone.

    A dot a person with ties of both, the first of each list at the right and at the
    top; a larger dot stands for several people with equal ranks. On the diagonal both
    ranks are alike. The people furthest from it are named, and listed with their ranks.

    Args:
        pair: the ranks, and the names of those who are named.
        title: the area by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if nobody has ties of both.
        ValueError: if there is no such *page*.
    """
    paper = page_named(page)
    if not len(pair):
        raise FigureError("nothing to draw: nobody has ties of both families")
    with styled():
        figure, plane, column = page_layout(paper, head_of(paper), foot_of(paper, 2))
        xy = _points(plane, pair, paper)
        _draw_scales(plane, pair, paper)
        named = _draw_dots(plane, pair, xy, paper)
        listed = _list_people(column, pair, paper)
        write_head(plane, title or pair.area or WHOLE, _headline(pair), paper)
        said = _sentences(pair, named, listed)
        write_foot(plane, wrapped(plane, said, paper), paper)
    return figure


def _box(plane: Axes, paper: Page) -> tuple[Reals, Reals]:
    """Lower left and upper right corner of the room for dots, in points."""
    size = np.array([plane.get_xlim()[1], plane.get_ylim()[1]])
    low = np.array([_LEFT, _BELOW]) * paper.text
    return low, size - _RIM * paper.text


def _points(plane: Axes, pair: FamilyPair, paper: Page) -> Reals:
    """Where each person stands, shape (n, 2)."""
    low, high = _box(plane, paper)
    return np.asarray(low + pair.places().T * (high - low))


def _draw_scales(plane: Axes, pair: FamilyPair, paper: Page) -> None:
    """Lines at round ranks, the diagonal, and what each axis shows."""
    low, high = _box(plane, paper)
    for axis in (0, 1):
        for rank, place in _marks(pair.of[axis]):
            at = low[axis] + place * (high[axis] - low[axis])
            ends = [low[1 - axis], high[1 - axis]]
            line = ([at, at], ends) if axis == 0 else (ends, [at, at])
            plane.plot(*line, color=HAIRLINE, lw=0.6, zorder=1)
            spot = (
                (at, low[1] - paper.text)
                if axis == 0
                else (low[0] - 0.6 * paper.text, at)
            )
            plane.text(
                spot[0], spot[1], f"{rank:,}", fontsize=paper.small, color=SOFT_INK,
                ha="center" if axis == 0 else "right", va="center",
            )  # fmt: skip
    plane.plot(*zip(low, high, strict=True), color=SOFT_INK, lw=0.9, ls=(0, (5, 3)))
    middle = (low + high) / 2
    for axis, family in enumerate(pair.families):
        words = f"rank by {family} ties (of {pair.of[axis]:,}); first "
        words += "at the right" if axis == 0 else "at the top"
        spot = (
            (middle[0], 0.7 * paper.text)
            if axis == 0
            else (0.7 * paper.text, middle[1])
        )
        plane.text(
            spot[0], spot[1], words, fontsize=paper.text, color=FAMILY_COLOURS[family],
            ha="center", va="center", rotation=90 if axis else 0,
        )  # fmt: skip


def _marks(of: int) -> list[tuple[int, float]]:
    """Round ranks and where they lie, from 1 for the first to 0 for the last.

    >>> [rank for rank, _ in _marks(412)], [rank for rank, _ in _marks(8)]
    ([1, 3, 10, 30, 100, 412], [1, 2, 3, 5, 8])
    """
    last = max(of, 2)
    digits = _MARKS if last < 50 else (1, 3)
    every = [digit * 10**power for power in range(10) for digit in digits]
    # a mark that would touch that of the last rank gives way
    ranks = [rank for rank in every if rank < last ** (1 - 0.08 - 0.02 * (last > 50))]
    return [(rank, 1.0 - float(np.log(rank) / np.log(last))) for rank in [*ranks, last]]


def _draw_dots(plane: Axes, pair: FamilyPair, xy: Reals, paper: Page) -> int:
    """A dot for all people with the same two ranks, and names beside; how many."""
    spots, which, people = np.unique(
        pair.ranks, axis=1, return_inverse=True, return_counts=True
    )
    least, most = (size * paper.text for size in _DOT)
    size = np.minimum(least * np.sqrt(people), most)
    rows = np.array(list(pair.names), np.intp)
    colour = np.full(spots.shape[1], OTHER, object)
    for row in rows.tolist():
        colour[which[row]] = FAMILY_COLOURS[_stronger(pair, row)]
    centre = np.empty((spots.shape[1], 2))
    centre[which] = xy
    plane.scatter(
        centre[:, 0], centre[:, 1], s=size**2, c=colour.tolist(),
        edgecolors="white", linewidths=0.5,
        zorder=3, clip_on=False,
    )  # fmt: skip
    width, height = plane.get_xlim()[1], plane.get_ylim()[1]
    placement = LabelPlacement(width, height, centre)
    low, _ = _box(plane, paper)
    placement.take(np.array([low[0] / 2, height / 2]), np.array([low[0], height]))
    placement.take(np.array([width / 2, low[1] / 2]), np.array([width, low[1]]))
    for row in rows.tolist():
        placement.take(xy[row], np.full(2, size[which[row]]))
    return sum(
        name_beside(plane, placement, name, paper, (xy[row], size[which[row]] / 2))
        for row, name in _names(pair)
    )


def _names(pair: FamilyPair) -> list[tuple[int, str]]:
    """Row and name of each person that has one, in their order."""
    return [
        (row, called(name, handle, account))
        for row, (account, handle, name) in pair.names.items()
    ]


def _stronger(pair: FamilyPair, row: int) -> str:
    """The family in which a person stands higher."""
    first, second = pair.places()[:, row]
    return pair.families[0 if first > second else 1]


def _list_people(column: Axes, pair: FamilyPair, paper: Page) -> int:
    """Named people with both ranks, by the family in which they stand higher."""
    width, y = column.get_xlim()[1], column.get_ylim()[1] - 0.6 * LINE * paper.text
    number = _NUMBER * paper.small
    listed, line = 0, LINE * paper.small
    for axis, family in enumerate(pair.families):
        rows = [one for one in _names(pair) if _stronger(pair, one[0]) == family]
        if not rows or y < 4 * line:
            continue
        dot = (0.5 * paper.text, y)
        place_dot(column, dot, 0.8 * paper.text, FAMILY_COLOURS[family])
        head = fitted(column, f"higher by {family} ties", paper.text, width)
        write(column, 1.4 * paper.text, y, head, paper.text, weight="bold")
        y -= 1.2 * line
        for place, words in enumerate(pair.families):
            _write_right(column, width - (1 - place) * number, y, words[:3], paper)
        for row, name in rows:
            if y < (1 if axis else 6) * line:
                break
            y -= line
            shown = fitted(column, name, paper.small, width - 2 * number)
            write(column, 0, y, shown, paper.small)
            for place in (0, 1):
                rank = f"{pair.ranks[place, row]:,}"
                _write_right(column, width - (1 - place) * number, y, rank, paper)
            listed += 1
        y -= 1.8 * line
    return listed


def _write_right(column: Axes, x: float, y: float, words: str, paper: Page) -> None:
    """Words that end at *x*."""
    text = write(column, x, y, words, paper.small, colour=SOFT_INK)
    text.set_position((x - float(measured(text)[0]), y))


def _headline(pair: FamilyPair) -> str:
    """What the figure shows, in one line."""
    first, second = pair.families
    people = count(len(pair), "person", "people")
    return f"Standing by {first} and by {second} ties: {people} with both"


def _sentences(pair: FamilyPair, named: int, listed: int) -> list[str]:
    """How to read it, and what is left out."""
    first, second = pair.families
    said = [
        "Dot: a person, or several with equal ranks;"
        f" {count(pair.of[0], 'person has', 'people have')} {first} ties,"
        f" {pair.of[1]:,} {second} ties. Logarithmic scales.",
        "Dashed line: equal standing in both.",
        f"Listed: {count(listed, 'person', 'people')} furthest from it.",
    ]
    if not pair.names:
        return [*said[:2], "Everybody stands on it."]
    if named < len(pair.names):
        said.append(f"No room for {count(len(pair.names) - named, 'more label')}.")
    return said
