"""People with equal scores share interval, probability and tier."""

from __future__ import annotations

import numpy as np

from hcpgraph.ranking.uncertainty.equal_scores import (
    share_ahead,
    shared_interval,
    shared_mean,
)
from hcpgraph.ranking.uncertainty.intervals import tiers

RNG = np.random.default_rng(4)
RANK = np.array([1, 2, 2, 2, 5])


def test_equals_share_one_interval_that_holds_their_rank():
    """The draws of all are one sample; a score alone keeps its own."""
    drawn = RNG.integers(1, 9, (200, 5)).astype(np.int32)

    low, high = shared_interval(drawn, RANK, 0.05)

    assert len(set(low[1:4].tolist())) == len(set(high[1:4].tolist())) == 1
    assert (low <= RANK).all()
    assert (high >= RANK).all()
    pooled = np.sort(drawn[:, 1:4], axis=None)
    assert (low[1], high[1]) == (min(pooled[30], 2), max(pooled[569], 2))
    alone = np.sort(drawn[:, 4])
    assert (low[4], high[4]) == (min(alone[10], 5), max(alone[189], 5))


def test_the_order_of_equals_changes_nothing():
    """Who of them was imported first is nobody's merit."""
    drawn = RNG.integers(1, 9, (50, 5)).astype(np.int32)
    standing = RNG.normal(size=(50, 5))
    turned = [0, 3, 1, 2, 4]

    for once, again in zip(
        shared_interval(drawn, RANK, 0.05),
        shared_interval(drawn[:, turned], RANK, 0.05),
        strict=True,
    ):
        assert once.tolist() == again.tolist()
    assert tiers(standing, RANK).tolist() == tiers(standing[:, turned], RANK).tolist()


def test_one_of_several_leaders_is_ahead_as_often_as_pairs_say():
    """The same as looking at each leader by itself."""
    leading, others = RNG.normal(size=(60, 3)), RNG.normal(size=(60, 4))
    expected = np.mean([(leading[:, [i]] > others).mean(axis=0) for i in range(3)], 0)

    assert np.allclose(share_ahead(leading, others), expected)
    assert np.allclose(
        share_ahead(leading[:, :1], others), (leading[:, :1] > others).mean(axis=0)
    )


def test_a_tier_never_ends_among_equals():
    """One of two equals is behind the leader in every draw, the other never."""
    standing = np.tile([2.0, 3.0, 0.0, -1.0], (40, 1))

    assert tiers(standing, np.array([1, 2, 2, 4])).tolist() == [1, 1, 1, 2]


def test_values_of_equals_are_their_mean():
    """Nobody is left out."""
    assert shared_mean(np.arange(5.0), RANK).tolist() == [0.0, 2.0, 2.0, 2.0, 4.0]
    assert shared_mean(np.empty(0), np.empty(0, np.int64)).tolist() == []
