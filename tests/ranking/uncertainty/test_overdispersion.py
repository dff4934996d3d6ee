"""Originals guessed from times, and what their sizes say of attention to a person."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.uncertainty.overdispersion import (
    block_dispersion,
    bursts,
    read_sizes,
)

DAY = 86_400


def record(size, *, seed=0, originals=2_000):
    """Originals of *size* responses each within an hour, over a year."""
    rng = np.random.default_rng(seed)
    target = np.repeat(rng.integers(0, 200, originals), size)
    at = np.repeat(rng.integers(0, 365 * DAY, originals), size)
    return target, at + rng.integers(0, 3_600, len(at))


def test_responses_that_come_together_are_one_event():
    """Nearly all originals of five are found as events of about five."""
    target, at = record(5)

    first, longest = bursts(target, at)

    events = len(np.unique(first))
    assert 1_700 < events < 2_300
    assert 600 < longest < 12 * 3_600


def test_responses_on_their_own_are_no_events():
    """Where gaps are as chance has them nothing is joined, however busy a person."""
    target, at = record(1, originals=5_000)

    first, longest = bursts(target, at)

    assert longest == 0.0
    assert len(np.unique(first)) == 5_000


def test_a_congress_is_no_event():
    """A week in which everyone is responded to says nothing of originals."""
    rng = np.random.default_rng(1)
    target = rng.integers(0, 200, 5_000)
    at = np.where(rng.random(5_000) < 0.8, 180 * DAY, 0)
    at += rng.integers(0, 5 * DAY, 5_000) * np.where(at > 0, 1, 70)

    assert bursts(target, at)[1] == 0.0


@pytest.mark.parametrize("size", [1, 4, 12])
def test_blocks_of_time_show_how_many_come_together(size):
    """The over-dispersion of originals of one size is that size."""
    assert block_dispersion(*record(size)) == pytest.approx(size, rel=0.1)


def test_the_order_of_responses_leaves_no_trace():
    """Shuffled responses are joined alike."""
    target, at = record(5, originals=300)
    turn = np.random.default_rng(9).permutation(len(at))

    first, turned = bursts(target, at)[0], bursts(target[turn], at[turn])[0]

    assert at[first][turn].tolist() == at[turn][turned].tolist()


def test_one_response_or_none():
    """There is nothing to join."""
    nothing = np.empty(0, np.int64)

    assert bursts(nothing, nothing)[1] == 0.0
    assert bursts(np.array([1]), np.array([5]))[0].tolist() == [0]
    assert block_dispersion(nothing, nothing) == 1.0


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


def test_originals_guessed_from_times_take_nothing_off_the_variance(alike):
    """Known sizes make a person with many originals surer; guessed ones do not."""
    known = sizes_of([60.0], *alike)

    guessed = known.guessed(1.0, 1.0)
    half = known.guessed(0.5, 1.0)
    wider = known.guessed(1.0, 3.0)

    assert known.ratio.min() < 0.8
    assert np.array_equal(guessed.ratio, np.maximum(known.ratio, 1.0))
    assert half.ratio == pytest.approx((known.ratio + guessed.ratio) / 2.0)
    assert wider.ratio == pytest.approx(3.0 * guessed.ratio)
    assert np.array_equal(guessed.shift, known.shift)
    assert np.array_equal(known.guessed(0.0, 1.0).ratio, known.ratio)
