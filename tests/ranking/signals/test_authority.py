"""Being heard by those who are heard, and by those who speak."""

from __future__ import annotations

import pytest


def test_one_follower_of_weight_beats_one_without(signals):
    """Of two people with one follower each, the star's choice has more authority."""
    rows = [(i, 0, "follow") for i in range(3, 9)]
    rows += [(0, 1, "follow"), (3, 2, "follow")]

    found = signals("pagerank", rows, layers={"follow": 1.0})

    assert found[1] > 2 * found[2] > 0


@pytest.mark.parametrize("name", ["pagerank", "area_pagerank"])
def test_the_unheeded_have_none(name, signals):
    """PageRank's share for everyone is not authority; with no tie nobody has any."""
    assert signals(name, [(0, 1, "mention")])[0] == 0.0
    assert signals(name, [(0, 0, "mention")]) == {0: 0.0}


def test_one_is_the_average(signals):
    """In a ring everyone has the average share."""
    rows = [(i, (i + 1) % 5, "follow") for i in range(5)]

    assert list(signals("pagerank", rows).values()) == pytest.approx([1] * 5)


def test_the_area_is_seen_from_those_who_speak_in_it(signals):
    """Two have one follower each; the one followed by a speaker has more authority."""
    rows = [(0, 5, "follow"), (1, 6, "follow"), (0, 7, "mention", 3)]

    found = signals("area_pagerank", rows)

    assert found[5] > found[6] == 0
    assert set(signals("area_pagerank", [(0, 5, "follow")]).values()) == {0.0}
