"""Ranks in one stretch of time after another."""

from __future__ import annotations

from hcpgraph.ranking.explain.periods import windows

DAY = 86_400


def test_each_window_is_ranked_by_itself(make_case):
    """90 led in the first half, 91 in the second; both have had three."""
    rows = [(s, 90, "mention", s * DAY) for s in (1, 2, 3)]
    rows += [(s, 91, "mention", (s + 10) * DAY) for s in (1, 2, 3)]
    hidden = (1, 2, 3)

    old = windows(make_case(rows, 90, hidden=hidden), count=2)
    new = windows(make_case(rows, 91, hidden=hidden), count=2)

    assert [(one.rank, one.responders) for one in old] == [(1, 3), (None, 0)]
    assert [(one.rank, one.responders) for one in new] == [(None, 0), (1, 3)]
    assert old[0].since == DAY
    assert old[0].until == old[1].since
    assert old[1].until == 13 * DAY + 1


def test_ties_without_a_time_are_in_every_window(make_case):
    """A follow keeps a person on the list where nobody responds."""
    rows = [(1, 91, "mention", DAY), (2, 91, "mention", 9 * DAY), (3, 90, "follow")]

    found = windows(make_case(rows, 90, hidden=(1, 2, 3)), count=2)

    assert [(one.rank, one.of, one.responders) for one in found] == [(2, 2, 0)] * 2


def test_without_times_there_are_no_windows(make_case):
    """Nor with fewer moments than windows."""
    assert windows(make_case([(1, 9, "follow")], 9)) == ()
    assert windows(make_case([(1, 9, "mention", DAY)], 9)) == ()
