"""What people may gain by layers that are known for others only."""

from __future__ import annotations

import numpy as np

from hcpgraph.model.ranking import Scored
from hcpgraph.ranking.uncertainty.unknown import FIRST, ends, unknown_gain, widened

N = 400
RNG = np.random.default_rng(5)
BASE = RNG.normal(3.0, 1.0, N)
GAIN = np.maximum(1.0 + 0.3 * (BASE - 3.0) + RNG.normal(0.0, 0.3, N), 0.0)
KNOWN = np.arange(N) % 4 == 0


def scored(score):
    order = np.argsort(-score, kind="stable")
    return Scored(order.astype(np.int32), score[order])


def gain_of(*, claimed=None, listed=BASE):
    without = scored(BASE)
    first = scored(listed)
    said = np.full(N, -1) if claimed is None else claimed
    return unknown_gain(
        first, scored(BASE + GAIN), without,
        known=KNOWN[first.account], claimed=said[first.account],
    )  # fmt: skip


def drawn(found, count=400):
    return found.drawn(np.arange(N, dtype=np.int32), 1, range(count))


def test_what_is_known_is_added_as_it_is():
    """A person with a list gains what the list gives, in every draw."""
    found = drawn(gain_of())

    assert np.allclose(found[:, KNOWN], GAIN[KNOWN])


def test_nine_in_ten_unknown_gains_lie_among_the_draws():
    """The draws cover what the others would gain, and are centred on it."""
    found = drawn(gain_of())[:, ~KNOWN]
    low, high = np.quantile(found, [0.05, 0.95], axis=0)
    inside = (low <= GAIN[~KNOWN]) & (GAIN[~KNOWN] <= high)

    assert 0.85 <= inside.mean() <= 0.96
    assert abs((found.mean(axis=0) - GAIN[~KNOWN]).mean()) < 0.1


def test_a_claimed_audience_narrows_what_is_open():
    """Where profiles tell what the lists would say, draws lie closer together."""
    claimed = np.round(2.0 ** (4.0 * GAIN + 2.0)).astype(np.int64)

    with_it = drawn(gain_of(claimed=claimed))[:, ~KNOWN].std(axis=0).mean()
    without = drawn(gain_of())[:, ~KNOWN].std(axis=0).mean()

    assert with_it < without / 2


def test_a_list_scored_with_the_layers_counts_nothing_twice():
    """Where the score has the layers already, known people gain no more."""
    partial = BASE + np.where(KNOWN, GAIN, 0.0)

    found = drawn(gain_of(listed=partial))

    assert np.allclose(found[:, KNOWN], 0.0)
    assert found[:, ~KNOWN].mean() > 0.5


def test_draws_depend_on_nothing_but_seed_number_and_person():
    """Any part of the draws, of any of the people, is the same again."""
    found = gain_of()
    whole = drawn(found)
    some = found.drawn(np.array([7, 3], np.int32), 1, range(10, 12))

    assert np.array_equal(some, whole[10:12][:, [7, 3]])


def ranks(value):
    return (1 + np.argsort(np.argsort(-value, axis=1), axis=1)).astype(np.int32)


def test_known_people_need_no_more():
    """Where the same people are first in every draw, 5 % at each end will do."""
    value = -np.arange(200.0) + np.random.default_rng(1).normal(size=(1_000, 200))

    assert widened(ranks(value), ranks(value), 0.05) == 0.05


def test_where_anybody_may_be_first_intervals_hold_for_the_first():
    """Of ranks among the first twenty, nine in ten lie in their intervals."""
    value = np.random.default_rng(2).normal(size=(1_000, 300))
    rank = ranks(value)

    edge = widened(rank, rank, 0.05)
    other = ranks(np.random.default_rng(3).normal(size=(1_000, 300)))
    low, high = ends(len(rank), edge)
    ordered = np.sort(rank, axis=0)
    inside = (other >= ordered[low]) & (other <= ordered[high])

    assert inside[other <= FIRST].mean() >= 0.9
    assert edge < 0.02
