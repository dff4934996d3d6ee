"""Two families of layers against each other."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.errors import FigureError
from hcpgraph.figures import families, render
from hcpgraph.figures.style import FAMILY_COLOURS
from hcpgraph.model.families import FamilyPair
from hcpgraph.model.names import LAYER_FAMILIES


def pair_of(people, named=5, *, families=("social", "nominated"), name="Ana Ruiz"):
    """So many people, the first far up in one family, the last in the other."""
    ranks = np.array([np.arange(1, people + 1), np.arange(people, 0, -1)])
    names = {row: (str(row), None, f"{name} {row}") for row in range(named)}
    return FamilyPair(families, ranks, (people, people), names, "asthma")


def texts(figure):
    axes = [text for one in figure.axes for text in one.texts]
    return [text.get_text() for text in (*axes, *figure.texts)]


def test_every_family_has_a_colour():
    """No figure is short of one for a new family."""
    assert set(FAMILY_COLOURS) == set(LAYER_FAMILIES)


@pytest.mark.parametrize("page", ["slide", "print"])
@pytest.mark.parametrize("people", [1, 2, 40, 5000])
def test_people_named_are_listed_with_both_ranks(people, page):
    """One, two or thousands of people make a page, and say what they see."""
    named = min(people, 5)
    shown = texts(families(pair_of(people, named), page=page))

    assert "rank by social ties (of " in " ".join(shown)
    assert sum(words.startswith("Ana Ruiz ") for words in shown) >= named
    assert f"{people:,}" in shown


def test_a_dot_stands_where_its_ranks_say():
    """The first of both is in the upper right corner, the last in the lower left."""
    ranks = np.array([[1, 10], [1, 10]])
    figure = families(FamilyPair(("social", "scientific"), ranks, (10, 10), {}))
    plane = figure.axes[0]
    (dots,) = [one.get_offsets() for one in plane.collections]
    (diagonal,) = [line for line in plane.lines if line.get_linestyle() != "-"]
    ends = np.array(diagonal.get_data()).T

    assert np.allclose(np.sort(dots, axis=0), ends)
    assert "Everybody stands on it." in texts(figure)[-1]


def test_names_lie_on_the_page_and_on_no_other(boxes):
    """Readable at the size of a slide, whoever is named."""
    figure = families(pair_of(200, 20))
    found = [box for word, box in boxes(figure.axes[0]) if word.startswith("Ana")]

    assert len(found) >= 5
    for i, one in enumerate(found):
        assert all(not one.overlaps(other) for other in found[:i])


def test_the_same_pair_gives_the_same_bytes():
    """A figure in a repository changes only with its data."""
    first, again = (render(families(pair_of(60)), "png", dpi=50) for _ in range(2))

    assert first == again


def test_nobody_in_both_is_no_figure():
    """An empty page would say that all is equal."""
    nobody = FamilyPair(("social", "nominated"), np.empty((2, 0), int), (3, 4), {})

    with pytest.raises(FigureError, match="nobody has ties of both families"):
        families(nobody)


def test_an_unknown_page_is_refused():
    """The closest pages are named."""
    with pytest.raises(ValueError, match="no page 'poster'"):
        families(pair_of(3), page="poster")
