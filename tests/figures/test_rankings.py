"""Ranked lists as bars."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.table import Table


def widths(figure):
    """The width of each bar by (contribution, row)."""
    bars = figure.axes[0]
    return {
        container.get_label(): [bar.get_width() for bar in container]
        for container in bars.containers
    }


def test_contributions_sum_to_the_score(make_ranking):
    """The pieces of a bar end to end are as long as the score."""
    ranking = make_ranking(np.arange(30))

    drawn = widths(figures.ranking(ranking, top=20))

    assert list(drawn) == list(CONTRIBUTIONS)
    np.testing.assert_allclose(
        np.sum(list(drawn.values()), axis=0), ranking.table["score"][:20], rtol=1e-12
    )


def test_negative_contributions_go_left(make_ranking):
    """What lowers a score stands left of zero, and the pieces still sum to it."""
    ranking = make_ranking(np.arange(2))
    columns = dict(ranking.table.columns)
    columns["activity"] = [-5.0, 2.0]

    figure = figures.ranking(replace(ranking, table=Table(columns)))

    (activity,) = [c for c in figure.axes[0].containers if c.get_label() == "activity"]
    assert activity[0].get_x() == 0
    assert activity[0].get_width() == -5
    assert figure.axes[0].get_xlim()[0] <= -5


def test_a_single_measure_has_plain_bars(make_ranking):
    """Without contributions there is one bar a person and no legend."""
    ranking = make_ranking(np.arange(5), parts=False)

    figure = figures.ranking(ranking)

    assert widths(figure) == {"score": list(ranking.table["score"])}
    assert figure.axes[0].get_legend() is None


def test_intervals_have_a_panel_only_where_there_are_any(make_ranking):
    """Rank intervals are drawn as they stand in the list; empty ones never."""
    with_them = figures.ranking(make_ranking(np.arange(6)))
    without = figures.ranking(make_ranking(np.arange(6), intervals=False))

    assert len(without.axes) == 1
    segments = with_them.axes[1].collections[0].get_segments()
    assert [tuple(s[:, 0]) for s in segments][:3] == [(1, 4), (1, 5), (1, 6)]


@pytest.mark.parametrize("page", ["slide", "print"])
@pytest.mark.parametrize("people", [1, 3, 20, 60])
def test_names_stand_apart_and_on_the_page(
    make_ranking, boxes, assert_apart, people, page
):
    """Ranks, names and scores overlap nothing and stay on the page."""
    names = [f"{'Wolfeschlegelsteinhausen' * (i % 3)} Name {i}" for i in range(people)]

    figure = figures.ranking(
        make_ranking(np.arange(people), names=names), top=60, page=page
    )

    found = boxes(figure.axes[0])
    assert len(found) == 3 * people
    assert_apart(found)
    assert min(box.x0 for _, box in found) >= 0
    assert min(box.y0 for _, box in found) > 0


def test_equal_scores_and_zero_scores_are_drawn(make_ranking):
    """A list of nothing but zeros has bars of no width, not an error."""
    columns = dict(make_ranking(np.arange(3), parts=False).table.columns)
    columns["score"] = [0.0, 0.0, 0.0]

    figure = figures.ranking(
        replace(make_ranking([], area=None), table=Table(columns), by="pagerank")
    )

    assert widths(figure) == {"score": [0.0, 0.0, 0.0]}


def test_an_empty_list_is_said_to_be(make_ranking):
    """A ranking without people is refused in words."""
    with pytest.raises(FigureError, match="nothing to draw: the ranking lists nobody"):
        figures.ranking(make_ranking([]))


def test_several_areas_are_refused_by_name(make_ranking):
    """Ranks of different areas do not share one axis; one area does."""
    ranking = make_ranking(np.arange(4))
    several = {"area": ["copd", "asthma", "copd", "asthma"], **ranking.table.columns}
    one = {"area": ["copd"] * 4, **ranking.table.columns}

    with pytest.raises(FigureError, match=r"2 areas; rank one of them.*asthma, copd"):
        figures.ranking(replace(ranking, table=Table(several)))
    assert figures.ranking(replace(ranking, table=Table(one))).axes


def test_top_must_be_positive(make_ranking):
    """Asking for nobody is a slip."""
    with pytest.raises(ValueError, match="top must be at least 1, got 0"):
        figures.ranking(make_ranking(np.arange(3)), top=0)
