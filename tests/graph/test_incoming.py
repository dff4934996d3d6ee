"""Incoming ties: what they promise, and that they are those of a graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.errors import GraphError
from hcpgraph.graph import Graph, Incoming

NODE = st.integers(-3, 6)
TIES = st.lists(st.tuples(NODE, NODE, st.floats(0, 1e6, width=32)), max_size=30)

few = settings(max_examples=50, deadline=None)


@few
@given(ties=TIES, weighted=st.booleans())
def test_incoming_ties_are_the_transpose(ties, weighted):
    """The same arrays, and what each account gives in all."""
    source, target, weight = np.array(ties, float).reshape(-1, 3).T
    ends = source.astype(int), target.astype(int)
    graph = Graph.from_edges(*ends, weight if weighted else None)

    rows = graph.incoming()

    back = graph.transpose()
    assert rows.indptr is back.indptr
    assert rows.indices is back.indices
    assert rows.weight is back.weight
    assert rows.given == pytest.approx(graph.adjacency().sum(axis=1))
    assert rows.is_weighted == weighted
    assert graph.incoming() is rows


def arrays():
    return {
        "indptr": np.array([0, 0, 2], np.int64),
        "indices": np.array([0, 1], np.int32),
        "weight": np.array([1, 2], np.float32),
        "given": np.array([1, 2], np.float64),
        "ids": np.array([4, 7], np.int32),
    }


def test_arrays_are_owned():
    """They can no longer be written."""
    rows = Incoming(**arrays())

    for name in arrays():
        with pytest.raises(ValueError, match="read-only"):
            getattr(rows, name)[0] = 9


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("indptr", np.array([0, 2], np.int64), "2 entries for 2 nodes"),
        ("indices", np.array([1, 0], np.int32), "ascend"),
        ("indices", np.array([0, 2], np.int32), r"lie in \[0, 2\)"),
        ("weight", np.array([1, 0], np.float32), "positive"),
        ("given", np.array([1], np.float64), "given must be 2"),
        ("given", np.array([1, 2], np.float32), "not float32"),
        ("ids", np.array([7, 4], np.int32), "ids must ascend"),
    ],
)
def test_arrays_that_contradict_each_other_are_refused(name, value, message):
    """With what is wrong."""
    with pytest.raises(GraphError, match=message):
        Incoming(**{**arrays(), name: value})


def test_a_graph_of_nobody_has_no_incoming_ties():
    """No node, no tie, no error."""
    rows = Graph.from_edges([], []).incoming()

    assert (rows.n_nodes, rows.n_edges, repr(rows)) == (
        0,
        0,
        "Incoming(0 nodes, 0 ties, unweighted)",
    )
