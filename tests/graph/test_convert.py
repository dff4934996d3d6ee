"""There and back again: networkx, igraph, scipy."""

from __future__ import annotations

import igraph as ig
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from hcpgraph.errors import GraphError
from hcpgraph.graph import Graph

NODE = st.integers(0, 6)
TIES = st.lists(st.tuples(NODE, NODE, st.sampled_from([0.5, 1.0, 2.0])), max_size=25)


def back_from_networkx(graph):
    return Graph.from_networkx(graph.to_networkx())


def back_from_igraph(graph):
    return Graph.from_igraph(graph.to_igraph())


def back_from_scipy(graph):
    return Graph.from_scipy(graph.to_scipy(), graph.ids)


def assert_same(graph, other):
    assert graph.ids.dtype.kind == other.ids.dtype.kind
    assert graph.ids.tolist() == other.ids.tolist()
    assert graph.indptr.tolist() == other.indptr.tolist()
    assert graph.indices.tolist() == other.indices.tolist()
    if graph.n_edges:  # attributes of no edges cannot tell weighted from not
        assert graph.is_weighted == other.is_weighted
        assert np.array_equal(graph.adjacency().data, other.adjacency().data)


@pytest.mark.parametrize(
    "there_and_back", [back_from_networkx, back_from_igraph, back_from_scipy]
)
@settings(max_examples=30, deadline=None)
@given(ties=TIES, weighted=st.booleans(), text=st.booleans())
def test_a_round_trip_loses_nothing(there_and_back, ties, weighted, text):
    """Ids of both kinds, nodes without ties, weights or their absence."""
    name = str if text else int
    graph = Graph.from_edges(
        [name(u) for u, _, _ in ties],
        [name(v) for _, v, _ in ties],
        [w for _, _, w in ties] if weighted else None,
        ids=[name(k) for k in range(7)],
    )

    assert_same(graph, there_and_back(graph))


def test_undirected_edges_become_ties_both_ways():
    """Of networkx and of igraph alike."""
    expected = Graph.from_edges([1, 2, 2, 3], [2, 1, 3, 2], [2.0, 2.0, 5.0, 5.0])
    other = nx.Graph()
    other.add_weighted_edges_from([(1, 2, 2.0), (2, 3, 5.0)])
    third = ig.Graph(edges=[(0, 1), (1, 2)])
    third.vs["name"], third.es["weight"] = [1, 2, 3], [2.0, 5.0]

    assert_same(Graph.from_networkx(other), expected)
    assert_same(Graph.from_igraph(third), expected)


def test_networkx_edges_without_weight_count_one():
    """As they do in networkx."""
    other = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "a")])
    other.add_edge("a", "b", weight=3.0)

    graph = Graph.from_networkx(other)

    assert graph.weight.tolist() == [5.0, 1.0]


def test_igraph_vertices_without_names_are_numbered():
    """Their number is their id."""
    graph = Graph.from_igraph(ig.Graph(n=3, edges=[(2, 0)], directed=True))

    assert graph.ids.tolist() == [0, 1, 2]
    assert list(graph.to_networkx().edges) == [(2, 0)]


def test_a_copy_goes_to_scipy():
    """What its owner does to it does not reach the graph."""
    graph = Graph.from_edges([1], [2], [1.0])

    matrix = graph.to_scipy()
    matrix.data[:] = 9

    assert graph.weight.tolist() == [1.0]


def test_any_sparse_matrix_will_do():
    """Rows are numbered when nobody names them; zeros are no ties."""
    matrix = sparse.coo_matrix(([1, 0, 2], ([0, 0, 1], [1, 2, 1])), shape=(3, 3))

    graph = Graph.from_scipy(matrix)

    assert graph.ids.tolist() == [0, 1, 2]
    assert list(graph.to_networkx().edges(data="weight")) == [(0, 1, 1.0)]


@pytest.mark.parametrize(
    ("matrix", "ids", "complaint"),
    [
        (sparse.csr_array((2, 3)), None, "square"),
        (sparse.csr_array((2, 2)), [1], "1 ids for 2 rows"),
        (sparse.csr_array([[0, -1.0], [0, 0]]), None, "at least 0"),
    ],
)
def test_a_matrix_that_is_no_graph_is_refused(matrix, ids, complaint):
    """The message says why."""
    with pytest.raises(GraphError, match=complaint):
        Graph.from_scipy(matrix, ids)


@pytest.mark.parametrize(
    "other", [nx.DiGraph([(1, "a")]), nx.DiGraph([((1, 2), (3, 4))])]
)
def test_nodes_of_mixed_kinds_are_refused(other):
    """Relabel them first: 1 and "1" must not become the same person."""
    with pytest.raises(GraphError, match="one kind"):
        Graph.from_networkx(other)


def test_weights_that_are_no_numbers_are_refused():
    """An attribute may be called weight and hold anything."""
    with pytest.raises(GraphError, match="must be numbers"):
        Graph.from_networkx(nx.DiGraph([(1, 2, {"weight": "much"})]))
