"""Attention over time to those on a list, whoever bears their names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hcpgraph.errors import UnknownAccount
from hcpgraph.model.query import Query
from hcpgraph.model.table import Table
from hcpgraph.study import Study
from hcpgraph.study.questions.timeline import answer


@pytest.fixture
def alike(tmp_path):
    """A study of two people, one whose id is the full name of the other."""
    rows = "".join(
        f"s{n},{target},mention,2025-01-0{n}T00:00:00Z\n"
        for target, many in (("5", 2), ("x:5", 4))
        for n in range(1, many + 1)
    )
    (tmp_path / "ties.csv").write_text(f"source,target,layer,at\n{rows}")
    study = Study(tmp_path / "study.duckdb")
    assert study.add(tmp_path / "ties.csv")[0].imported
    return study


def test_a_course_is_of_those_on_the_list(alike):
    """Also where the id of one person could be read as the name of another."""
    ranking = alike.rank(by="in_degree")

    with alike.opened() as opened:
        found = answer(opened, Query(), ranking, top=2)

    assert list(found.table["id"]) == ["x:5", "5"]
    assert found.responders.sum(axis=1).tolist() == [4, 2]


def test_who_is_on_the_list_and_not_in_the_ties_is_named(alike):
    """In one line, as the study may have changed since it was ranked."""
    ranking = replace(alike.rank(by="in_degree"), table=Table({"id": ["gone"]}))

    with (
        alike.opened() as opened,
        pytest.raises(UnknownAccount, match=r"^no account 'gone'.*$"),
    ):
        answer(opened, Query(), ranking, top=2)
