"""Ranks from scores: equals share one, and rounding parts nobody."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from hcpgraph.model import ranks

few = settings(max_examples=200, deadline=None)
# small whole numbers and thirds: many are equal, none is nearly so
scores = st.lists(st.integers(-20, 20).map(lambda n: n / 3.0), max_size=40)


@few
@given(scores)
def test_ranks_are_those_of_competitions(values):
    """1, 2, 2, 4, as scipy has them by its method "min"."""
    expected = rankdata([-value for value in values], method="min") if values else []

    assert ranks.ranks_of(values).tolist() == list(expected)


@few
@given(scores, st.randoms(use_true_random=False))
def test_rounding_parts_no_equals(values, random):
    """Noise of some last digits changes neither ranks nor order, whatever its sign."""
    noisy = [value * (1.0 + random.uniform(-1, 1) * 1e-13) for value in values]

    assert ranks.ranks_of(noisy).tolist() == ranks.ranks_of(values).tolist()
    assert ranks.best_first(noisy).tolist() == ranks.best_first(values).tolist()
    assert len(set(ranks.levelled(noisy).tolist())) == len(set(values))


@few
@given(scores)
def test_levelled_scores_stay_what_they_are(values):
    """Values without noise keep each digit, and levelling twice changes nothing."""
    level = ranks.levelled(values)

    assert level.tolist() == values
    assert ranks.levelled(level).tolist() == level.tolist()


@few
@given(st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_written_scores_have_the_ranks_written_beside_them(values):
    """Whoever ranks the scores of a file again finds the ranks in it."""
    level = ranks.levelled(values)
    expected = rankdata(-level, method="min").tolist() if len(level) else []

    assert ranks.ranks_of(values).tolist() == expected
    assert (np.abs(level - np.array(values)) <= 1e-9 * np.abs(level) + 1e-8).all()


@few
@given(scores, scores)
def test_a_rank_among_others_is_the_rank_in_their_list(values, others):
    """Who is added to a list has the rank that the list then gives."""
    expected = [ranks.ranks_of([value, *others])[0] for value in values]

    assert ranks.ranks_among(values, others).tolist() == expected


@few
@given(scores, st.integers(0, 45))
def test_equals_cut_off_are_counted(values, count):
    """Those behind the cut with the score of the last one before it."""
    ordered = sorted(values, reverse=True)
    last = ordered[:count][-1:]

    assert ranks.equals_after(ordered, count) == sum(
        value in last for value in ordered[count:]
    )


def test_equals_go_by_further_keys_and_then_by_position():
    """In-degree and account, or whatever a list is said to be ordered by."""
    found = ranks.best_first([1.0, 1.0 + 1e-15, 1.0, 2.0], [3, 3, 1, 9])

    assert found.tolist() == [3, 2, 0, 1]


def test_small_differences_of_small_scores_count():
    """Tails of heavy-tailed measures are told apart beside a score a million fold."""
    assert ranks.ranks_of([0.05, 2.0e-8, 2.0001e-8]).tolist() == [1, 3, 2]


def test_zero_but_for_rounding_is_zero():
    """What a subtraction leaves of nothing is nothing."""
    assert ranks.ranks_of([0.5, 0.0, 1e-16, -1e-16]).tolist() == [1, 2, 2, 2]


@pytest.mark.parametrize("values", [[], [0.0], [7.0], [2.0] * 5])
def test_nobody_one_person_and_all_alike(values):
    """All are first where nobody is ahead."""
    assert ranks.ranks_of(values).tolist() == [1] * len(values)


def test_a_choice_is_an_order():
    """People chosen one after the other share no number."""
    assert ranks.order_of_choice(3) == [1, 2, 3]
