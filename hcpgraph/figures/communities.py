"""Communities side by side: size, share of internal ties, and ties between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from hcpgraph.errors import FigureError
from hcpgraph.figures.page_layout import fitted
from hcpgraph.figures.rows import POINTS, beside, row_axes, row_page, widest
from hcpgraph.figures.style import HAIRLINE, INK, SOFT_INK, page_named, styled
from hcpgraph.figures.titles import WHOLE, wrapped, write_foot, write_head
from hcpgraph.figures.wording import legible
from hcpgraph.graph.rows import row_of_each
from hcpgraph.model.colours import COMMUNITY_COLOURS, OTHER
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Partition

    Reals = NDArray[np.float64]

_MOST: Final = 12  # communities with a row of their own
_ROW: Final = (2.4, 6.5)  # height of a row over type size, least and most
_NAMES: Final = 0.26  # share of the width that names may take
_BARS: Final = 0.13  # share of the width for each of the two bars
_GAP: Final = 0.022  # share of the width between parts
_DARK: Final = 0.45  # shares from which words on a cell are white
_SHADES: Final = LinearSegmentedColormap.from_list("shades", ["#ffffff", "#0072b2"])


@dataclass(frozen=True, slots=True, eq=False)
class _CommunityRows:
    """One row per community; the last may sum up all other communities.

    Attributes:
        names: what to call each, shape (k,).
        about: a second line to each, or nothing.
        size: members, shape (k,).
        flow: weight of the ties from the members of each row to those of each,
            shape (k, k).
        rest: communities that the last row stands for; 0 if it is one like others.
    """

    names: list[str]
    about: list[str]
    size: NDArray[np.int64]
    flow: Reals
    rest: int

    @property
    def share(self) -> Reals:
        """The same, as shares of what each row pays; 0 where a row pays nothing."""
        paid = self.flow.sum(axis=1, keepdims=True)
        return np.asarray(self.flow / np.where(paid > 0, paid, 1.0))

    def colour(self, row: int) -> str:
        """The colour of a community, as the map of the network has it."""
        if row >= len(COMMUNITY_COLOURS) or (self.rest and row == len(self.size) - 1):
            return OTHER
        return COMMUNITY_COLOURS[row]


def communities(
    graph: Graph,
    partition: Partition,
    *,
    names: Mapping[int, str] | None = None,
    leaders: Mapping[int, str] | None = None,
    agreement: float | None = None,
    title: str | None = None,
    page: str = "slide",
) -> Figure:
    """Size of communities, share of internal ties, and ties between communities.

    A row a community: its members, the share of their outgoing weight that stays
    inside (a mark shows the share expected at random), and the shares that go to each
    other community.

    Args:
        graph: ties run from follower to followed; ties without weight count 1.
        partition: its communities.
        names: what to call communities, by number from 0; by *leaders* by default.
        leaders: who leads each, by number from 0.
        agreement: adjusted Rand index between random seeds, 1 for equal communities.
        title: ``"The whole study"`` by default.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if no community has two members.
        ValueError: if there is no such *page*, or *partition* is of another graph.
    """
    paper = page_named(page)
    if not np.array_equal(partition.ids, graph.ids):
        raise ValueError("the partition is of another graph; find its communities")
    if not (partition.sizes() > 1).any():
        raise FigureError("nothing to draw: no community has two members")
    rows = _rows(graph, partition, names or {}, leaders or {})
    with styled():
        figure, *axes = _page(rows, paper)
        _write_names(axes[0], rows, paper)
        _draw_sizes(axes[0], rows, paper)
        _draw_cohesion(axes[1], rows, paper)
        _draw_flow(axes[2], rows, paper)
        write_head(
            axes[0], title or WHOLE, _headline(graph, partition, agreement), paper
        )
        write_foot(axes[0], wrapped(axes[0], _sentences(rows, agreement), paper), paper)
    return figure


def _rows(
    graph: Graph,
    partition: Partition,
    names: Mapping[int, str],
    leaders: Mapping[int, str],
) -> _CommunityRows:
    """The largest communities, and all others as one row."""
    sizes = partition.sizes()
    many = int((sizes > 1).sum())
    own = many if many <= _MOST else _MOST - 1
    row = np.minimum(partition.label, own)
    k = own + int(len(sizes) > own)
    source = row_of_each(graph.indptr)
    cell = row[source].astype(np.int64) * k + row[graph.indices]
    flow = np.bincount(cell, graph.weight, minlength=k * k).reshape(k, k)
    called, about = [], []
    for number in range(own):
        leader = legible(leaders.get(number, ""))
        name = legible(names.get(number, ""))
        called.append(name or leader or f"Community {number + 1}")
        about.append(f"led by {leader}" if leader and name else "")
    rest = len(sizes) - own
    if rest:
        alone = many == own
        said = count(many - own, "other community", "other communities")
        called.append("In no community" if alone else said)
        about.append("")
    size = np.append(sizes[:own], sizes[own:].sum() if rest else [])
    return _CommunityRows(
        called, about, size.astype(np.int64), flow.astype(np.float64), rest
    )


def _page(rows: _CommunityRows, paper: Page) -> tuple[Figure, Axes, Axes, Axes]:
    """Names at the left, two columns of bars, and cells for pairs of communities."""
    k = len(rows.size)
    figure, low, high = row_page(paper, k, above=3.4 * paper.text, lines=2, height=_ROW)
    words = [*rows.names, *(f"{line}  " for line in rows.about)]
    names = (widest(figure, words, paper.text) + 2.6 * paper.text) / POINTS
    left = paper.margin + min(names, _NAMES * paper.width)
    bar, gap = _BARS * paper.width, _GAP * paper.width
    made = []
    for wide in (bar, bar):
        made.append(row_axes(figure, (left, low, wide, high), k))
        left += wide + gap
    # cells need not be wider than twice their height
    wide = min(paper.width - paper.margin - left, 2.0 * high)
    cells = row_axes(figure, (left, low, wide, high), k)
    return figure, made[0], made[1], cells


def _write_names(axes: Axes, rows: _CommunityRows, paper: Page) -> None:
    """Number, name and leader of each community."""
    figure = axes.get_figure(root=True)
    start = axes.get_position().x0 * paper.width * POINTS - paper.margin * POINTS
    room = start - 2.6 * paper.text
    high = axes.get_position().height * (figure.get_size_inches()[1] if figure else 0)
    lift = 0.62 * paper.text * len(rows.size) / (high * POINTS)
    for row, (name, about) in enumerate(zip(rows.names, rows.about, strict=True)):
        _badge(axes, row, -start + 0.75 * paper.text, rows, paper)
        up = lift if about else 0.0
        x = -start + 2.0 * paper.text
        shown = fitted(axes, name, paper.text, room)
        beside(axes, row - up, shown, paper.text, x=x)
        if about:
            shown = fitted(axes, about, paper.small, room)
            beside(axes, row + up, shown, paper.small, x=x, colour=SOFT_INK)


def _badge(axes: Axes, row: int, x: float, rows: _CommunityRows, paper: Page) -> None:
    """The number of a community on its colour, *x* points left of the axes."""
    if rows.rest and row == len(rows.size) - 1:
        return
    pad = 0.28 if row < 9 else 0.06  # two digits fill the same circle
    beside(
        axes, row, f"{row + 1}", paper.small, x=x, align="center", colour="white",
        weight="bold",
    ).set_bbox(
        {"boxstyle": f"circle,pad={pad}", "facecolor": rows.colour(row), "linewidth": 0}
    )  # fmt: skip


def _draw_sizes(axes: Axes, rows: _CommunityRows, paper: Page) -> None:
    """A bar for the members of each community, the number at its end."""
    colours = [rows.colour(row) for row in range(len(rows.size))]
    axes.barh(range(len(rows.size)), rows.size, 0.5, color=colours, zorder=2)
    axes.set_xlim(0, 1.45 * float(rows.size.max()))
    for row, size in enumerate(rows.size.tolist()):
        _at(axes, size, row, f"{size:,}", paper)
    _head(axes, "Accounts", "", paper)


def _draw_cohesion(axes: Axes, rows: _CommunityRows, paper: Page) -> None:
    """A bar for the share of internal ties, a mark at the share expected at random."""
    share = np.diag(rows.share)
    usual = rows.flow.sum(axis=0) / max(float(rows.flow.sum()), 1e-300)
    paying = rows.flow.sum(axis=1) > 0
    axes.set_xlim(0, 1.3)
    for row, (stays, expected) in enumerate(zip(share, usual, strict=True)):
        if rows.rest and row == len(share) - 1:
            continue
        axes.barh(row, 1.0, 0.5, color="#eef0f2", zorder=1)
        if not paying[row]:
            _at(axes, 0.0, row, "no outgoing ties", paper)
            continue
        axes.barh(row, stays, 0.5, color=rows.colour(row), zorder=2)
        axes.plot([expected] * 2, [row - 0.34, row + 0.34], color=INK, lw=1.2)
        _at(axes, 1.0, row, f"{100 * stays:.0f}%", paper)
    _head(axes, "Internal share", "mark: expected at random", paper)


def _at(axes: Axes, x: float, row: int, words: str, paper: Page) -> None:
    axes.annotate(
        words, (x, row), (0.4 * paper.small, 0), textcoords="offset points",
        va="center", fontsize=paper.small, color=SOFT_INK,
    )  # fmt: skip


def _head(axes: Axes, words: str, below: str, paper: Page) -> None:
    """The heading of a column, and a remark under it."""
    for said, up, size, colour in (
        (words, 2.3, paper.text, INK),
        (below, 0.9, paper.small, SOFT_INK),
    ):
        axes.annotate(
            said, (0, 1), (0, up * paper.small), xycoords="axes fraction",
            textcoords="offset points", va="center", fontsize=size, color=colour,
            fontweight="bold" if size == paper.text else "normal",
        )  # fmt: skip


def _draw_flow(axes: Axes, rows: _CommunityRows, paper: Page) -> None:
    """A cell for each pair of communities, darker for a larger share."""
    share = rows.share
    k = len(share)
    axes.set_xlim(-0.5, k - 0.5)
    cells = [
        Rectangle((column - 0.47, row - 0.45), 0.94, 0.9)
        for row in range(k)
        for column in range(k)
    ]
    shades = _SHADES(np.sqrt(share.ravel()))
    axes.add_collection(
        PatchCollection(cells, facecolors=shades, edgecolors=HAIRLINE, linewidths=0.4)
    )
    for row, column in zip(*np.nonzero(share >= 0.005), strict=True):
        white = np.sqrt(share[row, column]) > np.sqrt(_DARK)
        axes.text(
            column, row, f"{100 * share[row, column]:.0f}", fontsize=paper.small,
            ha="center", va="center_baseline",
            color="white" if white else INK,
            fontweight="bold" if row == column else "normal",
        )  # fmt: skip
    for column in range(k):
        other = rows.rest and column == k - 1
        axes.annotate(
            "other" if other else f"{column + 1}", (column, 1), (0, 0.9 * paper.small),
            xycoords=axes.get_xaxis_transform(), textcoords="offset points",
            ha="center", va="center", fontsize=paper.small, fontweight="bold",
            color=SOFT_INK if other else rows.colour(column),
        )  # fmt: skip
    axes.annotate(
        "Ties to each community, in percent", (0, 1), (0, 2.3 * paper.small),
        xycoords="axes fraction", textcoords="offset points", va="center",
        fontsize=paper.text, fontweight="bold", color=INK,
    )  # fmt: skip


def _headline(graph: Graph, partition: Partition, agreement: float | None) -> str:
    """What the figure shows, in one line."""
    groups = int((partition.sizes() > 1).sum())
    parts = [
        f"{count(groups, 'community', 'communities')} of"
        f" {count(graph.n_nodes, 'account')}"
    ]
    if partition.modularity is not None:
        parts.append(f"modularity {partition.modularity:.2f}")
    if agreement is not None:
        parts.append(f"agreement between seeds {agreement:.2f}")
    return ", ".join(parts)


def _sentences(rows: _CommunityRows, agreement: float | None) -> list[str]:
    """How to read the figure."""
    if not rows.flow.any():
        return ["No ties in this network."]
    said = [
        "Rows: source community, columns: target; row percentages of tie weight (below"
        " 0.5 % omitted)."
    ]
    if agreement is not None:
        said.append("Agreement: adjusted Rand index, 1 for equal communities.")
    return said
