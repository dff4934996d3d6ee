"""What noisy values say about the true ones."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.uncertainty.shrinkage import shrink


@pytest.fixture(scope="module")
def noisy():
    """True values of a normal distribution, seen with errors of variance 1/2."""
    rng = np.random.default_rng(3)
    true = rng.normal(size=3_000)
    seen = true + np.sqrt(0.5) * rng.normal(size=3_000)
    order = np.argsort(-seen)
    return true[order], seen[order]


def test_a_normal_world_is_shrunk_as_theory_says(noisy):
    """With true variance 1 and error 1/2 the mean is 2/3 of the value, variance 1/3."""
    _, seen = noisy

    mean, variance = shrink(seen, np.full(len(seen), 0.5))

    inner = np.abs(seen) < 2
    assert np.abs(mean - seen * 2 / 3)[inner].max() < 0.15
    assert np.median(variance) == pytest.approx(1 / 3, abs=0.05)


def test_the_winners_are_not_overrated(noisy):
    """Over the highest values, the estimates are right on average."""
    true, seen = noisy

    mean, _ = shrink(seen, np.full(len(seen), 0.5))

    assert seen[:100].mean() - true[:100].mean() > 0.5
    assert mean[:100].mean() == pytest.approx(true[:100].mean(), abs=0.15)


def test_what_is_known_for_sure_stays(noisy):
    """Without error nothing is shrunk by more than the grid is wide."""
    _, seen = noisy

    mean, variance = shrink(seen, np.full(len(seen), 1e-6))

    step = (seen[0] - seen[-1]) / 200
    assert np.abs(mean - seen).max() < step
    assert variance.max() < step**2


def test_more_noise_is_shrunk_more(noisy):
    """Of two people with the same value, the surer one stays higher."""
    _, seen = noisy
    error = np.full(len(seen), 0.5)
    error[0], seen = 0.01, np.concatenate([[seen[0]], seen[:1], seen[2:]])

    mean, _ = shrink(seen, error)

    assert mean[0] > mean[1]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_lists(count):
    """None, one and two people give finite results."""
    mean, variance = shrink(np.zeros(count), np.ones(count))

    assert np.isfinite(mean).all()
    assert (variance > 0).all()
