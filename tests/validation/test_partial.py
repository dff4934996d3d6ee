"""Intervals hold when followers are known for some people only."""

from __future__ import annotations

import numpy as np
import pytest

from tests.validation.partial import (
    WORLDS,
    draw_demo,
    draw_world,
    fresh_list,
    judged,
)


def test_four_of_five_lists_deleted():
    """Nine in ten of the first twenty stay within their intervals, and it is said."""
    world = draw_world(WORLDS["alike .5"], 0)
    whole = fresh_list(world)
    found = [judged(world, whole, 0.8, seed) for seed in range(2)]

    assert np.mean([one.held for one in found]) >= 0.9
    assert all(one.told for one in found)
    assert not whole.notes[0].startswith("followers are known")


@pytest.mark.slow
@pytest.mark.parametrize("deleted", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("name", [*WORLDS, "demo"])
def test_intervals_hold_in_every_world(name, deleted):
    """Over ten deletions nine in ten of the first twenty stay; nobody is rewarded."""
    world = draw_demo(7) if name == "demo" else draw_world(WORLDS[name], 9)
    whole = fresh_list(world)
    found = [judged(world, whole, deleted, seed) for seed in range(10)]

    # with 95 % of all lists deleted, half of the first are gone and the rest are few
    alone = name in WORLDS and not WORLDS[name].acts
    assert np.mean([one.held for one in found]) >= (0.85 if alone else 0.9)
    # with half of the lists there and few follows, 7 of 10 are recognised
    assert np.mean([one.told for one in found]) >= (0.6 if deleted == 0.5 else 0.8)
    if not alone:
        assert abs(np.mean([one.rewarded for one in found])) < 0.12
