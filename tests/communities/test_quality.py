"""How good a partition is."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.communities import agreement, conductance, leiden, modularity
from hcpgraph.graph import Graph
from hcpgraph.model.scores import Partition

NODE = st.integers(0, 9)
WEIGHT = st.sampled_from([0.5, 1.0, 2.0])
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=30)


@settings(max_examples=50, deadline=None)
@given(ties=TIES, weighted=st.booleans())
def test_conductance_is_that_of_networkx(ties, weighted):
    """Wherever networkx defines it; 0 where nothing leaves."""
    graph = Graph.from_edges(
        [u for u, _, _ in ties],
        [v for _, v, _ in ties],
        [w for _, _, w in ties] if weighted else None,
        ids=range(10),
    )
    partition = Partition("given", graph.ids, (graph.ids % 3).astype(np.int32))
    oracle = graph.undirected().to_networkx().to_undirected()

    found = conductance(graph, partition)

    for k in range(3):
        group = graph.ids[partition.label == k].tolist()
        if nx.cut_size(oracle, group, weight="weight"):
            expected = nx.conductance(oracle, group, weight="weight")
            assert found[k] == pytest.approx(expected)
        else:
            assert found[k] == 0


def test_modularity_of_a_partition_is_the_one_it_carries():
    """At resolution 1, for whatever resolution it was found."""
    graph = Graph.from_networkx(nx.karate_club_graph())
    partition = leiden(graph, resolution=2.0)

    assert modularity(graph, partition) == partition.modularity
    assert modularity(graph, partition, resolution=2.0) < partition.modularity


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
        ([0, 0, 1, 2], [0, 0, 1, 1], 4 / 7),
        ([0, 0, 0, 0], [0, 0, 0, 0], 1.0),
        ([0, 1, 2, 3], [0, 1, 2, 3], 1.0),
        ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
    ],
)
def test_agreement_is_the_adjusted_rand_index(one, other, expected):
    """Hand-computed cases: 1 for the same, about 0 for unrelated."""
    ids = np.arange(4)
    first = Partition("one", ids, np.array(one, np.int32))
    second = Partition("other", ids, np.array(other, np.int32))

    assert agreement(first, second) == pytest.approx(expected)


def test_partitions_of_others_are_refused():
    """Numbers about the wrong people would look right."""
    graph = Graph.from_edges([1], [2])
    other = Partition("given", np.array([1, 3]), np.zeros(2, np.int32))

    for quality in (modularity, conductance):
        with pytest.raises(ValueError, match="other nodes"):
            quality(graph, other)
    with pytest.raises(ValueError, match="different nodes"):
        agreement(leiden(graph), other)
