"""Communities beside each other: sizes, cohesion and flows as they are."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PatchCollection

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.graph import Graph
from hcpgraph.model.scores import Partition


def words(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(text.get_text() for text in texts)


def split(graph, label):
    return Partition("planted", graph.ids, np.asarray(label, np.int32), 0.5)


def cells(figure):
    """Texts of the matrix by (row, column)."""
    return {
        (int(text.get_position()[1]), int(text.get_position()[0])): text.get_text()
        for text in figure.axes[2].texts
        if text.get_text().isdigit() and text.get_transform() == text.axes.transData
    }


@pytest.fixture
def pair():
    """Two communities; one pays three in four of its attention to itself."""
    return Graph.from_edges(
        ["a", "b", "c", "a", "d", "e"],
        ["b", "c", "a", "d", "e", "a"],
        [1.0, 1.0, 1.0, 1.0, 3.0, 1.0],
    )


def test_bars_and_cells_are_the_shares_of_attention(pair):
    """Size, cohesion and flows are those of the graph, weights included."""
    figure = figures.communities(pair, split(pair, [0, 0, 0, 1, 1]))

    assert [bar.get_width() for bar in figure.axes[0].patches] == [3, 2]
    stays = [bar.get_width() for bar in figure.axes[1].patches]
    assert stays == [1.0, 0.75, 1.0, 0.75]  # of each row the whole, then the share
    assert cells(figure) == {(0, 0): "75", (0, 1): "25", (1, 0): "25", (1, 1): "75"}


def test_many_communities_share_a_last_row(make_graph):
    """Beyond eleven the rest are one row; every account is in one."""
    graph = make_graph(600, 40, 3000)

    figure = figures.communities(graph, split(graph, np.arange(600) % 40))

    sizes = [bar.get_width() for bar in figure.axes[0].patches]
    assert len(sizes) == 12
    assert sum(sizes) == 600
    assert "29 other communities" in words(figure)
    (drawn,) = [c for c in figure.axes[2].collections if isinstance(c, PatchCollection)]
    assert len(drawn.get_paths()) == 144


def test_names_leaders_and_agreement_are_said(pair):
    """A named community says who leads it, another is called by its leader."""
    figure = figures.communities(
        pair,
        split(pair, [0, 0, 0, 1, 1]),
        names={0: "Mostly Norway"},
        leaders={0: "Ana Ruiz", 1: "Bo Li"},
        agreement=0.876,
        title="Asthma",
    )

    shown = words(figure)
    assert "Asthma 2 communities of 5 accounts" in shown
    assert "agreement between seeds 0.88" in shown
    assert "Mostly Norway led by Ana Ruiz" in shown
    assert "Bo Li" in shown


@pytest.mark.parametrize("page", ["slide", "print"])
def test_long_names_and_other_scripts_keep_to_their_column(pair, page):
    """A name is cut before the bars; what no font can draw becomes a square."""
    names = {
        0: "Wolfeschlegelsteinhausenbergerdorff " * 4,
        1: "肺 \N{CUNEIFORM SIGN A}",
    }

    figure = figures.communities(
        pair, split(pair, [0, 0, 0, 1, 1]), names=names, page=page
    )
    figure.canvas.draw()

    edge = figure.axes[0].get_window_extent().x0
    written = [
        t for t in figure.axes[0].texts if "\N{HORIZONTAL ELLIPSIS}" in t.get_text()
    ]
    assert len(written) == 1
    assert written[0].get_window_extent().x1 <= edge + 1
    assert "\N{WHITE SQUARE}" in words(figure)


def test_nothing_to_draw_is_said():
    """Without two accounts in one community there is nothing to compare."""
    empty = np.empty(0, int)
    graph = Graph.from_edges(empty, empty, ids=np.arange(3))

    with pytest.raises(FigureError, match="nothing to draw: no community has two"):
        figures.communities(graph, split(graph, [0, 1, 2]))


def test_communities_without_ties_have_no_shares():
    """A given partition of people without ties is drawn as what it is."""
    empty = np.empty(0, int)
    graph = Graph.from_edges(empty, empty, ids=np.arange(4))

    shown = words(figures.communities(graph, split(graph, [0, 0, 1, 1])))

    assert shown.count("no outgoing ties") == 2
    assert "No ties in this network." in shown


def test_a_partition_of_another_graph_is_refused(pair):
    """Communities must be of the accounts that are drawn."""
    other = Partition("planted", np.arange(2), np.zeros(2, np.int32))

    with pytest.raises(ValueError, match="the partition is of another graph"):
        figures.communities(pair, other)
