"""Odd files and odd questions: a short run always, a longer one when asked for."""

from __future__ import annotations

import pytest

from tests.fuzz import campaign


def found_by(folder, *, seed, files, questions, processes):
    """What a run finds, as the summary that people read; empty for nothing."""
    todo = [
        share
        for kind, count in (("file", files), ("question", questions))
        for share in campaign.shares(
            seed=seed, kind=kind, first=0, last=count, folder=folder
        )
    ]
    found = campaign.run(todo, processes=processes)
    assert found.cases == files + questions
    return found.summary() if found.kinds else ""


def test_odd_files_and_questions_break_nothing(tmp_path):
    """No traceback, no ledger that does not add up, no study that does not open."""
    found = found_by(tmp_path, seed=0, files=60, questions=10, processes=1)

    assert not found, found


@pytest.mark.slow
def test_many_odd_files_and_questions_break_nothing(tmp_path):
    """The same, with other files and ten times as many."""
    found = found_by(tmp_path, seed=1, files=1500, questions=300, processes=2)

    assert not found, found
