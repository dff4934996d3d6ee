"""Weights learned from the past: from 0 up, and no further than the past reaches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import Past, SignalTable, Weights, fit, learn, prior
from hcpgraph.ranking.score.fitting import FLOOR, ridge, weighted_rows

NAMES = ("listeners", "listeners_lately", "posts_of_late")
START = Weights(dict.fromkeys(NAMES, 0.3), dict.fromkeys(NAMES, "prior"))


def past(count, weights, seed=0):
    """People whose later attention follows from their signals by known weights."""
    rng = np.random.default_rng(seed)
    doublings = rng.random((count, len(NAMES))) * 5
    truth = doublings @ np.array(weights)
    table = SignalTable(
        np.arange(count, dtype=np.int32), NAMES, 2.0**doublings - 1, np.zeros(count)
    )
    return Past(0, table, 2.0**truth - 1)


def test_a_long_past_teaches_its_own_weights():
    """With thousands of people responded to, the weights behind them are found."""
    found = fit([past(50_000, [0.6, 0.3, 0.0])], START)

    share = found.along(NAMES) / found.along(NAMES).sum()
    assert share.tolist() == pytest.approx([0.66, 0.33, 0.01], abs=0.03)
    assert set(found.origin.values()) == {"own past"}
    assert found.shrunk < 0.05


def test_a_short_past_changes_little():
    """With a hundred people the prior keeps most of the say."""
    found = fit([past(100, [0.6, 0.3, 0.0])], START)

    assert found.shrunk > 0.9
    assert found.along(NAMES).tolist() == pytest.approx([0.3] * 3, abs=0.1)


def test_a_thin_past_changes_nothing():
    """Below twenty people responded to, the prior stands as it is."""
    assert fit([past(19, [0.6, 0.3, 0.0])], START) is START
    assert fit([], START) is START


def test_reach_and_ones_own_weights_are_not_learned():
    """Follows have no time, and what a user says stands."""
    start = START.changed({"posts_of_late": 0.2, "followers": 0.7})
    rows = past(50_000, [0.6, 0.3, 0.5])
    value = np.hstack([rows.table.value, rows.table.value[:, :1]])
    table = SignalTable(
        rows.table.account, (*NAMES, "followers"), value, rows.table.audience
    )

    found = fit([Past(0, table, rows.later)], start)

    assert found.value["posts_of_late"] == 0.2
    assert found.value["followers"] == 0.7
    assert found.origin["followers"] == "user"
    assert found.origin["listeners"] == "own past"


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**6), shrink=st.sampled_from([0.01, 1.0, 100.0]))
def test_ridge_is_never_negative_and_optimal(seed, shrink):
    """No small step away from the answer, within what is allowed, does better."""
    rng = np.random.default_rng(seed)
    x, t, start = rng.normal(size=(30, 4)), rng.normal(size=30), rng.random(4)
    x[:, 3] = 0.0

    found = ridge(x, t, start=start, shrink=shrink)

    def cost(w):
        pull = (x**2).sum(axis=0) * (w - start) ** 2
        return ((t - x @ w) ** 2).sum() + shrink * pull.sum()

    assert (found >= 0).all()
    assert found[3] == start[3]
    for step in 1e-4 * np.vstack([np.eye(4), -np.eye(4)]):
        assert cost(found) <= cost(np.maximum(found + step, 0.0)) + 1e-9


def test_rows_say_more_of_those_responded_to():
    """Rows are centred and add up to a say of one; a star has more of it."""
    rows = past(40, [0.5, 0.2, 0.1])

    x, t = weighted_rows(rows, NAMES)

    say = (FLOOR + rows.truth) / (FLOOR + rows.truth).sum()
    assert (x / np.sqrt(say)[:, None]).T @ say == pytest.approx([0.0] * 3, abs=1e-12)
    assert t @ np.sqrt(say) == pytest.approx(0.0, abs=1e-12)


def test_a_study_without_times_keeps_the_prior(make_ties, make_accounts, measure):
    """Where nothing can be learned, the weights are the prior's."""
    ties = make_ties([(0, 1, "nomination"), (2, 1, "follow")])

    found = learn(ties, make_accounts(3), layers=DEFAULT_LAYERS, measure=measure)

    assert found is prior()


def test_a_record_teaches_something(make_ties, make_accounts, measure):
    """A record with enough people moves the weights, the same way every time."""
    rng = np.random.default_rng(5)
    rows = [
        (int(s), int(t % 80), "mention", int(at))
        for s, t, at in zip(
            rng.integers(0, 300, 4000),
            rng.zipf(1.6, 4000),
            np.sort(rng.integers(0, 10**6, 4000)),
            strict=True,
        )
    ]
    ties, accounts = make_ties(rows), make_accounts(300)

    one, other = (
        learn(ties, accounts, layers=DEFAULT_LAYERS, measure=measure) for _ in range(2)
    )

    assert one.origin["listeners"] == "own past"
    assert one.origin["followers"] == "prior"
    assert one.value == other.value
