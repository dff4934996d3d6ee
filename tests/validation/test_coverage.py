"""Intervals of ranks hold the truth as often as they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.validation.cascades import CASCADES
from tests.validation.coverage import WORLDS, in_cascades, in_record, in_world
from tests.validation.records import read_record

MEETINGS = Path(__file__).parents[2] / "../shared/data/conference_edges"


@pytest.mark.parametrize(
    "name", ["plain", "few acts", "acts and follows", "300 people", "follows alone"]
)
def test_nine_in_ten_intervals_hold_the_rank_by_true_rate(name):
    """In worlds of known rates the coverage is what it is said to be."""
    found = np.mean([in_world(WORLDS[name], seed) for seed in range(4)])

    # four worlds of a hundred people each leave an error of about .03
    assert 0.82 <= found <= 0.98


@pytest.mark.parametrize("name", ["geometric, mean 5", "as at large meetings"])
def test_cascades_are_seen_through(name):
    """A hundred responses to one original are not a hundred facts."""
    found = [in_cascades(CASCADES[name], n, edges=False).held for n in range(2)]

    assert np.mean(found) >= 0.8


@pytest.mark.slow
@pytest.mark.parametrize("name", CASCADES)
def test_intervals_hold_in_every_world_of_originals(name):
    """With originals 85 to 95 %, boundaries of tiers wrong in at most 8 %."""
    found = [in_cascades(CASCADES[name], seed, edges=False) for seed in range(20)]

    # twenty worlds leave an error of about .01
    assert 0.84 <= np.mean([one.held for one in found]) <= 0.97
    boundaries = sum(one.boundaries for one in found)
    assert sum(one.wrong for one in found) <= 0.08 * max(boundaries, 13)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASCADES)
def test_a_list_of_edges_is_widened(name):
    """Without originals at least 85 %: what times tell of cascades is used."""
    found = [in_cascades(CASCADES[name], seed, edges=True).held for seed in range(20)]

    # twenty worlds leave an error of about .01
    assert np.mean(found) >= 0.84


@pytest.mark.parametrize("name", ["bosc17", "user2018", "vizbi17"])
def test_a_part_of_a_record_foresees_the_rank_on_all_of_it(name):
    """Intervals from 70 % of the blocks of time hold the rank on all for 85 %."""
    path = MEETINGS / f"{name}.csv"
    if not path.exists():
        pytest.skip("real records are not beside the repository")

    assert in_record(read_record(path), seed=0) >= 0.85
