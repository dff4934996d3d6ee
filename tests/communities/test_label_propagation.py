"""Label propagation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.communities import label_propagation
from hcpgraph.graph import Graph

EXAMPLES = Path(__file__).parents[2] / "../shared/data/graphalytics/example"
NODE = st.integers(0, 9)
TIES = st.lists(st.tuples(NODE, NODE), max_size=35)


def spelt_out(graph, rounds):
    """The definition of CDLP, vertex by vertex."""
    oracle = graph.to_networkx()
    label = {v: v for v in oracle}
    for _ in range(rounds):
        before = dict(label)
        for v in oracle:
            votes = Counter(before[u] for u in oracle.predecessors(v))
            votes.update(before[u] for u in oracle.successors(v))
            if votes:
                label[v] = min(votes, key=lambda name: (-votes[name], name))
    return np.array([label[v] for v in graph.ids.tolist()], np.int64)


def same_classes(found, expected):
    return np.array_equal(found[:, None] == found, expected[:, None] == expected)


@settings(max_examples=60, deadline=None)
@given(ties=TIES, rounds=st.integers(0, 6))
def test_it_agrees_with_the_definition(ties, rounds):
    """Whatever the graph and the number of rounds."""
    graph = Graph.from_edges([u for u, _ in ties], [v for _, v in ties], ids=range(10))

    partition = label_propagation(graph, rounds=rounds)

    assert same_classes(partition.label, spelt_out(graph, rounds))


@pytest.mark.skipif(not EXAMPLES.exists(), reason="reference graphs are not here")
@pytest.mark.parametrize("kind", ["directed", "undirected"])
def test_two_rounds_give_the_ldbc_reference(kind):
    """Equal up to the names of communities."""
    edges = np.loadtxt(EXAMPLES / f"example-{kind}.e", usecols=(0, 1), dtype=np.int64)
    expected = np.loadtxt(EXAMPLES / f"example-{kind}-CDLP", dtype=np.int64)
    if kind == "undirected":
        edges = np.concatenate([edges, edges[:, ::-1]])

    partition = label_propagation(
        Graph.from_edges(*edges.T, ids=expected[:, 0]), rounds=2
    )

    assert same_classes(partition.label, expected[:, 1])


def test_rounds_cannot_be_negative():
    """A wrong argument is the caller's to fix."""
    with pytest.raises(ValueError, match="rounds"):
        label_propagation(Graph.from_edges([1], [2]), rounds=-1)
