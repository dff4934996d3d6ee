"""Leiden communities."""

from __future__ import annotations

import random

import igraph as ig
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.communities import agreement, leiden
from hcpgraph.graph import Graph
from hcpgraph.model.scores import Partition

NODE = st.integers(0, 12)
TIES = st.lists(st.tuples(NODE, NODE, st.sampled_from([0.5, 1.0, 2.0])), max_size=30)


@pytest.fixture(scope="module")
def planted():
    """2,400 accounts in 24 groups; three ties in four stay in the group."""
    rng = np.random.default_rng(2)
    source = rng.integers(0, 2400, 24_000)
    near = source // 100 * 100 + rng.integers(0, 100, len(source))
    target = np.where(rng.random(24_000) < 0.75, near, rng.integers(0, 2400, 24_000))
    return Graph.from_edges(source, target, rng.integers(1, 4, len(source)))


@settings(max_examples=50, deadline=None)
@given(ties=TIES, weighted=st.booleans(), seed=st.integers(0, 9))
def test_communities_are_connected(ties, weighted, seed):
    """And no account without ties is put with anybody."""
    graph = Graph.from_edges(
        [u for u, _, _ in ties],
        [v for _, v, _ in ties],
        [w for _, _, w in ties] if weighted else None,
        ids=range(13),
    )

    partition = leiden(graph, seed=seed)

    oracle = graph.to_networkx().to_undirected()
    for k in range(partition.n_communities):
        members = graph.ids[partition.label == k].tolist()
        assert nx.is_connected(oracle.subgraph(members))


def test_planted_groups_are_found(planted):
    """Nearly everyone is put with their own."""
    truth = (planted.ids // 100).astype(np.int32)

    partition = leiden(planted)

    assert agreement(partition, Partition("truth", planted.ids, truth)) > 0.99


def test_modularity_is_not_below_louvain(planted):
    """An independent optimiser does no better."""
    oracle = planted.undirected().to_networkx().to_undirected()
    groups = nx.community.louvain_communities(oracle, seed=0)

    assert leiden(planted).modularity > nx.community.modularity(oracle, groups) - 0.001


def test_a_seed_fixes_the_answer(planted):
    """The same labels each time, whatever was drawn before."""
    first = leiden(planted, seed=3)
    random.random()
    ig.Graph.Erdos_Renyi(n=20, m=30)

    assert leiden(planted, seed=3).label.tobytes() == first.label.tobytes()


def test_the_generator_of_igraph_is_given_back(planted):
    """Finding communities does not make the caller's own draws repeat."""
    leiden(planted, seed=3)
    random.seed(1)
    first = ig.Graph.Erdos_Renyi(n=50, m=60).get_edgelist()
    random.seed(1)

    assert ig.Graph.Erdos_Renyi(n=50, m=60).get_edgelist() == first


def test_weights_decide():
    """A ring of four splits where its ties are weak."""
    graph = Graph.from_edges([1, 2, 3, 4], [2, 3, 4, 1], [9, 1, 9, 1])

    assert leiden(graph).label.tolist() == [0, 0, 1, 1]


def test_resolution_sets_the_size():
    """More of it gives more, smaller communities."""
    graph = Graph.from_networkx(nx.karate_club_graph())

    coarse, fine = (leiden(graph, resolution=r).n_communities for r in (0.3, 3.0))

    assert coarse < fine


@pytest.mark.parametrize("resolution", [0.0, -1.0, float("nan"), float("inf")])
def test_resolution_must_be_positive(resolution):
    """A wrong argument is the caller's to fix."""
    with pytest.raises(ValueError, match="resolution"):
        leiden(Graph.from_edges([1], [2]), resolution=resolution)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_without_ties_everyone_is_alone(n):
    """And there is no modularity to speak of."""
    partition = leiden(Graph.from_edges([], [], ids=range(n)))

    assert partition.label.tolist() == list(range(n))
    assert partition.modularity is None
