"""Long steps tell whoever listens, and cost nothing where nobody does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from hcpgraph import progress


@pytest.fixture
def told():
    """What was said inside ``steps.told_to(told.append)``, one tuple a call."""
    return Told()


class Told(list):
    """What was told, a tuple for each call."""

    def __call__(self, *said):
        self.append(said)


def test_a_step_says_its_begin_its_parts_and_its_end(told):
    """Also where nobody knows how much there is."""
    with progress.report_to(told):
        with progress.step("scoring", 2) as tick:
            tick()
        with progress.step("reading"):
            pass

    assert told == [
        ("scoring", 0, 2),
        ("scoring", 1, 2),
        ("scoring", 2, 2),
        ("reading", 0, None),
        ("reading", 1, 1),
    ]


def test_a_step_that_fails_is_over_too(told):
    """A bar does not stay behind."""
    with progress.report_to(told), pytest.raises(KeyError), progress.step("scoring", 5):
        raise KeyError

    assert told[-1] == ("scoring", 5, 5)


def test_parts_may_be_done_by_any_thread(told):
    """Each counts once; the last that is told is the end."""
    with (
        progress.report_to(told),
        progress.step("drawing", 100) as tick,
        ThreadPoolExecutor(4) as pool,
    ):
        list(pool.map(lambda _: tick(), range(100)))

    assert sorted(done for _, done, _ in told) == [*range(101), 100]


def test_without_a_listener_nothing_is_told():
    """Nor counted."""
    assert progress.listener() is None
    with progress.step("scoring", 2) as tick:
        tick()


def test_the_innermost_listener_is_told_and_then_the_outer_one_again(told):
    """None silences."""
    with progress.report_to(told):
        with progress.report_to(None), progress.step("unheard"):
            pass
        assert progress.listener() is told
    assert not told


def test_each_item_is_a_part(told):
    """And a single one is the whole, of unknown length."""
    with progress.report_to(told):
        assert list(progress.each("areas", ["a", "b"])) == ["a", "b"]
        assert list(progress.each("area", ["a"])) == ["a"]

    assert [said for said in told if said[0] == "areas"] == [
        ("areas", 0, 2),
        ("areas", 1, 2),
        ("areas", 2, 2),
        ("areas", 2, 2),
    ]
    assert ("area", 0, None) in told
