"""What the script on changes prints is what was named."""

from __future__ import annotations

import re

import numpy as np

from tests.validation import changes


def test_named_people_are_counted_in_both_kinds_of_worlds(monkeypatch, capsys):
    """A line on unchanged worlds, and two shares with intervals."""
    monkeypatch.setattr("sys.argv", ["changes", "--draws", "2"])

    changes.main()

    still, false, found = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"unchanged: \d+ people named, in \d of 2 worlds", still)
    for line in (false, found):
        share, low, high = map(float, re.findall(r"\d\.\d\d", line))
        assert low <= share <= high
    assert found.endswith(" of 12")


def test_planted_changes_rise_and_fall():
    """Three people of middling rates six times as much, three a sixth."""
    rate = changes.rates(0)

    later, moved = changes.planted(rate)

    assert sorted((later / rate)[moved].round(3).tolist()) == [0.167] * 3 + [6.0] * 3
    assert np.array_equal(np.flatnonzero(later != rate), moved)
