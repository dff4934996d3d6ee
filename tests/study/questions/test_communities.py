"""Graphs and communities of a study, under the ids that are printed."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph import figures
from hcpgraph.graph import Graph
from hcpgraph.model.names import NOT_PEOPLE
from hcpgraph.model.query import Query
from hcpgraph.study import Study
from hcpgraph.study.questions.communities import agreement, described


def test_a_graph_holds_every_account_under_its_id(full):
    """Ids are those of the exports, ascending; ties those of the area."""
    graph = full.study.graph("asthma")

    assert isinstance(graph, Graph)
    ids = graph.ids.tolist()
    assert ids == sorted(set(ids))
    assert set(ids) <= set(full.truth)
    assert graph.n_nodes > len(full.study.rank("asthma", top=10_000))


def test_follows_of_the_study_are_those_of_the_exports(full):
    """Direction is attention: the follower is the source."""
    graph = full.study.graph(layers={"follow": 1.0})

    source = np.repeat(np.arange(graph.n_nodes), np.diff(graph.indptr))
    ties = zip(graph.ids[source].tolist(), graph.ids[graph.indices], strict=True)
    assert {(s, str(t)) for s, t in ties} == full.follows
    assert graph.n_edges == len(full.follows)


def test_communities_list_members_largest_first(full):
    """Community 1 is the largest; in each, attention falls."""
    found = full.study.communities("asthma")
    table = found.table

    order = [
        (community, -attention)
        for community, attention in zip(
            table["community"], table["attention"], strict=True
        )
    ]
    assert order == sorted(order)
    sizes = found.partition.sizes().tolist()
    assert sizes == sorted(sizes, reverse=True)
    for community, size in zip(table["community"], table["size"], strict=True):
        assert size == sizes[community - 1]
    assert sum(sizes) == full.study.graph("asthma").n_nodes
    assert found.notes[0] == repr(found.partition)


@pytest.mark.parametrize("audience", ["hcp", "all"])
def test_communities_list_only_people_who_may_be_listed(full, audience):
    """The same people as the ranking of the area."""
    found = full.study.communities("asthma", audience=audience)
    ranking = full.study.rank("asthma", audience=audience, top=10_000)

    assert set(found.table["id"]) == set(ranking.table["id"])
    assert not NOT_PEOPLE & set(found.table["role"])
    assert not full.who(listable="false") & set(found.table["id"])


def test_the_graph_with_communities_has_the_communities_that_are_listed(full):
    """A figure shows the very communities that a list has."""
    listed = full.study.communities("asthma")

    graph, partition = full.study.graph_with_communities("asthma")

    assert graph.ids.tolist() == full.study.graph("asthma").ids.tolist()
    assert partition.ids.tolist() == graph.ids.tolist()
    assert partition.modularity == listed.partition.modularity
    community = dict(
        zip(partition.ids.tolist(), (partition.label + 1).tolist(), strict=True)
    )
    for account, label in zip(
        listed.table["id"], listed.table["community"], strict=True
    ):
        assert community[account] == label


def test_a_graph_and_a_ranking_of_one_study_draw(tiny):
    """What a study gives fits what a figure takes."""
    graph, partition = tiny.study.graph_with_communities("breast-cancer")
    ranking = tiny.study.rank("breast-cancer")

    figure = figures.network(graph, ranking, partition=partition)

    assert figure.axes


def test_a_higher_resolution_gives_more_communities(full):
    """Resolution says how small a community may be."""
    few = full.study.communities("asthma", resolution=0.5)
    many = full.study.communities("asthma", resolution=2.0)

    assert few.partition.n_communities < many.partition.n_communities
    assert many.parameters["resolution"] == 2.0


def test_a_period_narrows_the_graph(full):
    """Ties outside the period are not there; follows stay."""
    whole = full.study.graph("asthma")
    late = full.study.graph("asthma", since="2025-12-01")

    follows = full.study.graph("asthma", layers={"follow": 1.0})
    assert follows.n_edges < late.n_edges < whole.n_edges


def test_the_same_seed_gives_the_same_communities(full):
    """Random steps are seeded."""
    one, two = (full.study.communities("diabetes", seed=3) for _ in range(2))

    assert one.table == two.table
    assert one.parameters == two.parameters


@pytest.mark.parametrize("ask", [Study.graph, Study.communities])
def test_every_area_at_once_is_no_graph(tiny, ask):
    """One graph is of one area, or of the whole study."""
    with pytest.raises(ValueError, match="name one"):
        ask(tiny.study, "all")


def test_an_area_without_ties_is_an_empty_graph(tiny):
    """Nothing to group is no error."""
    graph, partition = tiny.study.graph_with_communities("asthma")

    assert (graph.n_nodes, len(partition)) == (0, 0)
    assert len(tiny.study.communities("asthma")) == 0


@pytest.mark.parametrize("resolution", [0, -1, float("nan"), float("inf")])
def test_a_resolution_is_a_positive_number(tiny, resolution):
    """Anything else is a slip."""
    with pytest.raises(ValueError, match="resolution must be above 0"):
        tiny.study.communities("breast-cancer", resolution=resolution)


def test_communities_of_a_whole_study_are_named_by_area(full):
    """The groups are those that a list has; most are named, by area among others."""
    with full.study.opened() as opened:
        groups = described(opened, Query())
        alike = agreement(groups, seed=0)

    listed = full.study.communities(seed=0).partition
    areas = set(full.study.areas(every=True)["name"])
    assert groups.partition.sizes().tolist() == listed.sizes().tolist()
    assert groups.graph.ids.tolist() == groups.partition.ids.tolist()
    assert any(area in name for name in groups.names.values() for area in areas)
    assert 0 < alike <= 1


def test_a_study_without_areas_is_named_by_what_else_is_known(tmp_path):
    """No area, no roster: no names, and no error."""
    path = tmp_path / "follows.csv"
    path.write_text("follower,followed\n1,2\n2,3\n3,1\n", encoding="utf-8")
    bare = Study(tmp_path / "bare.duckdb")
    bare.add(path)

    with bare.opened() as opened:
        groups = described(opened, Query())

    assert groups.names == {}
    assert groups.graph.n_nodes == 3
