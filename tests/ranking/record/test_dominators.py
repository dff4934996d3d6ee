"""Dominators and strong components, with networkx as the oracle."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.ranking.record.dominators import dominator_tree, rows_from, strong_labels

ENDS = st.integers(0, 11)


def columns(edges):
    ordered = sorted(edges)
    return np.array(ordered, np.int64).reshape(-1, 2).T


@given(st.sets(st.tuples(ENDS, ENDS), max_size=40))
def test_strong_components(edges):
    """Equal labels for nodes with paths to one another; the label is the first node."""
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(12))

    found = strong_labels(*columns(edges), 12)

    expected = np.empty(12, np.int64)
    for part in nx.strongly_connected_components(graph):
        expected[list(part)] = min(part)
    assert found.tolist() == expected.tolist()


@given(st.sets(st.tuples(ENDS, ENDS), max_size=40))
def test_dominators(edges):
    """A node dominates another if the path from the root is gone without it."""
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(12))

    enter, leave = dominator_tree(*rows_from(*columns(edges), 12, np.array([0])), 12)

    for one in range(12):
        assert (leave[one] > 0) == nx.has_path(graph, 0, one)
        for other in range(1, 12):
            if leave[one] and leave[other] and one != other:
                without = graph.subgraph(set(graph) - {other})
                below = enter[other] <= enter[one] < leave[other]
                assert below == (not nx.has_path(without, 0, one))


def test_a_long_chain_needs_no_stack():
    """Searches go as deep as the data: ten thousand accounts in a row."""
    n = 10_000
    chain = np.arange(n - 1), np.arange(1, n)

    enter, leave = dominator_tree(*rows_from(*chain, n, np.array([0])), n)

    assert (leave[:-1] - enter[:-1]).tolist() == list(range(n, 0, -1))
    assert strong_labels(*chain, n).tolist() == list(range(n))


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_at_all(n):
    """No edges, no nodes: no labels, or one."""
    nothing = np.empty(0, np.int64)

    assert strong_labels(nothing, nothing, n).tolist() == list(range(n))
