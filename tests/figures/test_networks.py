"""The map of a network: legible whatever the graph."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.graph import Graph
from hcpgraph.model.scores import Partition


def words(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(text.get_text() for text in texts)


def on_map(figure, boxes):
    """Labels on the map: all its texts but the title and the caption."""
    frame = figure.axes[0].get_window_extent()
    return [
        (text, box) for text, box in boxes(figure.axes[0])
        if box.y1 <= frame.y1 + 1 and box.y0 >= frame.y0 - 1
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["slide", "print"])
@pytest.mark.parametrize("accounts", [1, 2, 5, 30, 300])
def test_labels_never_overlap_and_stay_on_the_map(
    make_graph, make_ranking, boxes, assert_apart, accounts, page
):
    """No label lies on another or beyond the map, on either page."""
    graph = make_graph(accounts, 4, 5 * accounts)
    ranking = make_ranking(np.arange(min(accounts, 40)))

    figure = figures.network(graph, ranking, labels=25, page=page)

    labels = on_map(figure, boxes)
    frame = figure.axes[0].get_window_extent()
    assert len(labels) >= min(accounts, 15)
    assert_apart(labels)
    for text, box in labels:
        assert frame.x0 <= box.x0, text
        assert box.x1 <= frame.x1, text


@pytest.mark.parametrize("page", ["slide", "print"])
def test_legend_keeps_to_its_column(
    make_graph, make_ranking, boxes, assert_apart, page
):
    """Nothing of the column overlaps, leaves the page or reaches the map."""
    graph = make_graph(300, 12, 1500)
    names = [f"Prof. Dr. Dr. h.c. {'Wolfeschlegel' * 3} {i}" for i in range(40)]

    figure = figures.network(
        graph, make_ranking(np.arange(40), names=names), labels=40, page=page
    )

    column = boxes(figure.axes[1])
    assert_apart(column)
    assert min(box.x0 for _, box in column) >= figure.axes[0].get_window_extent().x1
    assert max(box.x1 for _, box in column) <= figure.bbox.x1
    assert min(box.y0 for _, box in column) >= 0


def test_who_finds_no_room_is_numbered_or_counted(make_graph, make_ranking):
    """Named on the map, numbered in the column, or counted below: nobody vanishes."""
    graph = make_graph(60, 1, 900)
    names = [f"Maximiliane Grunwald-{i:02d}" for i in range(60)]

    figure = figures.network(
        graph, make_ranking(np.arange(60), names=names), labels=60, page="print"
    )

    shown = words(figure)
    assert "Numbered on the map" in shown
    named = sum(f"Grunwald-{i:02d}" in shown for i in range(60))
    left_out = (
        int(shown.split("No room for ")[1].split()[0]) if "No room" in shown else 0
    )
    assert named + left_out == 60


def test_forty_communities_have_eight_colours_and_grey(make_graph):
    """Communities beyond the palette are grey and said to be."""
    graph = make_graph(400, 40, 1600)
    partition = Partition("planted", graph.ids, (np.arange(400) % 40).astype(np.int32))

    shown = words(figures.network(graph, partition=partition))

    assert "Community 8" in shown
    assert "Community 9" not in shown
    assert "32 other communities" in shown
    assert "320 accounts" in shown


def test_one_community(make_graph):
    """A graph of one community has one entry and no number on the map."""
    graph = make_graph(20, 1, 60)
    partition = Partition("one", graph.ids, np.zeros(20, np.int32))

    figure = figures.network(graph, partition=partition, labels=0)

    assert "Community 1 20 accounts" in words(figure)
    assert not figure.axes[0].texts


def test_equal_ties_give_equal_dots():
    """Where all receive the same, all dots have one middling size."""
    ring = np.arange(12)

    figure = figures.network(Graph.from_edges(ring, (ring + 1) % 12))

    dots = figure.axes[0].collections[-1]
    assert len(np.unique(dots.get_sizes())) == 1


def test_no_ties_at_all(make_ranking):
    """Accounts without ties are drawn, and the caption says that none is tied."""
    empty = np.empty(0, int)
    graph = Graph.from_edges(empty, empty, ids=np.arange(7))

    shown = words(figures.network(graph, make_ranking(np.arange(3))))

    assert "7 accounts, 0 ties" in shown
    assert "No ties to draw." in shown
    assert "In no community" in shown


def test_caption_says_how_many_ties_are_drawn(make_graph):
    """A graph with more ties than a page shows is thinned, and said to be."""
    graph = make_graph(1500, 6, 9000)

    figure = figures.network(graph, labels=0)

    (lines,) = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    assert len(lines.get_segments()) == 2500
    assert f"2,500 of {graph.n_edges:,} ties drawn" in words(figure)
    assert lines.get_rasterized()


def test_names_are_those_of_the_ranking(make_graph, make_ranking):
    """Name, else @handle, else id."""
    graph = make_graph(3, 1, 30)
    ranking = make_ranking(np.arange(2), names=["Ana Ruiz", None])

    shown = words(figures.network(graph, ranking))

    assert "Ana Ruiz" in shown
    assert "@user_1" in shown
    assert "the first 2 of the ranking by score" in shown


def test_without_ranking_the_most_attended_are_labelled_by_id():
    """The account that most ties run to is labelled, and no more than asked for."""
    graph = Graph.from_edges(["a1", "b2", "c3"], ["hub9", "hub9", "a1"])

    figure = figures.network(graph, labels=1)

    texts = [text.get_text() for text in figure.axes[0].texts]
    assert "hub9" in texts
    assert "b2" not in texts


def test_other_scripts_and_signs_are_drawn_without_a_warning(
    make_graph, make_ranking, tmp_path
):
    """A name without a font gives way to the handle; signs of markup stay signs."""
    names = [
        "张伟",
        "محمد علي",
        "山田 太郎",
        "$x_1$ & <b>",
        "_under",
        "Ana 🧬 Ruiz",
        "Ольга",
    ]
    ranking = make_ranking(np.arange(7), names=names)

    figure = figures.network(make_graph(20, 2, 80), ranking)
    figures.save(figure, tmp_path / "scripts.png", dpi=50)
    figures.save(figures.ranking(ranking), tmp_path / "ranking.svg")

    shown = words(figure)
    assert "$x_1$ & <b>" in shown
    assert "Ana Ruiz" in shown
    assert "Ольга" in shown
    assert "张伟" in shown or "@user_0" in shown


def test_long_titles_and_names_are_cut(make_graph, make_ranking, boxes):
    """What is too long ends in an ellipsis instead of leaving the page."""
    ranking = make_ranking(np.arange(3), names=["W" * 200] * 3)

    figure = figures.network(make_graph(9, 1, 30), ranking, title="M" * 300)

    for axes in figure.axes:
        assert all(box.x1 <= figure.bbox.x1 for _, box in boxes(axes))
    assert words(figure).count("\N{HORIZONTAL ELLIPSIS}") >= 4


def test_ids_of_text_find_their_names(make_ranking):
    """Ranking and graph meet in the id as text, whatever its kind."""
    graph = Graph.from_edges(["0", "1"], ["1", "0"])

    assert "Amara Abel 0" in words(figures.network(graph, make_ranking([0, 1])))


def test_nothing_to_draw_is_said():
    """A graph without accounts is refused in words."""
    empty = np.empty(0, int)

    with pytest.raises(FigureError, match="nothing to draw: the graph has no accounts"):
        figures.network(Graph.from_edges(empty, empty))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"labels": -1}, "labels must be at least 0"),
        ({"page": "poster"}, "slide, print"),
    ],
)
def test_wrong_options_are_refused(make_graph, options, said):
    """A slip in an option is named."""
    with pytest.raises(ValueError, match=said):
        figures.network(make_graph(3, 1, 9), **options)
