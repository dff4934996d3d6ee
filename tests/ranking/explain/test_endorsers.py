"""Who carries a score."""

from __future__ import annotations

import pytest

from hcpgraph.ranking import Weights
from hcpgraph.ranking.explain.endorsers import endorsers, without_first

DAY = 86_400
COUNT = Weights({"listeners": 1.0})
# 9 is heard by four, 8 by two, 7 by one
ROWS = [
    *((source, 9, "mention", source * DAY) for source in (1, 2, 3, 4)),
    (1, 8, "mention", 5 * DAY),
    (2, 8, "reply", 6 * DAY),
    (2, 7, "mention", 6 * DAY),
    (1, 9, "reply", 9 * DAY),
    (4, 9, "follow"),
]


def test_each_endorser_adds_what_is_lost_without_it(make_case):
    """Of four alike each adds log2(5) - log2(4), and equals stand by account."""
    found = endorsers(make_case(ROWS, 9, weights=COUNT))

    assert [one.account for one in found] == [1, 2, 3, 4]
    assert [one.adds for one in found] == pytest.approx([0.321928] * 4, abs=1e-6)


def test_the_rank_without_one_is_told(make_case):
    """8 leads 7 by one account; without it both share a rank."""
    found = endorsers(make_case(ROWS, 8, weights=COUNT))

    assert [(one.account, one.rank) for one in found] == [(1, 2), (2, 2)]


def test_ties_are_told_by_layer_number_and_last_day(make_case):
    """What an endorser did: layers in their order, ties, the last with a time."""
    first, *_, last = endorsers(make_case(ROWS, 9, weights=COUNT))

    assert (first.layers, first.n_ties, first.last) == (
        ("mention", "reply"),
        2,
        9 * DAY,
    )
    assert (last.layers, last.n_ties, last.last) == (("follow", "mention"), 2, 4 * DAY)


def test_the_freshest_endorser_comes_first(make_case):
    """Under the prior, who responded last adds most."""
    found = endorsers(make_case(ROWS, 8))

    assert found[0].account == 2
    assert found[0].adds > found[1].adds > 0


def test_left_out_together(make_case):
    """Without three of four, one is left: as many as 7 has, and more than nobody."""
    case = make_case(ROWS, 9, weights=COUNT)

    found = without_first(case, endorsers(case))

    assert [(one.count, one.score) for one in found] == [
        (1, pytest.approx(2.0)),
        (3, pytest.approx(1.0)),
    ]
    assert [one.rank for one in found] == [1, 2]


def test_top_limits_and_nobody_is_no_error(make_case):
    """Ten asked for, none there; two asked for, four there."""
    alone = make_case([(5, 5, "mention", DAY), *ROWS], 5)

    assert endorsers(alone) == ()
    assert without_first(alone, ()) == ()
    assert len(endorsers(make_case(ROWS, 9), top=2)) == 2


def test_one_among_thousands_is_found(make_case):
    """The one fresh response among old follows is first, though not all are tried."""
    rows = [(source, 3000, "follow") for source in range(2, 2500)]
    rows += [(1, 2999, "mention", DAY), (1, 3000, "mention", 100 * DAY)]

    found = endorsers(make_case(rows, 3000))

    assert found[0].account == 1
