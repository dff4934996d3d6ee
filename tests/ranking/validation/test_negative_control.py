"""The negative control is silent, unless a ranking has seen what it predicts."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking.validation import backtest
from hcpgraph.ranking.validation.backtest import PRODUCT, cutoffs
from hcpgraph.ranking.validation.negative_control import CONTROL, control, reassigned

PEOPLE = 80


def acts(seed, count=1500):
    """Mentions among people of very different fame, and some follows without time."""
    rng = np.random.default_rng(seed)
    fame = 1.0 / np.arange(1, PEOPLE + 1)
    source = rng.integers(0, PEOPLE, count)
    target = rng.choice(PEOPLE, count, p=fame / fame.sum())
    rows = [
        (int(s), int(t), "mention", at)
        for at, (s, t) in enumerate(zip(source, target, strict=True))
        if s != t
    ]
    return [*rows, (1, 2, "follow"), (3, 2, "follow")]


@pytest.fixture
def look(make_ties, make_accounts, measure):
    def made(rows):
        return cutoffs(
            make_ties(rows), make_accounts(PEOPLE), layers=DEFAULT_LAYERS,
            measure=measure, top=10,
        )  # fmt: skip

    return made


def test_later_targets_are_permuted_and_nothing_else(make_ties):
    """Before the cut-off, without time and towards others every tie stays."""
    ties, at = make_ties(acts(1)), 700
    people = np.arange(0, PEOPLE, 2, dtype=np.int32)

    moved, got = reassigned(ties, at, people, np.random.default_rng(0))

    after = (ties.at > at) & np.isin(ties.target, people)
    assert np.array_equal(moved.target[~after], ties.target[~after])
    assert np.array_equal(moved.source, ties.source)
    counts, shifted = (
        np.bincount(t[after], minlength=PEOPLE)[people]
        for t in (ties.target, moved.target)
    )
    assert np.array_equal(shifted, counts[got])
    assert not np.array_equal(shifted, counts)


def test_nothing_is_predicted_of_responses_that_went_to_others(look):
    """Over records of people of very different fame the control is like chance."""
    found = [control(look(acts(seed)), top=10, seed=seed) for seed in range(20)]

    assert sum(one.silent for one in found) >= 19
    gap = [one.ndcg - one.random for one in found]
    assert abs(np.mean(gap)) < 3 * np.std(gap) / np.sqrt(len(gap))
    assert all(one.low < one.random < one.high for one in found)


def test_a_ranking_that_has_seen_the_future_is_caught(look, monkeypatch):
    """Where later ties leak into what was known, the control is not silent."""
    monkeypatch.setattr(backtest, "_known", lambda ties, at: ties)

    found = control(look(acts(2)), top=10)

    assert not found.silent
    assert found.ndcg > found.high


def test_the_control_is_the_same_for_a_seed(look):
    """Same ties and seed, same numbers."""
    one, other = look(acts(3)), look(acts(3))

    assert control(one, top=10) == control(other, top=10)
    for a, b in zip(one, other, strict=True):
        assert np.array_equal(a.orders[CONTROL][0], b.orders[CONTROL][0])
        assert not np.array_equal(a.orders[CONTROL][0], a.orders[PRODUCT][0])


@pytest.mark.parametrize("people", [12, 5000])
def test_chance_is_the_mean_of_random_orders(people):
    """Among few people orders are drawn whole, among many their first places."""
    rng = np.random.default_rng(7)
    later = rng.poisson(0.4, people).astype(float)
    one = backtest.Cutoff(
        0.5, 0, people, np.arange(people, dtype=np.int32), later,
        {CONTROL: (rng.permutation(people),)},
    )  # fmt: skip

    found = control([one], top=10)

    gain = np.log2(1.0 + later)
    discount = 1.0 / np.log2(np.arange(2, 12))
    expected = gain.mean() * discount.sum() / (np.sort(gain)[::-1][:10] @ discount)
    assert found.random == pytest.approx(expected, abs=0.02)
