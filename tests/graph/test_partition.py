"""Labels in order, modularity, connected parts."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph, components, make_partition, modularity

EXAMPLES = Path(__file__).parents[2] / "../shared/data/graphalytics/example"
NODE = st.integers(0, 12)
TIES = st.lists(st.tuples(NODE, NODE, st.sampled_from([0.5, 1.0, 2.0])), max_size=25)


@settings(max_examples=50, deadline=None)
@given(ties=TIES)
def test_components_are_those_of_networkx(ties):
    """Weakly connected, largest first, equal sizes by lowest id."""
    graph = Graph.from_edges([u for u, _, _ in ties], [v for _, v, _ in ties])

    partition = components(graph)

    parts = nx.weakly_connected_components(graph.to_networkx())
    expected = sorted((sorted(part) for part in parts), key=lambda p: (-len(p), p[0]))
    found = [
        graph.ids[partition.label == k].tolist() for k in range(partition.n_communities)
    ]
    assert found == expected


@settings(max_examples=50, deadline=None)
@given(ties=TIES, weighted=st.booleans(), resolution=st.sampled_from([0.5, 1.0, 2.0]))
def test_modularity_is_that_of_networkx(ties, weighted, resolution):
    """On the undirected form, with weights and without."""
    source, target = [u for u, _, _ in ties], [v for _, v, _ in ties]
    graph = Graph.from_edges(
        source, target, [w for _, _, w in ties] if weighted else None
    )
    label = (graph.ids % 3).astype(np.int32)

    found = modularity(graph, label, resolution=resolution)

    if not graph.n_edges:
        assert found is None
        return
    oracle = graph.undirected().to_networkx().to_undirected()
    groups = [set(graph.ids[label == k].tolist()) for k in range(3)]
    expected = nx.community.modularity(oracle, groups, resolution=resolution)
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("unit", [1.0, 0.3])
def test_modularity_of_weights_that_are_alike_is_that_of_networkx(unit):
    """Though the undirected form, in which returned ties weigh two, is not built."""
    ends = np.unique(np.random.default_rng(0).integers(0, 60, (2, 900)), axis=1)
    graph = Graph.from_edges(*ends, np.full(len(ends[0]), unit), ids=range(70))
    label = (graph.ids % 4).astype(np.int32)

    found = modularity(graph, label, resolution=0.7)

    oracle = graph.undirected().to_networkx().to_undirected()
    groups = [set(graph.ids[label == k].tolist()) for k in range(4)]
    expected = nx.community.modularity(oracle, groups, resolution=0.7)
    assert found == pytest.approx(expected)


def test_communities_are_numbered_by_size_then_id():
    """Community 0 is the largest, whatever it was called."""
    graph = Graph.from_edges([1], [2], ids=range(1, 7))

    partition = make_partition("given", graph, np.array([9, 5, 9, -2, -2, 7]), {})

    assert partition.label.tolist() == [0, 2, 0, 1, 1, 3]
    assert partition.label.dtype == np.int32


@pytest.mark.skipif(not EXAMPLES.exists(), reason="reference graphs are not here")
@pytest.mark.parametrize("kind", ["directed", "undirected"])
def test_the_ldbc_reference_is_reproduced(kind):
    """Equal up to the names of components."""
    edges = np.loadtxt(EXAMPLES / f"example-{kind}.e", usecols=(0, 1), dtype=np.int64)
    expected = np.loadtxt(EXAMPLES / f"example-{kind}-WCC", dtype=np.int64)

    partition = components(Graph.from_edges(*edges.T, ids=expected[:, 0]))

    same = partition.label[:, None] == partition.label
    assert np.array_equal(same, expected[:, 1][:, None] == expected[:, 1])
