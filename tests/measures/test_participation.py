"""Participation in communities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.measures import participation
from hcpgraph.model.scores import Partition

NODE = st.integers(0, 9)
WEIGHT = st.sampled_from([0.5, 1.0, 2.0, 3.0])
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=30)


def spelt_out(oracle, community):
    """The definition, account by account."""
    share = {}
    for v in oracle:
        spent = {}
        for near in set(oracle.predecessors(v)) | set(oracle.successors(v)):
            both = [(v, near), (near, v)]
            weight = sum(oracle.edges[e]["weight"] for e in both if e in oracle.edges)
            spent[community[near]] = spent.get(community[near], 0.0) + weight
        total = sum(spent.values())
        share[v] = 1 - sum((w / total) ** 2 for w in spent.values()) if spent else 0.0
    return share


@settings(max_examples=40, deadline=None)
@given(ties=TIES, labels=st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_it_agrees_with_the_definition(ties, labels, graph_of, networkx_of):
    """Whatever the communities, some of them empty."""
    graph = graph_of(ties)
    label = np.array([labels[v] for v in graph.ids.tolist()], np.int32)

    scores = participation(graph, Partition("drawn", graph.ids, label))

    found = dict(zip(scores.ids.tolist(), scores.value.tolist(), strict=True))
    expected = spelt_out(networkx_of(ties), labels)
    assert found == pytest.approx(expected, abs=1e-12)


def test_a_broker_between_communities_scores_highest():
    """Ties with three communities, evenly, give two thirds."""
    graph = Graph.from_edges([0, 0, 0, 1, 2], [1, 2, 3, 0, 0], ids=range(4))
    partition = Partition("given", graph.ids, np.array([0, 0, 1, 2], np.int32))

    scores = participation(graph, partition)

    assert scores.top(1) == [(0, pytest.approx(2 / 3))]


def test_a_partition_of_others_is_refused():
    """Scores of the wrong people would look right."""
    graph = Graph.from_edges([1], [2])
    partition = Partition("given", np.array([1, 3]), np.zeros(2, np.int32))

    with pytest.raises(ValueError, match="other nodes"):
        participation(graph, partition)
