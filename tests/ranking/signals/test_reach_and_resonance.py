"""How many keep listening, and how many respond."""

from __future__ import annotations

from hcpgraph.ranking import fold
from hcpgraph.ranking.signals import reach, resonance

LAYERS = {
    "follow": 1.0,
    "colleague": 1.0,
    "mention": 1.0,
    "reply": 1.0,
    "coauthor": 1.0,
}


def test_reach_counts_accounts_not_ties(make_ties):
    """A colleague who also follows is one account within reach."""
    rows = [(0, 9, "follow"), (0, 9, "colleague"), (1, 9, "follow"), (2, 9, "mention")]

    assert reach(fold(make_ties(rows), LAYERS)).tolist() == [0, 0, 0, 2]


def test_resonance_counts_accounts_not_acts(make_ties):
    """Ten replies by one account resonate less than two by two."""
    one = [(0, 8, "reply", 5) for _ in range(10)]
    two = [(1, 9, "mention", 5), (2, 9, "coauthor")]

    found = resonance(fold(make_ties([*one, *two, (3, 9, "follow")]), LAYERS))

    assert found.tolist() == [0, 0, 0, 0, 1, 2]


def test_talking_to_oneself_is_neither(make_ties):
    """A thread of replies to oneself earns no resonance, a self-follow no reach."""
    pairs = fold(make_ties([(0, 0, "reply", 5), (0, 0, "follow")]), LAYERS)

    assert reach(pairs).tolist() == resonance(pairs).tolist() == [0]
