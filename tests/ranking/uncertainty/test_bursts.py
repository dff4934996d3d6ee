"""Originals guessed from times."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.uncertainty.bursts import block_dispersion, bursts

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
