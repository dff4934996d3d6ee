"""A list that can be filled is filled, and that none can is proven."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.prospects.quotas.conflict import conflict
from hcpgraph.prospects.quotas.feasibility import (
    Demand,
    by_need,
    repaired,
    swaps,
    without_idle,
)
from hcpgraph.prospects.quotas.integer_programs import completion
from hcpgraph.prospects.quotas.upper_bound import best_sum


def array(*numbers):
    return np.array(numbers, np.int64)


@st.composite
def demands(draw):
    """Up to five sorts in two columns of two groups each, and a list begun."""
    sorts = draw(st.integers(1, 5))
    pairs = [(-1, 0, 1)[draw(st.integers(0, 2))] for _ in range(sorts)]
    others = [(-1, 2, 3)[draw(st.integers(0, 2))] for _ in range(sorts)]
    supply = array(*(draw(st.integers(1, 2)) for _ in range(sorts)))
    demand = Demand(
        group=np.stack([array(*pairs), array(*others)], axis=1),
        supply=supply,
        least=array(*(draw(st.integers(0, 2)) for _ in range(4))),
        most=array(*(draw(st.integers(0, 3)) for _ in range(4))),
        budget=draw(st.integers(0, 5)),
    )
    held = array(*(draw(st.integers(0, 1)) for _ in range(sorts)))
    return demand, np.minimum(held, supply)


def full_lists(demand, held):
    """Every list that keeps all demands, by trial."""
    ranges = [
        range(low, high + 1) for low, high in zip(held, demand.supply, strict=True)
    ]
    for numbers in product(*ranges):
        found = array(*numbers)
        if demand.allows(found) and not demand.lacking(found).any():
            yield found


def is_full(demand, held, found):
    within = (found >= held).all() and (found <= demand.supply).all()
    return within and demand.allows(found) and not demand.lacking(found).any()


@settings(max_examples=200, deadline=None)
@given(given_demand=demands())
def test_a_full_list_is_found_if_there_is_one(given_demand):
    """Neither is a list missed, nor is one made up."""
    demand, held = given_demand
    possible = any(True for _ in full_lists(demand, held))

    found = completion(demand, held)

    assert (found is not None) == possible
    if found is not None:
        assert is_full(demand, held, found)


@settings(max_examples=200, deadline=None)
@given(given_demand=demands(), wishes=st.lists(st.booleans(), min_size=5, max_size=5))
def test_none_of_the_wanted_means_that_none_can_be(given_demand, wishes):
    """A list with one more of a wanted sort is found if there is any."""
    demand, held = given_demand
    wanted = np.array(wishes[: len(held)])
    possible = any((one > held)[wanted].any() for one in full_lists(demand, held))

    found = completion(demand, held, wanted)

    assert (found is not None) == possible
    if found is not None:
        assert is_full(demand, held, found)
        assert (found > held)[wanted].any()


@settings(max_examples=200, deadline=None)
@given(given_demand=demands())
def test_lists_made_from_others_are_full_too(given_demand):
    """Leaving out the idle, swapping one for another, repairing: all stay full."""
    demand, held = given_demand
    full = completion(demand, held)
    if full is None:
        return

    short = without_idle(demand, held, full)
    doubt = np.flatnonzero((short == held) & (held < demand.supply))
    leaves = swaps(demand, held, short, doubt)

    assert is_full(demand, held, short)
    for sort, gone in zip(doubt.tolist(), leaves.tolist(), strict=True):
        other = short.copy()
        if gone >= 0:
            other[[sort, gone]] += [1, -1]
            assert is_full(demand, held, other)
        mended = repaired(demand, held, short, sort)
        if mended is not None:
            assert is_full(demand, held, mended)
            assert mended[sort] > held[sort]


@settings(max_examples=100, deadline=None)
@given(given_demand=demands())
def test_of_a_conflict_no_part_can_be_left_out(given_demand):
    """All parts together are impossible, and all but one are possible."""
    demand, held = given_demand
    if completion(demand, held) is not None:
        return

    why = conflict(demand, held)
    parts = [("least", g) for g in why.least] + [("most", g) for g in why.most]
    parts += [("held", 0)] * why.held + [("budget", 0)] * why.budget

    def possible(kept):
        least, most = np.zeros(4, np.int64), np.full(4, 99)
        for side, group in kept:
            if side == "least":
                least[group] = demand.least[group]
            if side == "most":
                most[group] = demand.most[group]
        budget = demand.budget if ("budget", 0) in kept else 99
        start = held if ("held", 0) in kept else np.zeros_like(held)
        some = Demand(demand.group, demand.supply, least, most, budget)
        return any(True for _ in full_lists(some, start))

    assert not possible(parts)
    assert all(possible([one for one in parts if one != left]) for left in parts)


def test_the_least_crowded_come_first():
    """Of two who meet the same need, whoever blocks fewer others."""
    demand = Demand(
        group=np.array([[0, 1], [0, -1], [-1, 1]]),
        supply=array(1, 1, 5),
        least=array(1, 0),
        most=array(9, 1),
        budget=3,
    )

    assert by_need(demand, array(0, 0, 0)).tolist() == [0, 1, 0]


def test_the_largest_sum_keeps_the_numbers_of_a_column():
    """One of the poor group must be taken, and at most one of the rich."""
    demand = Demand(
        group=np.array([[0], [1]]),
        supply=array(3, 2),
        least=array(0, 1),
        most=array(1, 9),
        budget=3,
    )
    gain, group = np.array([9.0, 8.0, 7.0, 1.0, 2.0]), array(0, 0, 0, 1, 1)
    nobody = np.zeros(5, np.bool_)

    assert best_sum(gain, group, demand, nobody, size=2) == 11.0
    assert best_sum(gain, group, demand, np.arange(5) == 3, size=2) == 10.0
    assert best_sum(gain, group, demand, nobody, size=0) == 0.0
