"""What was scored is not scored again, and never outlives a change of the study."""

from __future__ import annotations

import pytest

from hcpgraph.engines import open_engine
from hcpgraph.model.query import Selection
from hcpgraph.store import Store
from hcpgraph.study import Study, recalling, scoring


@pytest.fixture
def study(tmp_path):
    """Three accounts, two ties."""
    rows = tmp_path / "ties.csv"
    rows.write_text("source,target,kind\n1,2,mention\n3,2,mention\n", encoding="utf-8")
    made = Study(tmp_path / "study.duckdb")
    made.add(rows)
    return made


def fields(study, **asked):
    question = scoring.Question(Selection(**asked), open_engine())
    with Store.open(study.path) as store:
        return scoring.read_scored_areas(store, question)


def test_the_same_question_has_the_same_answer_at_once(study):
    """The very field, not one like it; another question has its own."""
    first, again, other = fields(study), fields(study), fields(study, audience="all")

    assert again[0] is first[0]
    assert other[0] is not first[0]


def test_each_area_is_held_by_itself(tiny, forgetful):
    """Who ranked all areas has each at once, the same as if asked for alone."""
    first, second = tiny.areas
    alone = fields(tiny.study, area=second)[0]

    every = {field.area: field for field in fields(tiny.study, area="all")}
    one = fields(tiny.study, area=first)[0]

    assert every[second] is alone
    assert one is every[first]
    assert list(every) == sorted(every)


def test_an_area_out_of_all_is_ranked_as_one_read_alone(tiny, forgetful):
    """What was asked before leaves no trace in a list."""
    expected = tiny.study.rank(tiny.areas[0], resamples=20)
    recalling._held.clear()

    tiny.study.rank("all", resamples=0)
    found = tiny.study.rank(tiny.areas[0], resamples=20)

    assert found.table.columns == expected.table.columns
    assert found.notes == expected.notes


def test_a_study_that_changed_is_scored_anew(study, tmp_path):
    """A tie imported or a person hidden since shows in the next list."""
    assert list(study.rank(resamples=0).table["id"]) == ["2", "1", "3"]

    more = tmp_path / "more.csv"
    more.write_text("source,target,kind\n2,3,mention\n4,3,mention\n5,3,mention\n")
    study.add(more)
    grown = list(study.rank(resamples=0).table["id"])
    study.correct("2", hidden=True)
    hidden = list(study.rank(resamples=0).table["id"])

    assert grown[0] == "3"
    assert "2" in grown
    assert "2" not in hidden


def test_only_so_many_ties_are_held(study, monkeypatch):
    """The questions not asked for the longest are forgotten first."""
    monkeypatch.setattr(recalling, "_MOST", 4)
    first = fields(study)
    fields(study, audience="all")
    assert fields(study)[0] is first[0]

    fields(study, role="nurse")
    fields(study, role="researcher")

    assert fields(study)[0] is not first[0]
