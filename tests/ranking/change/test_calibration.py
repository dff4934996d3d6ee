"""Whether probabilities came true: measured on what was not used to give them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph.ranking.change.calibration import Check, auc, check
from hcpgraph.ranking.change.rising import FEATURES, RiseCandidates, predict, prior


def hopefuls(count, seed, weight):
    """People who enter with the probability that some weights give."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, len(FEATURES)))
    zero = np.zeros(count)
    return RiseCandidates(
        account=np.arange(count, dtype=np.int32), x=x, recent=zero, new=zero,
        posts=zero, entry=1.0, seats=1, entered=rng.random(count) < predict(weight, x),
    )  # fmt: skip


def test_true_probabilities_are_calibrated_and_beat_the_base_rate():
    """In a world that is as the prior says, each band holds what it promises."""
    found = check([hopefuls(4000, seed, prior()) for seed in range(4)], prior())

    assert found.cutoffs == 4
    assert found.brier < found.base
    assert sum(people for _, _, people, _, _ in found.bands()) == 16_000
    for _, _, people, given, entered in found.bands():
        assert abs(given - entered) < 4 * np.sqrt(given * (1 - given) / people)
    assert auc(found.given, found.entered) > auc(found.momentum, found.entered)


def test_a_past_that_differs_from_the_prior_is_learned():
    """A world with other weights is foretold better after each moment."""
    weight = np.array([-1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0])
    past = [hopefuls(3000, seed, weight) for seed in range(3)]

    first, all_ = check(past[:1], prior()), check(past, prior())

    later = ((all_.given[3000:] - all_.entered[3000:]) ** 2).mean()
    assert later < 0.8 * first.brier


def test_no_outcome_is_used_before_it_is_known():
    """What became of the last moment changes none of the probabilities."""
    past = [hopefuls(500, seed, prior()) for seed in range(3)]
    other = [*past[:2], replace(past[2], entered=~past[2].entered)]

    one, changed = check(past, prior()), check(other, prior())

    assert one.given.tobytes() == changed.given.tobytes()
    assert one.brier != changed.brier


def test_where_nobody_entered_nothing_is_checked():
    """Nor where there is no past at all."""
    nobody = replace(hopefuls(50, 1, prior()), entered=np.zeros(50, np.bool_))

    assert check([nobody], prior()) is None
    empty = replace(
        nobody, account=np.empty(0, np.int32), x=np.empty((0, len(FEATURES))),
        recent=np.empty(0), new=np.empty(0), posts=np.empty(0),
        entered=np.empty(0, np.bool_),
    )  # fmt: skip
    assert check([empty], prior()) is None


def test_figures_by_hand():
    """Brier, the base rate and AUC of four people."""
    found = Check(
        given=np.array([0.8, 0.4, 0.4, 0.0]),
        entered=np.array([True, True, False, False]),
        rank=np.zeros(4), momentum=np.zeros(4), cutoffs=1,
    )  # fmt: skip

    assert found.brier == pytest.approx((0.04 + 0.36 + 0.16) / 4)
    assert found.base == 0.25
    assert auc(found.given, found.entered) == pytest.approx(3.5 / 4)
    assert [band[:3] for band in found.bands()] == [
        (0.0, 0.05, 1), (0.3, 0.5, 2), (0.5, 1.0, 1)
    ]  # fmt: skip
