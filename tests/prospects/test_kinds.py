"""Leaders lead, the rising rise, brokers bridge, voices are heard in one circle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph.model.quotas import KINDS
from hcpgraph.model.ranking import Scored
from hcpgraph.prospects.kinds import kind, participation, uncovered_share


def scored(count, resonance=2.0, activity=1.0):
    return Scored(
        account=np.arange(count, dtype=np.int32),
        score=resonance + activity + 0.01 * np.arange(count, 0, -1),
        contribution={
            "resonance": np.full(count, resonance),
            "activity": np.full(count, activity),
        },
    )


def test_the_top_tenth_leads_and_others_bridge_or_speak():
    """Of twenty, two lead; below them, breadth of audience tells the others apart."""
    places = np.array([0, 1, 2, 3])

    found = kind(scored(20), places, np.array([0.0, 0.9, 0.9, 0.1]))

    assert found == ["leader", "leader", "broker", "voice"]


def test_equals_at_the_end_of_the_top_tenth_lead_together():
    """The order of import makes no leader of one and none of the other."""
    level = replace(scored(20), score=np.array([9.0, *[5.0] * 3, *[1.0] * 16]))

    found = kind(level, np.array([1, 2, 3, 4]), np.zeros(4))

    assert found == ["leader", "leader", "leader", "voice"]


def test_speaking_much_is_not_leading():
    """Someone at the top mostly for own activity is not called a leader."""
    found = kind(scored(20, 1.0, 2.0), np.array([0]), np.array([0.0]))

    assert found == ["voice"]


def test_participation_is_the_spread_over_communities():
    """Half from each of two communities gives one half; one community gives none."""
    source, target = np.array([0, 1, 2, 3, 0, 1]), np.array([4, 4, 4, 4, 5, 5])
    community = np.array([0, 0, 1, 1, 0, 0], np.int32)

    found = participation(source, target, community, 6)

    assert found.tolist() == pytest.approx([0, 0, 0, 0, 0.5, 0])


NAN = float("nan")


def test_who_leads_can_no_longer_rise_and_who_rises_need_not_bridge():
    """The first kind that fits is taken: leader, rising, broker, voice."""
    places = np.array([0, 2, 3, 4, 5])

    found = kind(
        scored(20),
        places,
        np.array([0.9, 0.9, 0.9, 0.1, 0.1]),
        rising=np.array([0.9, 0.2, 0.19, 0.5, NAN]),
    )

    assert found == ["leader", "rising", "broker", "rising", "voice"]


def test_the_tenth_with_most_momentum_rises_where_no_chance_is_known():
    """Of twelve, two may rise; whoever falls does not, nor equals at the edge."""
    places, none = np.arange(8, 20), np.zeros(12)
    up = np.array([5.0, 4.0, *[1.0] * 10])

    assert kind(scored(20), places, none, momentum=up).count("rising") == 2
    level = np.array([5.0, *[4.0] * 2, *[NAN] * 9])
    assert kind(scored(20), places, none, momentum=level)[:2] == ["rising", "voice"]
    assert "rising" not in kind(scored(20), places, none, momentum=-up)
    assert "rising" not in kind(scored(20), places, none, momentum=np.ones(12))


def test_a_broker_opens_what_is_not_covered_yet():
    """Whoever bridges circles that the known reach already is a voice."""
    places = np.array([5, 6])

    found = kind(
        scored(20),
        places,
        np.array([0.8, 0.8]),
        uncovered_share=np.array([0.25, 0.2]),
    )

    assert found == ["broker", "voice"]


def test_opening_is_the_audience_in_communities_half_unreached():
    """Half reached is covered; accounts without ties are nobody's members."""
    source, target = np.array([0, 1, 2, 3, 0]), np.array([4, 4, 4, 4, 5])
    community = np.array([0, 0, 1, 1, 0, 1, 1, 1], np.int32)
    reached = np.array([1, 1, 1, 0, 0, 0, 0, 0], np.bool_)

    found = uncovered_share(source, target, community, reached)

    # community 0 is reached in two of three; community 1 in one of three
    assert found.tolist() == [0, 0, 0, 0, 0.5, 0, 0, 0]
    nobody = np.zeros(8, np.bool_)
    assert uncovered_share(source, target, community, nobody)[4:6].tolist() == [
        1.0,
        1.0,
    ]


def test_no_ties_open_nothing():
    """An empty area has no audience anywhere."""
    nobody = np.zeros(0, np.int32)

    assert uncovered_share(nobody, nobody, nobody, np.zeros(0, np.bool_)).shape == (0,)


def test_every_kind_is_given():
    """Among people of all sorts each has a kind, and each kind has people."""
    rng, count = np.random.default_rng(0), 10_000

    found = kind(
        scored(count),
        np.arange(count),
        rng.random(count),
        rising=rng.random(count) / 4,
    )

    assert len(found) == count
    assert set(found) == set(KINDS)
