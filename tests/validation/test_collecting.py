"""Suggested follower lists narrow the first intervals more than others do."""

from __future__ import annotations

import numpy as np
import pytest

from tests.validation.collecting import RULES, interval, judged
from tests.validation.partial import WORLDS, draw_world, fresh_list


def test_the_interval_of_a_mean():
    """By Student's t, for few draws."""
    low, high = interval([1.0, 2.0, 3.0, 4.0])

    assert (low + high) / 2 == pytest.approx(2.5)
    assert (high - low) / 2 == pytest.approx(2.3534 * np.sqrt(5 / 3 / 4), abs=1e-3)


@pytest.mark.slow
def test_suggested_lists_narrow_most():
    """Ten of them by a quarter or more; random ones and the most followed by less."""
    found = []
    for seed in range(3):
        world = draw_world(WORLDS["alike .5"], seed)
        outcomes, promised = judged(world, fresh_list(world), 0.8, seed)
        found.append([one.width for one in outcomes])
        assert promised > 0

    width = dict(zip(RULES, np.mean(found, axis=0), strict=True))
    assert width["suggested"] < 0.75 * width["nothing"]
    assert width["suggested"] < min(width["random"], width["most followed"])
