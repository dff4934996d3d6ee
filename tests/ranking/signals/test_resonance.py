"""Attention of professionals, attention returned; attention new, steady, or over."""

from __future__ import annotations

import pytest


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


NAMES = ("new_listeners", "last_response", "steadiness", "first_response")


def test_only_first_responses_are_new(signals):
    """An old admirer who responds again is no new listener."""
    old = [(i, 8, "mention", i) for i in range(8)]
    rows = [*old, (0, 8, "mention", 100), (9, 10, "mention", 100)]

    found = signals("new_listeners", rows)

    assert found[10] == pytest.approx(1.0)
    assert found[8] < signals("listeners_lately", rows)[8]


def test_steady_is_who_is_heard_all_along(signals):
    """Eight responses spread over the record are steadier than eight in one burst."""
    spread = [(i, 20, "reply", 10 * i) for i in range(8)]
    burst = [(i, 21, "reply", 75) for i in range(8, 16)]

    found = signals("steadiness", [*spread, *burst])

    assert found[20] > found[21] == 1


def test_first_and_last_response(signals):
    """Who was heard at the start and never again is early, and long unheard."""
    rows = [(0, 8, "mention", 0), *((i, 9, "mention", i) for i in range(1, 8))]

    assert signals("first_response", rows)[8] == pytest.approx(7 / 8)
    assert signals("last_response", rows)[9] == 1.0
    assert signals("last_response", rows)[8] < 0.05


@pytest.mark.parametrize("name", NAMES)
def test_without_times_there_is_no_momentum(name, signals):
    """Nothing is made up where nothing is dated."""
    rows = [(0, 1, "mention"), (2, 1, "nomination"), (3, 1, "follow")]

    assert set(signals(name, rows).values()) == {0.0}
