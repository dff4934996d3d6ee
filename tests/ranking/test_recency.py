"""Fresh acts count most, standing ties do not age, wrong dates do no harm."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking import freshness

DAY = 86_400


def test_a_half_life_is_a_sixth_of_the_record(make_ties):
    """An act one sixth of the record ago counts half, the newest counts whole."""
    ties = make_ties([(0, 9, "mention", day * DAY) for day in (0, 50, 60)])

    assert freshness(ties).tolist() == pytest.approx([2**-6, 0.5, 1.0])


def test_standing_ties_keep_their_weight(make_ties):
    """A follow or a nomination of long ago still stands, and sets no clock."""
    rows = [(0, 9, "follow", 0), (1, 9, "nomination", 0), (2, 9, "mention", 60 * DAY)]

    assert freshness(make_ties(rows)).tolist() == [1.0, 1.0, 1.0]


def test_undated_acts_count_a_quarter_among_dated_ones(make_ties):
    """Unknown age is neither new nor old; without any date nothing is discounted."""
    undated = [(0, 9, "mention"), (1, 9, "reply")]

    mixed = freshness(make_ties([*undated, (2, 9, "reply", 0), (3, 9, "reply", 60)]))

    assert mixed[:2].tolist() == [0.25, 0.25]
    assert freshness(make_ties(undated)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("wrong", [-(10**10), 10**11])
def test_a_wrong_date_leaves_the_others_alike(wrong, make_ties):
    """One date centuries off makes a week's acts weigh alike, not vanish apart."""
    week = [(i, 9, "mention", i * DAY) for i in range(7)]

    found = freshness(make_ties([*week, (7, 9, "mention", wrong)]))[:7]

    assert found.min() > 0.99 * found.max() > 0


def test_no_ties_no_freshness(make_ties):
    """An empty study is no error."""
    assert np.array_equal(freshness(make_ties([])), np.empty(0))
