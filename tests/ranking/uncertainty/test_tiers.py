"""Tiers of people who cannot be told apart."""

from __future__ import annotations

import numpy as np

from hcpgraph.ranking.uncertainty.tiers import TOLD_APART, tiers


def test_people_far_apart_have_a_tier_each():
    """Whoever is ahead in every draw leads alone."""
    possible = np.tile([3.0, 2.0, 1.0], (20, 1))

    assert tiers(possible).tolist() == [1, 2, 3]


def test_people_alike_share_a_tier():
    """Whoever is ahead as often as not shares the tier of the next."""
    possible = np.array([[2.0, 1.0], [1.0, 2.0]])

    assert tiers(possible).tolist() == [1, 1]


def test_a_tier_ends_where_its_leader_is_surely_ahead():
    """The share of draws that splits is that of the constant, no less."""
    ahead = np.ones((100, 2))
    ahead[:, 1] = 2.0
    ahead[: round(100 * TOLD_APART), 1] = 0.0
    almost = ahead.copy()
    almost[round(100 * TOLD_APART) - 1, 1] = 2.0

    assert tiers(ahead).tolist() == [1, 2]
    assert tiers(almost).tolist() == [1, 1]


def test_nobody_has_no_tier():
    """An empty list gives no tiers."""
    assert len(tiers(np.empty((5, 0)))) == 0
