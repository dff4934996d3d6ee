"""Attention of professionals, and attention returned."""

from __future__ import annotations


def test_professionals_who_respond(signals):
    """Two doctors and a patient respond; two count, two thirds are peers."""
    rows = [(i, 9, "reply", 5) for i in (0, 1, 2)]

    assert signals("professional_listeners", rows, doctors=[0, 1])[9] == 2
    assert signals("peer_share", rows, doctors=[0, 1])[9] == 0.666667


def test_without_roles_nobody_is_a_peer(signals):
    """Where no role is known the signal is nought for everyone."""
    rows = [(0, 9, "reply", 5), (1, 9, "follow")]

    assert set(signals("professional_listeners", rows).values()) == {0.0}
    assert set(signals("peer_share", rows).values()) == {0.0}


def test_exchanges_go_both_ways(signals):
    """A reply that is answered is an exchange for both; a follow back is none."""
    rows = [(0, 1, "reply", 1), (1, 0, "mention", 2), (2, 1, "reply", 3)]
    rows += [(1, 2, "follow")]

    assert signals("exchanges", rows) == {0: 1, 1: 1, 2: 0}
