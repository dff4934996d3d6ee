"""Courses: distinct responders in periods, momentum and bursts."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import LAYERS
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME, Ties
from hcpgraph.ranking.timeline import follow

DAY = 86_400
START = 1_735_689_600  # 1 January 2025, a Wednesday


def ties(rows, layer="mention"):
    """Ties from (source, target, day) rows; a day of None has no time."""
    count = len(rows)
    source, target, day = (np.array(column) for column in zip(*rows, strict=True))
    at = [NO_TIME if d is None else START + int(d * DAY) for d in day.tolist()]
    return Ties(
        source=source.astype(np.int32),
        target=target.astype(np.int32),
        layer=np.full(count, LAYERS.index(layer), np.int8),
        at=np.array(at, np.int64),
        post=np.full(count, -1, np.int32),
        weight=np.ones(count, np.float32),
        area=np.full(count, -1, np.int16),
    )


def people(count):
    return Table({"id": [str(i) for i in range(count)]})


def test_distinct_accounts_count_once_a_period():
    """However often somebody responds, it is one responder; oneself is none."""
    rows = [(5, 1, 0), (5, 1, 0.5), (6, 1, 0.2), (1, 1, 0.3), (5, 2, 1), (7, 9, 2)]
    rows += [(5, 1, 0.6), (6, 1, 0.7)]

    found = follow(ties(rows), np.array([2, 1]), people(2), area=None)

    assert found.unit == "day"
    assert found.responders.tolist() == [[0, 1, 0], [2, 0, 0]]
    assert found.everyone.tolist() == [2, 1, 1]
    assert found.starts[0].isoformat() == "2025-01-01T00:00:00"
    assert (found.dated, found.undated) == (7, 0)


def test_ties_without_a_time_are_in_no_period():
    """They are counted apart, and a record of nothing else has no period."""
    mixed = follow(
        ties([(5, 1, 0), (6, 1, None), (7, 1, None)]),
        np.array([1]),
        people(1),
        area=None,
    )
    timeless = follow(ties([(6, 1, None)]), np.array([1]), people(1), area=None)

    assert (mixed.dated, mixed.undated) == (1, 2)
    assert mixed.responders.sum() == 1
    assert (timeless.dated, timeless.undated) == (0, 1)
    assert timeless.responders.shape == (1, 0)


def test_follows_are_no_responses():
    """A standing tie is not heard on a day, even where it has one."""
    found = follow(ties([(5, 1, 3)], "follow"), np.array([1]), people(1), area=None)

    assert found.dated == 0


@pytest.mark.parametrize(
    ("days", "each", "unit"),
    [
        (20, 1, "day"),
        (300, 1 / 6, "week"),
        (300, 1 / 30, "month"),
        (1500, 1 / 30, "month"),
        (4000, 1 / 80, "quarter"),
        (12000, 1 / 300, "year"),
    ],
)
def test_periods_suit_length_and_density(days, each, unit):
    """At most sixty periods, and as long as it takes to hear a leader in each."""
    count = int(days * each)
    rows = [(10 + i, 1, days * i / count) for i in range(count + 1)]

    found = follow(ties(rows), np.array([1]), people(1), area=None)

    assert found.unit == unit
    assert found.responders.sum() == count + 1
    assert 1 <= len(found.everyone) <= 60
    assert all(a < b for a, b in zip(found.starts, found.starts[1:], strict=False))


def test_weeks_begin_on_monday():
    """The first week is the one that holds the first response."""
    rows = [(10 + i, 1, 6.9 * i) for i in range(60)]

    found = follow(ties(rows), np.array([1]), people(1), area=None)

    assert found.unit == "week"
    assert {start.weekday() for start in found.starts} == {0}
    assert found.starts[0].day == 30


def test_momentum_is_apart_from_that_of_everyone():
    """Who doubles while all double has not changed; who doubles alone has, surely."""
    rng = np.random.default_rng(1)
    rows = []
    for target, before, after in ((1, 50, 100), (2, 50, 100), (3, 20, 200), (4, 0, 3)):
        days = [*rng.uniform(20, 30, before), *rng.uniform(30, 39.9, after)]
        rows += [(1000 + len(rows) + i, target, day) for i, day in enumerate(days)]
    rows += [(90_000 + i, 9, day) for i, day in enumerate(rng.uniform(0, 39.9, 40))]

    found = follow(ties(rows), np.array([1, 2, 3, 4]), people(4), area=None)

    change, sure = found.table["change"], found.table["sure"]
    assert change[0] == change[1] < 1
    assert change[2] > 2
    assert change[3] is None
    assert sure[2]
    assert not sure[3]


def test_a_burst_is_found_and_dated_and_a_rise_is_none():
    """One loud week of an even year stands out; steady growth does not."""
    rng = np.random.default_rng(2)
    even = rng.uniform(0, 360, 200)
    loud = rng.uniform(100, 103, 40)
    rising = 360 * np.sqrt(rng.random(400))
    days = [(1, even), (1, loud), (2, rising)]
    rows = [
        (10_000 * k + i, target, day)
        for k, (target, some) in enumerate(days, start=1)
        for i, day in enumerate(some)
    ]

    found = follow(ties(rows), np.array([1, 2]), people(2), area="asthma")

    (burst,) = found.bursts
    assert burst.person == 0
    assert burst.at.month == 4
    assert burst.responders >= 40
    assert burst.usual < 10


def test_a_busy_week_of_all_is_a_burst_of_none():
    """A congress at which everybody is named singles nobody out."""
    rng = np.random.default_rng(3)
    rows = []
    for target in range(1, 9):
        days = [*rng.uniform(0, 360, 100), *rng.uniform(201, 203, 12)]
        rows += [(1000 + len(rows) + i, target, day) for i, day in enumerate(days)]

    found = follow(ties(rows), np.arange(1, 9), people(8), area=None)

    assert found.bursts == ()


def test_nobody_has_an_empty_course():
    """A course of nobody is one of no rows."""
    found = follow(ties([(5, 1, 0)]), np.empty(0, np.int64), people(0), area=None)

    assert len(found) == 0
    assert found.everyone.tolist() == [1]
