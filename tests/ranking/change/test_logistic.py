"""Logistic regression finds the likeliest weights near a start."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.change.logistic import fit_logistic, logistic_probability


def test_true_weights_are_found():
    """Cases drawn by known weights lead back to them."""
    rng = np.random.default_rng(0)
    x, true = rng.normal(size=(40_000, 2)), np.array([-1.0, 2.0, -0.5])
    y = rng.random(len(x)) < logistic_probability(true, x)

    found = fit_logistic(x, y, start=np.zeros(3), hold=np.full(3, 1e-6))

    assert found == pytest.approx(true, abs=0.06)


def test_the_slope_is_level_where_it_ends():
    """At the weights found, likelihood and pull are in balance."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(50, 3)), rng.random(50) < 0.3
    start, hold = np.array([0.5, 1.0, 0.0, -1.0]), np.array([1.0, 2.0, 3.0, 4.0])

    found = fit_logistic(x, y, start=start, hold=hold)

    pull = np.column_stack([np.ones(50), x]).T @ (logistic_probability(found, x) - y)
    assert pull + hold * (found - start) == pytest.approx(np.zeros(4), abs=1e-6)


@pytest.mark.parametrize("came", [True, False])
def test_one_outcome_alone_and_none_at_all_are_borne(came):
    """Held weights stay finite when all came or nobody; without cases they start."""
    x, start = np.linspace(-1, 1, 9)[:, None], np.array([0.2, 0.7])

    found = fit_logistic(x, np.full(9, came), start=start, hold=np.array([0.1, 1.0]))

    assert np.isfinite(found).all()
    assert (logistic_probability(found, x).mean() > 0.8) == came
    none = fit_logistic(x[:0], np.zeros(0, bool), start=start, hold=np.ones(2))
    assert none.tolist() == start.tolist()
