"""A plan on the map: everyone in their part."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from hcpgraph import figures
from hcpgraph.figures.plans import ROLES, make_plan
from hcpgraph.graph import Graph
from hcpgraph.model.prospects import Prospects
from hcpgraph.model.table import Table


@pytest.fixture
def star():
    """Four listen to 9, two of them also to 8; 7 is heard by nobody."""
    return Graph.from_edges(
        [1, 2, 3, 4, 1, 2], [9, 9, 9, 9, 8, 8], ids=[1, 2, 3, 4, 7, 8, 9]
    )


def words(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(text.get_text() for text in texts)


def roles(plan):
    return [ROLES[code] for code in plan.role.tolist()]


def prospects(count):
    table = {
        "rank": list(range(1, count + 1)),
        "id": [str(i) for i in range(count)],
        "handle": [None] * count,
        "name": [f"Person {i}" for i in range(count)],
        "gain": [3.6] * count,
    }
    return Prospects(Table(table), "asthma")


def test_everyone_has_the_part_that_matters_most(star):
    """Known and chosen before reached, reached already before reached anew."""
    plan = make_plan(star, [8], ["9"], None)

    assert roles(plan) == [
        *("reached", "reached", "covered", "covered", "other", "known", "chosen")
    ]
    assert plan.chosen == (6,)
    assert plan.absent == 0


def test_covered_people_may_be_given(star):
    """Who would be reached is the caller's to say; strangers are left out."""
    plan = make_plan(star, [], [9], [1, 7, 500])

    assert roles(plan)[0] == roles(plan)[4] == "covered"
    assert roles(plan)[1:4] == ["other"] * 3


def test_people_who_are_not_in_the_network_are_counted(star):
    """They cannot be drawn, and the picture says how many there are."""
    figure = figures.network(star, known=[8, 55], chosen=[9, 66, 9])

    shown = " ".join(words(figure).split())
    assert "Not in this network: 2 contacts and prospects." in shown
    assert "1 person, with an additional audience of 2 of 7 accounts" in shown


def test_lines_run_only_from_those_reached_anew(star):
    """Ties of the others would hide what a choice adds."""
    figure = figures.network(star, known=[8], chosen=[9])

    (lines,) = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    assert len(lines.get_segments()) == 2


def test_known_people_alone_make_a_picture(star):
    """Without anybody to approach the known and whom they reach are shown."""
    shown = words(figures.network(star, known=[9]))

    assert "4 in their audience" in shown
    assert "Prospects" not in shown
    assert "Your contacts and their audience" in shown


@pytest.mark.parametrize("page", ["slide", "print"])
def test_numbers_and_names_find_room(make_graph, boxes, assert_apart, page):
    """Each chosen person is numbered on the map and named beside it, with the gain."""
    graph = make_graph(300, 4, 1500)

    figure = figures.network(
        graph, prospects(25), known=np.arange(40, 50), chosen=np.arange(25), page=page
    )

    numbers = {text for text, _ in boxes(figure.axes[0])}
    assert {str(i) for i in range(1, 26)} <= numbers
    column = boxes(figure.axes[1])
    assert {f"Person {i}" for i in range(25)} <= {text for text, _ in column}
    assert [text for text, _ in column].count("+3.6") == 25
    assert_apart(column)
    assert min(box.y0 for _, box in column) >= 0


def test_a_long_list_says_for_whom_there_is_no_room(make_graph):
    """Names that do not fit are counted in the foot."""
    shown = words(
        figures.network(make_graph(300, 4, 1500), prospects(90), chosen=np.arange(90))
    )

    assert "No room for" in shown
    assert "Person 0" in shown
    assert "Person 89" not in shown


def test_the_same_picture_each_time(make_graph, tmp_path):
    """Plans are drawn without chance."""
    for number in (0, 1):
        figure = figures.network(
            make_graph(80, 3, 300), prospects(5), known=[30], chosen=np.arange(5)
        )
        figures.save(figure, tmp_path / f"{number}.svg", dpi=50)

    first, second = sorted(tmp_path.iterdir())
    assert first.read_bytes() == second.read_bytes()
