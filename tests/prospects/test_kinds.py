"""Leaders lead, brokers bridge, voices are heard in one circle."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.ranking import Standings
from hcpgraph.prospects.kinds import kind, participation


def standings(count, resonance=2.0, activity=1.0):
    return Standings(
        account=np.arange(count, dtype=np.int32),
        score=np.full(count, resonance + activity),
        contribution={
            "resonance": np.full(count, resonance),
            "activity": np.full(count, activity),
        },
    )


def test_the_top_tenth_leads_and_others_bridge_or_speak():
    """Of twenty, two lead; below them, breadth of audience tells the others apart."""
    places = np.array([0, 1, 2, 3])

    found = kind(standings(20), places, np.array([0.0, 0.9, 0.9, 0.1]))

    assert found == ["leader", "leader", "broker", "voice"]


def test_speaking_much_is_not_leading():
    """Someone at the top mostly for own activity is not called a leader."""
    found = kind(standings(20, 1.0, 2.0), np.array([0]), np.array([0.0]))

    assert found == ["voice"]


def test_participation_is_the_spread_over_communities():
    """Half from each of two communities gives one half; one community gives none."""
    source, target = np.array([0, 1, 2, 3, 0, 1]), np.array([4, 4, 4, 4, 5, 5])
    community = np.array([0, 0, 1, 1, 0, 0], np.int32)

    found = participation(source, target, community, 6)

    assert found.tolist() == pytest.approx([0, 0, 0, 0, 0.5, 0])
