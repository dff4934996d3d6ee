"""Time is counted in voices; standing ties do not age, wrong dates do no harm."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.record.recency import LATELY, ages, fresh

DAY = 86_400


def test_an_act_is_as_old_as_the_share_of_voices_after_it(make_ties):
    """Of four accounts that speak in turn, the first is heard three quarters ago."""
    ties = make_ties([(i, 9, "mention", i * DAY) for i in range(4)])

    assert ages(ties).tolist() == [0.75, 0.5, 0.25, 0.0]


def test_a_quiet_year_ages_nobody(make_ties):
    """Only what others say makes an act older, not the days that pass."""
    rows = [(0, 9, "mention", 0), (1, 9, "reply", 1), (2, 9, "quote", 365 * DAY)]

    assert ages(make_ties(rows)).tolist() == pytest.approx([2 / 3, 1 / 3, 0.0])


def test_a_flood_from_one_account_is_one_voice(make_ties):
    """A thousand posts of one account make others no older than one post does."""
    calm = [(0, 9, "mention", 0), (1, 9, "mention", 10**6)]
    flood = [(1, 8, "mention", 10 + i) for i in range(1000)]

    assert ages(make_ties([*calm, *flood]))[0] == pytest.approx(0.5)


def test_standing_ties_stay_new(make_ties):
    """A follow or a nomination of long ago still stands, and sets no clock."""
    rows = [(0, 9, "follow", 0), (1, 9, "nomination", 0), (2, 9, "mention", 60 * DAY)]

    assert ages(make_ties(rows)).tolist() == [0.0, 0.0, 0.0]


def test_passed_on_mentions_set_no_clock(make_ties):
    """They have an age, but only what people say themselves makes time pass."""
    rows = [(0, 9, "mention", 0), (1, 8, "mention_in_repost", 5), (2, 9, "reply", 9)]

    assert ages(make_ties(rows)).tolist() == [0.5, 0.5, 0.0]


def test_undated_acts_count_like_the_average(make_ties):
    """Unknown age is neither new nor old; without any date nothing is discounted."""
    undated = [(0, 9, "mention"), (1, 9, "reply")]

    mixed = ages(make_ties([*undated, (2, 9, "reply", 0), (3, 9, "reply", 60)]))
    even = fresh(np.linspace(0, 1, 100_001), LATELY).mean()

    assert np.isnan(mixed[:2]).all()
    assert fresh(mixed, LATELY)[:2] == pytest.approx(even, rel=1e-4)
    assert ages(make_ties(undated)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("wrong", [-(10**10), 10**11])
def test_a_wrong_date_moves_the_others_by_one_voice(wrong, make_ties):
    """One date centuries off is one voice before or after all others, no more."""
    week = [(i, 9, "mention", i * DAY) for i in range(7)]

    right = ages(make_ties(week))
    found = ages(make_ties([*week, (7, 9, "mention", wrong)]))[:7]

    assert np.abs(found - right).max() <= 1 / 7


def test_no_ties_no_age(make_ties):
    """An empty study is no error."""
    assert len(ages(make_ties([]))) == 0


def test_half_lives_halve():
    """After one half-life half is left, after two a quarter."""
    age = np.array([0.0, 1 / 6, 2 / 6])

    assert fresh(age, LATELY).tolist() == pytest.approx([1.0, 0.5, 0.25])
