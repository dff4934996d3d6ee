"""How many keep listening, and how many respond."""

from __future__ import annotations

import pytest


def test_reach_counts_accounts_not_ties(signals):
    """A colleague who also follows is one account within reach."""
    rows = [(0, 9, "follow"), (0, 9, "colleague"), (1, 9, "follow"), (2, 9, "mention")]

    assert signals("followers", rows)[9] == 2


def test_professional_followers_are_those_known_to_be(signals):
    """Of three followers, the one doctor counts."""
    rows = [(i, 9, "follow") for i in (0, 1, 2)]

    assert signals("professional_followers", rows, doctors=[1])[9] == 1
    assert signals("professional_followers", rows)[9] == 0


def test_listeners_are_accounts_not_acts(signals):
    """Ten replies by one account resonate less than two by two."""
    one = [(0, 8, "reply", 5) for _ in range(10)]
    two = [(1, 9, "mention", 5), (2, 9, "coauthor")]

    found = signals("listeners", [*one, *two, (3, 9, "follow")])

    assert (found[8], found[9]) == (1, 2)


def test_repeated_responses_count_ever_less(signals):
    """Seven responses of one admirer count three, of seven admirers seven."""
    one = [(0, 8, "reply", i) for i in range(7)]
    seven = [(i, 9, "reply", i) for i in range(1, 8)]

    found = signals("responses", [*one, *seven])

    assert (found[8], found[9]) == (3, 7)


@pytest.mark.parametrize(
    "name", ["listeners_of_late", "listeners_lately", "listeners_just_now"]
)
def test_late_listeners_count_most(name, signals):
    """Each counts by its freshest response, and old ones fade."""
    early = [(i, 8, "mention", i) for i in range(4)]
    late = [(i, 9, "mention", 100 + i) for i in range(4)]
    again = [(0, 9, "mention", 1)]

    found = signals(name, [*early, *late, *again])

    assert 0 < found[8] < found[9] <= 4


def test_nominations_never_fade(signals):
    """Among dated acts, a nomination counts whole."""
    rows = [(0, 9, "nomination"), (1, 8, "mention", 0), (2, 8, "mention", 50)]

    assert signals("listeners_just_now", rows)[9] == 1


def test_talking_to_oneself_is_neither(signals):
    """A thread of replies to oneself earns no resonance, a self-follow no reach."""
    rows = [(0, 0, "reply", 5), (0, 0, "follow")]

    assert signals("followers", rows) == signals("listeners", rows) == {0: 0.0}


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("mentioners", "mention"),
        ("repliers", "reply"),
        ("reposters", "repost"),
        ("quoters", "quote"),
    ],
)
def test_each_way_to_respond_is_told_apart(name, layer, signals):
    """One account that responds in every way counts once in each."""
    rows = [(0, 9, way, 5) for way in ("mention", "reply", "repost", "quote")]

    assert signals(name, rows)[9] == 1
    assert signals(name, [(0, 9, layer, 5)])[9] == 1
