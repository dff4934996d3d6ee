"""Standings before names are released, and lists after."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.communities import Communities
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.prospects import Prospects
from hcpgraph.model.ranking import Ranking, Scored
from hcpgraph.model.scores import Partition
from hcpgraph.model.table import Table
from hcpgraph.model.ties import Accounts

PARTS = {
    "reach": [1.0, 0.0],
    "resonance": [2.0, 0.0],
    "authority": [0.5, 0.0],
    "brokerage": [0.5, 0.0],
    "activity": [0.0, 0.0],
}


def people(**extra):
    return {
        **extra,
        "rank": [1, 2],
        "id": ["17", "x:9"],
        "handle": ["Ann_MD", None],
        "name": ["Ann", None],
        "score": [4.0, 0.0],
        "rank_low": [None, None],
        "rank_high": [None, None],
    }


RANKING = Ranking(Table({**people(), **PARTS}), area="asthma", by="score")


def standings():
    return Scored(
        account=np.array([9, 2, 5], np.int32),
        score=np.array([3.0, 2.0, 1.0]),
        contribution={"reach": np.array([3.0, 2.0, 1.0])},
        signal={"followers": np.array([30.0, 20.0, 10.0])},
    )


def test_standings_are_cut_with_all_that_belongs_to_them():
    """The order stays; parts and signals follow their people."""
    accounts = Accounts(
        account=np.array([2, 5, 9], np.int32),
        role=np.zeros(3, np.int8),
        listable=np.ones(3, np.bool_),
        followers=np.zeros(3, np.int64),
        posts=np.zeros(3, np.int64),
    )

    kept = standings().only(accounts, np.array([True, False, True]))

    assert kept.account.tolist() == [9, 2]
    assert kept.contribution["reach"].tolist() == [3.0, 2.0]
    assert kept.signal["followers"].tolist() == [30.0, 20.0]
    assert kept.head(1).account.tolist() == [9]
    assert len(kept.head(0)) == 0


def test_a_score_is_explained_from_its_largest_part():
    """Equal parts by name; shares are of the score."""
    parts = RANKING.explain("17")

    assert parts.names == ("contribution", "value", "share")
    assert parts["contribution"] == [
        "resonance",
        "reach",
        "authority",
        "brokerage",
        "activity",
    ]
    assert parts["value"] == [2.0, 1.0, 0.5, 0.5, 0.0]
    assert parts["share"] == [0.5, 0.25, 0.125, 0.125, 0.0]


@pytest.mark.parametrize("person", ["@ann_md", "@Ann_MD", "17"])
def test_a_person_is_named_by_id_or_handle(person):
    """Handles in any case."""
    assert RANKING.explain(person) == RANKING.explain("17")


def test_a_score_of_nothing_has_no_shares():
    """Nothing is divided by zero."""
    assert set(RANKING.explain("X:9")["share"]) == {0.0}


def test_a_list_of_several_areas_explains_each():
    """The same person in two areas has two scores."""
    table = Table({**people(area=["asthma", "copd"]), **PARTS, "id": ["17", "17"]})

    parts = Ranking(table, area="all", by="score").explain("17")

    assert parts["area"] == ["asthma"] * 5 + ["copd"] * 5
    assert parts["contribution"][5:] == sorted(CONTRIBUTIONS)


def test_whoever_is_not_listed_cannot_be_explained():
    """The answer is the closest who is."""
    with pytest.raises(ValueError, match=r"'xx:9' is not listed; did you mean 'x:9'\?"):
        RANKING.explain("xx:9")
    with pytest.raises(ValueError, match="'@an_md' is not listed"):
        RANKING.explain("@an_md")


def test_a_single_measure_has_no_parts():
    """Explaining it would make some up."""
    ranking = Ranking(Table(people()), area=None, by="pagerank")

    with pytest.raises(ValueError, match="ranked by 'pagerank', a score without parts"):
        ranking.explain("17")


RESULTS = {
    "ranking": (RANKING, "Ranking(asthma, by score, 2 people)"),
    "ranking of the study": (
        Ranking(Table(people()), area=None, by="hits"),
        "Ranking(whole study, by hits, 2 people)",
    ),
    "prospects": (
        Prospects(Table(people()), area=None),
        "Prospects(whole study, 2 people)",
    ),
    "communities": (
        Communities(
            Table(people()),
            Partition("leiden", np.array([1]), np.array([0], np.int32)),
        ),
        "Communities(2 listed; Partition(leiden, 1 nodes, 1 communities))",
    ),
}


@pytest.mark.parametrize(("result", "text"), RESULTS.values(), ids=RESULTS)
def test_results_introduce_themselves(result, text):
    """A line, then the table; as many people as rows."""
    assert repr(result) == text
    assert result._repr_html_().startswith(f"<p>{text}</p><table>")
    assert result._repr_html_().endswith(result.table._repr_html_())
    assert len(result) == 2
    assert result.to_pandas()["id"].tolist() == ["17", "x:9"]
