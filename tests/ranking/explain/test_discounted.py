"""The discount of one person's responders, and of all."""

from __future__ import annotations

import pytest

from hcpgraph.ranking import Weights
from hcpgraph.ranking.explain.discounted import discounted, strangers

DAY = 86_400
# everyone of twelve responds to the next two; 3 gets ten strangers at the end
RING = [
    (one, (one + step) % 12, "mention", DAY * (2 * one + step))
    for one in range(12)
    for step in (1, 2)
]
LATE = [(source, 3, "mention", 99 * DAY) for source in range(20, 30)]
LATELY = Weights({"listeners_just_now": 1.0})


def test_what_the_discount_costs_a_person(make_case):
    """Ten strangers just now would make the first; with the discount they do not."""
    found = discounted(make_case([*RING, *LATE], 3, weights=LATELY))

    assert (found.responders, found.discounted) == (12, 10)
    assert found.rank == 1
    assert found.score == pytest.approx(3.46, abs=0.05)  # log2(1 + 10)
    assert make_case([*RING, *LATE], 3, weights=LATELY).rank > 1


def test_nothing_to_discount(make_case):
    """Without strangers all is as it is."""
    case = make_case(RING, 3, weights=LATELY)

    found = discounted(case)

    assert (found.responders, found.discounted, found.possible) == (2, 0, False)
    assert (found.score, found.rank) == (case.score, case.rank)


def test_plain_counts_are_not_discounted(make_case):
    """A stranger is a distinct responder like any other."""
    case = make_case([*RING, *LATE], 3, weights=Weights({"listeners": 1.0}))

    found = discounted(case)

    assert found.discounted == 10
    assert (found.score, found.rank) == (case.score, case.rank) == (case.score, 1)


def test_all_who_are_discounted_somewhere(make_ties):
    """Ten of twenty-two accounts that respond."""
    assert strangers(make_ties([*RING, *LATE])) == (10, 22)
    assert strangers(make_ties([])) == (0, 0)
