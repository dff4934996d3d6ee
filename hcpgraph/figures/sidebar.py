"""The column beside a map: which colour, which size, which number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.figures.sheet import fitted, measured
from hcpgraph.figures.style import HAIRLINE, INK, OTHER, SOFT_INK
from hcpgraph.figures.wording import count, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from hcpgraph.figures.scene import Scene
    from hcpgraph.figures.style import Page

_LEADING: Final = 2  # members that name a community
_NAME: Final = 20  # characters of each
_LINE: Final = 1.45  # line height over type size


def write_sidebar(column: Axes, scene: Scene, paper: Page) -> tuple[float, int]:
    """Explain colours from the top and sizes at the bottom.

    Returns:
        Where the room between the two begins, and how many names fit there.
    """
    top = _write_communities(column, scene, paper)
    bottom = _write_sizes(column, scene, paper)
    line = _LINE * paper.small
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
    line = _LINE * paper.small
    _write(column, 0, y, "Numbered on the map", paper.small, weight="bold")
    for number, name in numbered:
        y -= line
        _write(column, 0, y, f"{number}", paper.small, colour=SOFT_INK, weight="bold")
        left = 2.2 * paper.small
        shown = fitted(column, name, paper.small, column.get_xlim()[1] - left)
        _write(column, left, y, shown, paper.small)


def _write_communities(column: Axes, scene: Scene, paper: Page) -> float:
    """One entry for each coloured community; where the next line would stand."""
    line = _LINE * paper.text
    width, y = column.get_xlim()[1], column.get_ylim()[1] - 0.6 * line
    _write(column, 0, y, "Communities", paper.text, weight="bold")
    left = 2.2 * paper.text
    sizes = scene.partition.sizes().tolist()
    for community in range(scene.coloured):
        y -= 1.2 * line
        dot = scene.colour(community)
        _dot(column, (0.7 * paper.text, y - 0.35 * line), 1.45 * paper.text, dot)
        mark = _write(
            column, 0.7 * paper.text, y - 0.35 * line, f"{community + 1}", paper.small,
            colour="white", weight="bold",
        )  # fmt: skip
        mark.set_horizontalalignment("center")
        name = _community_name(scene, community) or f"Community {community + 1}"
        shown = fitted(column, name, paper.text, width - left)
        _write(column, left, y, shown, paper.text)
        y -= 0.8 * line
        members = count(sizes[community], "account")
        _write(column, left, y, members, paper.small, colour=SOFT_INK)
    rest = sizes[scene.coloured :]
    if rest:
        y -= 1.2 * line
        _dot(column, (0.7 * paper.text, y - 0.35 * line), 1.45 * paper.text, OTHER)
        words, members = _rest(rest)
        _write(column, left, y, words, paper.text)
        y -= 0.8 * line
        _write(column, left, y, members, paper.small, colour=SOFT_INK)
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


def _community_name(scene: Scene, community: int) -> str:
    """The foremost ranked members of a community; empty if it has none."""
    if not scene.ranked:
        return ""
    ids, label = scene.graph.ids, scene.partition.label
    members = {str(account) for account in ids[label == community].tolist()}
    leading = [name for account, name in scene.names.items() if account in members]
    return ", ".join(shorten(name, _NAME) for name in leading[:_LEADING])


def _write_sizes(column: Axes, scene: Scene, paper: Page) -> float:
    """Dots of known size, at the bottom; where the line above would stand."""
    amounts = _round_amounts(scene.received)
    diameters = scene.diameter(amounts)
    y = 1.2 * paper.small + float(diameters.max()) / 2 + 4
    x = 0.0
    for amount, diameter in zip(amounts.tolist(), diameters.tolist(), strict=True):
        text = _write(column, 0, 0.6 * paper.small, f"{amount:,g}", paper.small)
        half = max(diameter, float(measured(text)[0])) / 2
        x += half
        _dot(column, (x, y), diameter, OTHER)
        text.set_position((x, 0.6 * paper.small))
        text.set_horizontalalignment("center")
        x += half + paper.text
    y += float(diameters.max()) / 2 + 1.2 * paper.text
    unit = "incoming weight" if scene.graph.weight is not None else "incoming ties"
    _write(column, 0, y, unit, paper.small, colour=SOFT_INK)
    y += _LINE * paper.small + 2
    _write(column, 0, y, "Attention received", paper.text, weight="bold")
    y += _LINE * paper.text
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
    chosen = {_round_down(low), top} | ({middle} if low < middle else set())
    return np.array(sorted(chosen))


def _round_down(amount: float) -> float:
    """The amount cut to its first digit."""
    if amount <= 0:
        return 0.0
    digit = 10.0 ** np.floor(np.log10(amount))
    return float(np.floor(amount / digit) * digit)


def _dot(
    column: Axes, middle: tuple[float, float], diameter: float, colour: str
) -> None:
    column.scatter(
        [middle[0]], [middle[1]], s=diameter**2, c=[colour], linewidths=0, zorder=2
    )


def _write(
    column: Axes,
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    colour: str = INK,
    weight: str = "normal",
) -> Text:
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
