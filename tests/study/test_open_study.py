"""What was read and computed is not again, and never outlives a change of the study."""

from __future__ import annotations

import pytest

from hcpgraph.memo import Memo
from hcpgraph.model.query import Query
from hcpgraph.study import Study
from hcpgraph.study.scored_area import scored_areas


@pytest.fixture
def study(tmp_path):
    """Three accounts, two ties."""
    rows = tmp_path / "ties.csv"
    rows.write_text("source,target,kind\n1,2,mention\n3,2,mention\n", encoding="utf-8")
    made = Study(tmp_path / "study.duckdb")
    made.add(rows)
    return made


def scored(study, **asked):
    with study.opened() as opened:
        return scored_areas(opened, Query(**asked))


def test_the_same_question_has_the_same_answer_at_once(study):
    """The very area, not one like it; another question has its own."""
    first, again, other = scored(study), scored(study), scored(study, audience="all")

    assert again[0] is first[0]
    assert other[0] is not first[0]


def test_each_area_is_held_by_itself(own):
    """Who ranked all areas has each at once, the same as if asked for alone."""
    first, second = own.areas
    alone = scored(own.study, area=second)[0]

    every = {place.area: place for place in scored(own.study, area="all")}
    one = scored(own.study, area=first)[0]

    assert every[second] is alone
    assert one is every[first]
    assert list(every) == sorted(every)


def test_an_area_out_of_all_is_ranked_as_one_read_alone(own):
    """What was asked before leaves no trace in a list."""
    expected = Study(own.study.path).rank(own.areas[0], resamples=20)

    own.study.rank("all", resamples=0)
    found = own.study.rank(own.areas[0], resamples=20)

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


def test_a_study_that_another_object_changed_is_read_anew(study, tmp_path):
    """What is remembered is of the file, not of the object."""
    assert len(study.rank(resamples=0)) == 3

    more = tmp_path / "more.csv"
    more.write_text("source,target,kind\n4,3,mention\n")
    Study(study.path).add(more)

    assert len(study.rank(resamples=0)) == 4


def test_calls_inside_share_one_opening(study):
    """And the file is closed when the outermost is done."""
    with study.opened() as first, study.opened() as second:
        assert second is first

    with study.opened() as third:
        assert third is not first


def test_without_room_everything_is_read_again_and_is_the_same(own):
    """The bound costs time, and no answer."""
    expected = own.study.rank("all", resamples=0)
    small = Study(own.study.path)
    small._memo = Memo(most=1, between=0)

    found = small.rank("all", resamples=0)

    assert found.table.columns == expected.table.columns
