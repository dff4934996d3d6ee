"""The map of a network: communities, leaders, and the ties that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from hcpgraph.errors import FigureError
from hcpgraph.figures.labels import Board, Spot
from hcpgraph.figures.scene import Scene, make_scene
from hcpgraph.figures.sheet import fitted, measured, sheet
from hcpgraph.figures.sidebar import list_numbers, write_sidebar
from hcpgraph.figures.style import INK, SOFT_INK, page_named, styled
from hcpgraph.figures.ties import Backbone, backbone, curves
from hcpgraph.figures.wording import count, drawable, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from hcpgraph.figures.style import Page
    from hcpgraph.graph import Graph
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.scores import Partition

    Reals = NDArray[np.float64]

_MOST_TIES: Final = 2500  # more on one page are a grey cloud
_WITH_ARROWS: Final = 160  # up to so many ties, each shows its direction
_AS_PICTURE: Final = 1500  # ties beyond which vector files hold them as a picture
_LONGEST_NAME: Final = 26
_NO_DISC: Final = 3  # members below which a community gets no disc of its own
_RIM: Final = 2.5  # points of a disc beyond its outermost dot
_BETWEEN: Final = "#7d838c"


def network(
    graph: Graph,
    ranking: Ranking | None = None,
    *,
    partition: Partition | None = None,
    title: str | None = None,
    labels: int = 20,
    seed: int = 0,
    page: str = "slide",
) -> Figure:
    """Who leads which community, and how attention runs between them.

    Each disc is a community, each dot an account, larger the more attention it
    receives. Only the ties that carry the structure are drawn, as many as a
    reader can tell apart; the caption says how many of how many. The foremost
    accounts are labelled, none over another; those for whom there is no room
    carry a number that the right column explains.

    Args:
        graph: direction is attention; ties without weight count 1.
        ranking: whose first accounts are labelled, by name, else @handle, else
            id. None labels those who receive most attention, by id.
        partition: communities to show; Leiden communities by default.
        title: the area of the ranking by default.
        labels: how many accounts to label, at least 0.
        seed: of the community search and the layout.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if the graph has no accounts.
        ValueError: if *labels* is negative, there is no such *page*, or
            *partition* is of another graph.

    >>> from hcpgraph.graph import Graph
    >>> graph = Graph.from_edges(["ann", "bob", "cem"], ["bob", "cem", "ann"])
    >>> network(graph).get_size_inches().tolist()
    [13.333, 7.5]
    """
    if labels < 0:
        raise ValueError(f"labels must be at least 0, got {labels}")
    paper = page_named(page)
    if graph.n_nodes == 0:
        raise FigureError("nothing to draw: the graph has no accounts")
    area = None if ranking is None else ranking.area
    heading = title or (f"Influence network: {area}" if area else "Influence network")
    with styled():
        figure, plane, column = sheet(paper, drawable(heading) or heading)
        scene = make_scene(
            graph,
            ranking,
            partition,
            box=(plane.get_xlim()[1], plane.get_ylim()[1]),
            text=paper.text,
            labels=labels,
            seed=seed,
        )
        shown = backbone(graph, _MOST_TIES)
        _draw_discs(plane, scene)
        heads = _draw_ties(plane, scene, shown)
        _draw_accounts(plane, scene)
        below, room = write_sidebar(column, scene, paper)
        numbered, unnamed = _write_labels(plane, scene, paper, heads=heads, room=room)
        list_numbers(column, numbered, paper, below=below)
        _write_caption(plane, _caption(scene, shown, ranking, unnamed), paper)
    return figure


def _draw_discs(plane: Axes, scene: Scene) -> None:
    """A pale disc behind each community large enough to have a shape."""
    for community, members in enumerate(scene.partition.sizes().tolist()):
        if members < _NO_DISC:
            continue
        plane.add_patch(
            Circle(
                tuple(scene.disc[community]),
                scene.reach[community] + _RIM,
                facecolor=scene.colour(community),
                alpha=0.10,
                linewidth=0,
                zorder=1,
            )
        )


def _draw_ties(plane: Axes, scene: Scene, shown: Backbone) -> Reals:
    """Thin translucent curves in the colour of their community, grey between two.

    Returns:
        Where ties end that show their direction, shape (h, 2); none where they
        are too many for that.
    """
    if not len(shown):
        return np.empty((0, 2))
    label = scene.partition.label
    home, away = label[shown.source], label[shown.target]
    paths = curves(
        scene.xy[shown.source],
        scene.xy[shown.target],
        scene.disc[home],
        scene.disc[away],
    )
    few = float(np.clip(250 / len(shown), 0.0, 1.0))
    palette = np.array([to_rgba(scene.colour(c)) for c in range(len(scene.disc))])
    colours = np.where((home == away)[:, None], palette[home], to_rgba(_BETWEEN))
    colours[:, 3] = 0.28 + 0.32 * few
    lines = LineCollection(
        list(paths), colors=colours, linewidths=0.45 + 0.55 * few, zorder=2
    )
    lines.set_rasterized(len(shown) > _AS_PICTURE)
    plane.add_collection(lines, autolim=False)
    if len(shown) > _WITH_ARROWS:
        return np.empty((0, 2))
    return _draw_arrows(plane, paths, scene.size[shown.target], colours)


def _draw_arrows(plane: Axes, paths: Reals, size: Reals, colours: Reals) -> Reals:
    """A small head where each tie meets the account it pays attention to."""
    end = paths[:, -1]
    way = end - paths[:, -4]
    way /= np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    aside = np.column_stack([-way[:, 1], way[:, 0]])
    tip = end - way * (size / 2 + 0.8)[:, None]
    foot = tip - way * 5.5
    solid = colours.copy()
    solid[:, 3] = 0.9
    heads = np.stack([tip, foot + aside * 2.1, foot - aside * 2.1], axis=1)
    plane.add_collection(
        PolyCollection(list(heads), facecolors=solid, linewidths=0, zorder=3),
        autolim=False,
    )
    return np.asarray(heads.mean(axis=1))


def _draw_accounts(plane: Axes, scene: Scene) -> None:
    """A dot for each account, small ones in front so that none disappears."""
    order = np.argsort(-scene.size, kind="stable")
    leading = np.zeros(len(order), np.bool_)
    leading[list(scene.leaders)] = True
    colours = [scene.colour(c) for c in scene.partition.label[order].tolist()]
    rims = np.where(leading[order], INK, "white")
    faint = np.minimum(scene.size[order] / 12, 0.5)
    plane.scatter(
        scene.xy[order, 0],
        scene.xy[order, 1],
        s=scene.size[order] ** 2,
        c=colours,
        edgecolors=rims.tolist(),
        linewidths=np.where(leading[order], 0.9, faint).tolist(),
        zorder=4,
    )


def _write_labels(
    plane: Axes, scene: Scene, paper: Page, *, heads: Reals, room: int
) -> tuple[list[tuple[int, str]], int]:
    """Name the leaders on the map.

    Args:
        plane: the axes of the map.
        scene: what it shows.
        paper: its type sizes.
        heads: where ties end that show their direction, shape (h, 2).
        room: how many names the column can take.

    Returns:
        The (number, name) pairs that the column must explain, and how many
        leaders are neither named nor numbered.
    """
    board = Board(scene.width, scene.height, np.vstack([scene.xy, heads]))
    for leader in scene.leaders:
        board.take(scene.xy[leader], np.full(2, scene.size[leader]))
    _number_communities(plane, scene, paper, board)
    homeless = [
        leader
        for leader in scene.leaders
        if not _write_label(plane, scene, paper, board, leader)
    ]
    numbered = [
        (number, scene.name(leader))
        for number, leader in enumerate(homeless[:room], start=1)
        if _write_number(plane, scene, paper, board, (leader, number))
    ]
    return numbered, len(homeless) - len(numbered)


def _number_communities(plane: Axes, scene: Scene, paper: Page, board: Board) -> None:
    """The number of each coloured community beside its disc, for grey print."""
    for community in range(scene.coloured if len(scene.disc) > 1 else 0):
        text = _text(plane, str(community + 1), paper.text, scene.colour(community))
        text.set_fontweight("bold")
        spot = board.find(
            scene.disc[community], scene.reach[community] + _RIM, measured(text)
        )
        if spot is None or spot.line is not None:
            text.remove()
        else:
            text.set_position(spot.centre)


def _write_label(
    plane: Axes, scene: Scene, paper: Page, board: Board, leader: int
) -> bool:
    """Name one leader beside its dot; false if there is no room."""
    name = shorten(scene.name(leader), _LONGEST_NAME)
    text = _text(plane, name, paper.text, INK)
    spot = board.find(scene.xy[leader], scene.size[leader] / 2, measured(text))
    if spot is None:
        text.remove()
        return False
    _set(plane, text, spot)
    return True


def _write_number(
    plane: Axes, scene: Scene, paper: Page, board: Board, numbered: tuple[int, int]
) -> bool:
    """Number one leader for whose name there is no room; false if none either."""
    leader, number = numbered
    text = _text(plane, str(number), paper.small, SOFT_INK)
    text.set_fontweight("bold")
    spot = board.find(scene.xy[leader], scene.size[leader] / 2, measured(text))
    if spot is None:
        text.remove()
        return False
    _set(plane, text, spot)
    return True


def _text(plane: Axes, words: str, size: float, colour: str) -> Text:
    """Text with a white halo, still to be put in its place."""
    text = plane.text(
        0, 0, words, fontsize=size, color=colour, ha="center", va="center", zorder=6
    )
    text.set_parse_math(False)
    text.set_path_effects([withStroke(linewidth=size / 4, foreground="white")])
    return text


def _set(plane: Axes, text: Text, spot: Spot) -> None:
    text.set_position(spot.centre)
    if spot.line is not None:
        plane.plot(*zip(*spot.line, strict=True), color=INK, lw=0.6, zorder=5)


def _caption(
    scene: Scene, shown: Backbone, ranking: Ranking | None, unnamed: int
) -> list[str]:
    """What the figure shows and what it leaves out, as sentences."""
    accounts = count(scene.graph.n_nodes, "account")
    drawn = "all drawn"
    if len(shown) < shown.total:
        drawn = (
            f"{len(shown):,} drawn: each account's main tie first, then the least"
            " expected by chance"
        )
    if shown.total == 0:
        drawn = "none to draw"
    said = [f"{accounts}, {count(shown.total, 'tie')} ({drawn})."]
    said.append("A tie runs from who pays attention to who receives it.")
    named = len(scene.leaders) - unnamed
    if ranking is None and named:
        said.append("Labelled: who receives most attention.")
    elif ranking is not None:
        where = f" of the ranking by {ranking.by}"
        said.append(f"Labelled: the first {named}{where} found here.")
    if unnamed:
        said.append(f"No room for {count(unnamed, 'more label')}.")
    return said


def _write_caption(plane: Axes, sentences: list[str], paper: Page) -> None:
    """Sentences under the map, on as many lines as they need."""
    lines = [""]
    width = plane.get_xlim()[1] + paper.column * 72
    for sentence in sentences:
        longer = f"{lines[-1]} {sentence}".strip()
        if fitted(plane, longer, paper.small, width) == longer:
            lines[-1] = longer
        else:
            lines.append(sentence)
    plane.text(
        0,
        -8,
        "\n".join(lines),
        fontsize=paper.small,
        color=SOFT_INK,
        va="top",
        parse_math=False,
    )
