"""The legend beside a map: colours, sizes, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.figures.naming import draw_badge
from hcpgraph.figures.page_layout import fitted, measured
from hcpgraph.figures.style import HAIRLINE, INK, SOFT_INK
from hcpgraph.figures.wording import legible, runs_left
from hcpgraph.model.colours import OTHER
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from hcpgraph.figures.map_geometry import MapGeometry
    from hcpgraph.figures.style import Page

_INDENT: Final = 2.2  # from the badge of a community to its name, over type size
_LEADING: Final = 2  # members that name a community
LINE: Final = 1.45  # line height over type size


def write_legend(column: Axes, geometry: MapGeometry, paper: Page) -> tuple[float, int]:
    """Explain colours from the top and sizes at the bottom.

    Returns:
        Where the room between the two begins, and how many names fit there.
    """
    top = _write_communities(column, geometry, paper)
    bottom = _write_sizes(column, geometry, paper)
    line = LINE * paper.small
    return top, max(int((top - bottom - 2 * paper.text) / line) - 1, 0)


def list_numbers(
    column: Axes,
    numbered: Sequence[tuple[int, str]],
    paper: Page,
    *,
    below: float,
) -> None:
    """Explain the numbers on the map, beneath the communities."""
    if not numbered:
        return
    y = below - paper.text
    line = LINE * paper.small
    write(column, 0, y, "Numbered on the map", paper.small, weight="bold")
    for number, name in numbered:
        y -= line
        write(column, 0, y, f"{number}", paper.small, colour=SOFT_INK, weight="bold")
        left = 2.2 * paper.small
        shown = fitted(column, name, paper.small, column.get_xlim()[1] - left)
        write(column, left, y, shown, paper.small)


def _write_communities(column: Axes, geometry: MapGeometry, paper: Page) -> float:
    """One entry for each coloured community; where the next line would stand."""
    line = LINE * paper.text
    width, y = column.get_xlim()[1], column.get_ylim()[1] - 0.6 * line
    write(column, 0, y, "Communities", paper.text, weight="bold")
    left = _INDENT * paper.text
    sizes = geometry.partition.sizes().tolist()
    for community in range(geometry.coloured):
        y -= 1.2 * line
        centre = (0.75 * paper.text, y - 0.35 * line)
        draw_badge(column, centre, community + 1, geometry, paper)
        name, about = _entry(geometry, community)
        first, _, second = name.partition(", ")
        if second and fitted(column, name, paper.text, width - left) != name:
            name = first  # one whole name says more than one and a half
        shown = fitted(column, name, paper.text, width - left)
        write(column, left, y, shown, paper.text)
        y -= 0.8 * line
        said = f"{count(sizes[community], 'account')}{about}"
        shown = fitted(column, said, paper.small, width - left)
        write(column, left, y, shown, paper.small, colour=SOFT_INK)
    rest = sizes[geometry.coloured :]
    if rest:
        y -= 1.2 * line
        place_dot(column, (0.7 * paper.text, y - 0.35 * line), 1.45 * paper.text, OTHER)
        words, members = _rest(rest)
        write(column, left, y, words, paper.text)
        y -= 0.8 * line
        write(column, left, y, members, paper.small, colour=SOFT_INK)
    return y - 0.5 * line


def _rest(sizes: list[int]) -> tuple[str, str]:
    """What is grey on the map.

    >>> _rest([3, 2, 1, 1])
    ('2 other communities', '7 accounts, 2 of them alone')
    >>> _rest([1])
    ('In no community', '1 account')
    """
    alone = sizes.count(1)
    members = count(sum(sizes), "account")
    if alone == len(sizes):
        return "In no community", members
    if alone:
        members += f", {alone:,} of them alone"
    return count(len(sizes) - alone, "other community", "other communities"), members


def _entry(geometry: MapGeometry, community: int) -> tuple[str, str]:
    """What a community is called, and what is said after the number of its members."""
    leading = _foremost(geometry, community)
    if community in geometry.titles:
        about = f", led by {leading[0]}" if leading else ""
        return legible(geometry.titles[community]), about
    # one line of both directions would be set in neither's order
    most = 1 if any(map(runs_left, leading[:_LEADING])) else _LEADING
    return ", ".join(leading[:most]) or f"Community {community + 1}", ""


def _foremost(geometry: MapGeometry, community: int) -> list[str]:
    """The names of the ranked members of a community, the first first."""
    if not geometry.ranked:
        return []
    ids, label = geometry.graph.ids, geometry.partition.label
    members = {str(account) for account in ids[label == community].tolist()}
    return [name for account, name in geometry.names.items() if account in members]


def _write_sizes(column: Axes, geometry: MapGeometry, paper: Page) -> float:
    """Dots of known size, at the bottom; where the line above would stand."""
    amounts = _round_amounts(geometry.received)
    diameters = geometry.diameter(amounts)
    y = 1.2 * paper.small + float(diameters.max()) / 2 + 4
    x = 0.0
    for amount, diameter in zip(amounts.tolist(), diameters.tolist(), strict=True):
        text = write(column, 0, 0.6 * paper.small, f"{amount:,g}", paper.small)
        half = max(diameter, float(measured(text)[0])) / 2
        x += half
        place_dot(column, (x, y), diameter, OTHER)
        text.set_position((x, 0.6 * paper.small))
        text.set_horizontalalignment("center")
        x += half + paper.text
    y += float(diameters.max()) / 2 + 1.2 * paper.text
    unit = "weighted" if geometry.graph.weight is not None else "number of ties"
    write(column, 0, y, unit, paper.small, colour=SOFT_INK)
    y += LINE * paper.small + 2
    write(column, 0, y, "Incoming ties", paper.text, weight="bold")
    y += LINE * paper.text
    column.plot([0, column.get_xlim()[1]], [y, y], color=HAIRLINE, lw=0.8)
    return y


def _round_amounts(received: NDArray[np.float64]) -> NDArray[np.float64]:
    """Up to three round amounts that span those of the accounts.

    >>> import numpy as np
    >>> _round_amounts(np.array([0.0, 3.0, 740.0])).tolist()
    [0.0, 100.0, 700.0]
    >>> _round_amounts(np.array([2.0, 2.0])).tolist()
    [2.0]
    """
    low, high = float(received.min()), float(received.max())
    if low == high:
        return np.array([low])
    top = _round_down(high)
    middle = _round_down(top / 4)
    whole = bool((received == np.round(received)).all())
    if middle <= low or (whole and middle < 1):
        return np.array([_round_down(low), top])
    chosen = {_round_down(low), middle, top}
    return np.array(sorted(chosen))


def _round_down(amount: float) -> float:
    """The amount cut to its first digit."""
    if amount <= 0:
        return 0.0
    digit = 10.0 ** np.floor(np.log10(amount))
    return float(np.floor(amount / digit) * digit)


def place_dot(
    column: Axes,
    middle: tuple[float, float],
    diameter: float,
    colour: str,
    rim: str | None = None,
) -> None:
    """A dot of a legend."""
    column.scatter(
        [middle[0]], [middle[1]], s=diameter**2, c=[colour],
        edgecolors=rim or "none", linewidths=0.9 if rim else 0, zorder=2,
    )  # fmt: skip


def write(
    column: Axes,
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    colour: str = INK,
    weight: str = "normal",
) -> Text:
    """A line of a column, in points from its lower left corner."""
    return column.text(
        x,
        y,
        words,
        fontsize=size,
        color=colour,
        fontweight=weight,
        va="center",
        parse_math=False,
        zorder=3,
    )
