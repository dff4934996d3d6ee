"""Areas that are scored together."""

from __future__ import annotations

import pytest

from hcpgraph import progress
from hcpgraph.compiled import THREADS
from hcpgraph.study import Study
from hcpgraph.study.scored_area import by_area


def test_areas_side_by_side_are_ranked_as_each_by_itself(full, monkeypatch):
    """Neither who shares the threads nor how many there are shows in a list."""
    tables = []
    for threads in ("1", "2", "7"):
        monkeypatch.setenv(THREADS, threads)
        ranking = Study(full.study.path).rank("all", top=10)
        tables.append((ranking.table.columns, ranking.notes))

    assert tables[0] == tables[1] == tables[2]
    assert len(set(tables[0][0]["area"])) > 1


@pytest.mark.parametrize("threads", ["1", "4"])
def test_each_area_is_told_of_once(monkeypatch, threads):
    """Progress counts areas, whichever is done first; results stay in their order."""
    monkeypatch.setenv(THREADS, threads)
    told = []

    with progress.report_to(lambda *one: told.append(one)):
        found = by_area("scoring", str.upper, ["asthma", "copd", "stroke"])

    assert found == ["ASTHMA", "COPD", "STROKE"]
    assert sorted(told) == [("scoring", done, 3) for done in (0, 1, 2, 3, 3)]


def test_a_single_area_is_a_step_of_unknown_length():
    """Nobody is shown a bar that jumps from nothing to all."""
    told = []

    with progress.report_to(lambda *one: told.append(one)):
        by_area("scoring", str.upper, ["asthma"])

    assert told[0] == ("scoring", 0, None)
