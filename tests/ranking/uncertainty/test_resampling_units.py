"""The posts and ties behind the responses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.ties import NO_POST
from hcpgraph.ranking.record.recency import ages
from hcpgraph.ranking.record.vouching import vouching
from hcpgraph.ranking.uncertainty.counter_rng import keys_of
from hcpgraph.ranking.uncertainty.resampling_units import read_units

PEOPLE = np.array([8, 9], np.int32)


def units_of(ties, half_lives=(np.inf,)):
    return read_units(
        ties,
        DEFAULT_LAYERS,
        age=ages(ties),
        vouched=vouching(ties).tie,
        people=PEOPLE,
        half_lives=half_lives,
    )


def means(units, draws=4_000):
    return units.resampled(keys_of(0, range(draws))).mean(axis=0)


def spreads(units, draws=4_000):
    return units.resampled(keys_of(0, range(draws))).var(axis=0)


def test_voices_are_distinct_responders(make_ties):
    """However often one responds, they are one voice; follows and oneself are none."""
    ties = make_ties(
        [
            (1, 9, "mention", 10, 0),
            (1, 9, "reply", 20, 1),
            (2, 9, "repost", 30, 2),
            (3, 9, "follow"),
            (9, 9, "reply", 40, 3),
        ]
    )

    units = units_of(ties)

    assert units.value.tolist() == [[0.0], [2.0]]
    assert units.responders.tolist() == [0.0, 2.0]


def test_a_draw_is_the_record_on_average(make_ties):
    """No distinct account is lost by drawing anew."""
    rows = [(i % 5, 9, "mention", 10 * i, i) for i in range(12)]
    units = units_of(make_ties(rows), (np.inf, 0.5))

    assert means(units)[1] == pytest.approx(units.value[1], rel=0.03)


def test_single_responses_vary_as_counts_do(make_ties):
    """Ten accounts that respond once each have a variance of ten."""
    units = units_of(make_ties([(i, 9, "mention", i, i) for i in range(7)]))

    assert spreads(units)[1, 0] == pytest.approx(7.0, rel=0.1)


def test_faithful_responders_are_surer(make_ties):
    """A voice behind which four posts stand varies a quarter as much."""
    rows = [(i % 3, 9, "mention", 5, i) for i in range(12)]

    assert spreads(units_of(make_ties(rows)))[1, 0] == pytest.approx(3 / 4, rel=0.1)


def test_ties_of_one_post_share_their_luck(make_ties):
    """Two people named in the same posts rise and fall together."""
    rows = [(i, target, "mention", i, i) for i in range(5) for target in (8, 9)]

    drawn = units_of(make_ties(rows)).resampled(keys_of(1, [1]))[0]

    assert drawn[0, 0] == drawn[1, 0]


def test_acts_of_one_second_share_their_luck(make_ties):
    """Where no post is known, what one account does in one second is one unit."""
    rows = [(i, target, "mention", i) for i in range(5) for target in (8, 9)]

    drawn = units_of(make_ties(rows)).resampled(keys_of(1, [1]))[0]

    assert drawn[0, 0] == drawn[1, 0]


def test_nominations_have_their_own_luck(make_ties):
    """Ties without post and time are drawn one by one."""
    rows = [(i, target, "nomination") for i in range(5) for target in (8, 9)]

    drawn = units_of(make_ties(rows)).resampled(keys_of(1, [1]))[0]

    assert drawn[0, 0] != drawn[1, 0]


def test_the_order_of_ties_does_not_matter(make_ties):
    """Shuffled ties give the same draw."""
    rows = [(i % 4, 8 + i % 2, "mention", i, i) for i in range(20)]

    drawn, turned = (
        units_of(make_ties(r), (np.inf, 0.5)).resampled(keys_of(2, [0]))
        for r in (rows, rows[::-1])
    )

    assert drawn == pytest.approx(turned, rel=1e-12)


def test_no_ties_at_all(make_ties):
    """A record without ties has no units."""
    units = units_of(make_ties([]))

    assert len(units) == 0
    assert units.resampled(keys_of(0, [0])).tolist() == [[[0.0], [0.0]]]


def test_what_one_original_causes_is_lost_together(make_ties):
    """Seven reposts of one original vary as one fact, of seven originals as seven."""
    ties = make_ties([(i, 9, "repost", 60 * i, i) for i in range(7)])

    one, seven = (
        spreads(units_of(replace(ties, original=np.array(number))))[1, 0]
        for number in ([3] * 7, list(range(7)))
    )

    assert one == pytest.approx(49.0, rel=0.15)
    assert seven == pytest.approx(7.0, rel=0.15)


def test_one_original_may_cause_responses_to_several(make_ties):
    """Two people named in one cascade rise and fall together."""
    ties = make_ties(
        [(i, t, "repost", i, 10 * i + t) for i in range(5) for t in (8, 9)]
    )

    units = units_of(replace(ties, original=np.zeros(10, np.int64)))

    drawn = units.resampled(keys_of(1, [1]))[0]
    assert drawn[0, 0] == drawn[1, 0]


def test_it_is_said_what_was_resampled(make_ties):
    """By original where all are known; else how far, and what was done for the rest."""
    ties = make_ties([(i, 9, "repost", 60 * i, i) for i in range(4)])

    known = units_of(replace(ties, original=np.array([1, 1, 2, 2]))).basis
    half = units_of(replace(ties, original=np.array([1, 1, NO_POST, NO_POST]))).basis
    untimed = units_of(make_ties([(1, 9, "repost"), (2, 9, "repost")])).basis

    assert known.startswith("intervals: resampled by original post (over-dispersion")
    assert half.startswith("intervals: originals known for 50% of the responses")
    assert "originals unknown; times unknown, too" in untimed
