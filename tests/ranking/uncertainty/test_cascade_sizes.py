"""What the sizes of originals say of the attention to a person."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.uncertainty.cascade_sizes import read_sizes


def sizes_of(*persons):
    """Sizes of the originals of each person; none of them a mention alone."""
    person = np.repeat(np.arange(len(persons)), [len(own) for own in persons])
    size = np.concatenate([np.array(own, np.float64) for own in persons])
    return read_sizes(person, size, np.zeros(len(size), np.bool_), len(persons))


@pytest.fixture
def alike():
    """Forty people with six originals each, whose sizes nothing but chance decides."""
    rng = np.random.default_rng(3)
    return [rng.geometric(0.2, 6).tolist() for _ in range(40)]


def test_a_single_large_original_is_drawn_down(alike):
    """Who has one original of sixty is expected less, who has sixty of one more."""
    found = sizes_of([60.0], [1.0] * 60, *alike)

    assert found.shift[0] < -1.0
    assert found.shift[1] > 0.0


def test_sizes_that_differ_between_people_stay(alike):
    """Where some people's originals are all large, nothing is taken from them."""
    steady = [[number] * 8 for number in (1, 2, 4, 8, 16, 32) for _ in range(5)]
    varied = [[size + n % 2 for n, size in enumerate(own)] for own in steady]

    assert np.abs(sizes_of(*varied).shift).max() < 0.3


def test_single_responses_say_nothing_of_sizes():
    """Where every original has one response there is nothing to draw anywhere."""
    found = sizes_of([1.0] * 5, [1.0] * 2, [1.0])

    assert found.shift.tolist() == [0.0] * 3
    assert found.ratio.tolist() == [1.0] * 3


def test_mentions_are_counted_as_they_are(alike):
    """A person named in twenty posts is not taken for one with twenty cascades."""
    person = np.repeat(np.arange(41), [len(own) for own in [[1] * 20, *alike]])
    size = np.concatenate([np.ones(20), *map(np.array, alike)]).astype(np.float64)

    found = read_sizes(person, size, person == 0, 41)

    assert found.shift[0] == 0.0
    assert found.ratio[0] == pytest.approx(1.0)


def test_nobody_has_no_sizes():
    """A record without responses is read without trouble."""
    none = read_sizes(np.empty(0, np.intp), np.empty(0), np.empty(0, np.bool_), 2)

    assert none.shift.tolist() == [0.0, 0.0]
