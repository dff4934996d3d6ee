"""People by areas: ranks where they belong, who leads in several first."""

from __future__ import annotations

import pytest

from hcpgraph import figures
from hcpgraph.errors import FigureError
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.table import Table


def listed(by_area, names=None):
    """A ranking of every area, from the people of each in order."""
    rows = [
        (area, rank, person, (names or {}).get(person, person.title()), None)
        for area, people in by_area.items()
        for rank, person in enumerate(people, start=1)
    ]
    columns = ("area", "rank", "id", "name", "handle")
    table = Table({c: [row[i] for row in rows] for i, c in enumerate(columns)})
    return Ranking(table, "all", "score")


def words(figure):
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return [text.get_text() for text in texts]


def ranks(figure):
    """The rank in each cell, by (row, column)."""
    axes = figure.axes[0]
    return {
        (int(t.get_position()[1]), int(t.get_position()[0])): int(t.get_text())
        for t in axes.texts
        if t.get_text().isdigit()
    }


def people(figure, known):
    return [word for word in words(figure) if word in known]


def test_ranks_stand_where_person_and_area_meet():
    """Who leads in several areas comes first, then the areas in turn."""
    ranking = listed({"asthma": ["ann", "bob", "cem"], "copd": ["bob", "dee"]})

    figure = figures.areas(ranking, names={"copd": "Chronic obstruction"})

    assert people(figure, {"Ann", "Bob", "Cem", "Dee"}) == ["Bob", "Ann", "Cem", "Dee"]
    assert ranks(figure) == {(0, 0): 2, (0, 1): 1, (1, 0): 1, (2, 0): 3, (3, 1): 2}
    assert {"asthma", "Chronic obstruction"} <= set(words(figure))
    assert "4 leading people by 2 areas; 1 in several" in words(figure)


def test_the_first_of_every_area_are_chosen_before_the_second():
    """However few are shown, each area's first is among them."""
    ranking = listed({f"area {i}": [f"p{i}-{k}" for k in range(5)] for i in range(4)})

    figure = figures.areas(ranking, top=4)

    assert sorted(ranks(figure).values()) == [1, 1, 1, 1]


def test_many_areas_and_long_names_stay_on_the_page():
    """Columns beyond a page are left out and said to be; names are cut and turned."""
    long = "Obstruction of absolutely everything, chronic and acute, in all its forms"
    ranking = listed({f"{long} {i:02d}": ["ann", f"p{i}"] for i in range(20)})

    figure = figures.areas(ranking, page="print")
    figure.canvas.draw()

    assert "Not shown: 6 areas" in " ".join(words(figure))
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()


def test_a_hundred_people_grow_the_page():
    """Rows keep their height; the page gets higher."""
    ranking = listed({a: [f"{a}{i}" for i in range(60)] for a in ("one", "two")})

    few, many = (figures.areas(ranking, top=top) for top in (10, 100))

    assert few.get_size_inches()[1] == 7.5
    assert many.get_size_inches()[1] > 20


@pytest.mark.parametrize(
    ("ranking", "held"), [(listed({}), 0), (listed({"asthma": ["ann"]}), 1)]
)
def test_fewer_than_two_areas_are_refused(ranking, held):
    """There is nothing to compare, and the sentence says so."""
    with pytest.raises(FigureError, match=f"nothing to compare: .* in {held} area"):
        figures.areas(ranking)
