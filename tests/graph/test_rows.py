"""Compressed rows as bare arrays."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from hcpgraph.graph import Graph
from hcpgraph.graph.rows import alike, column_totals, joined


def a_graph(n=2500, ties=20_000):
    """Random ties, some of them returned, and accounts without any."""
    source, target = np.random.default_rng(0).integers(0, n - 5, (2, ties))
    both = np.r_[source, target[:4000]], np.r_[target, source[:4000]]
    return Graph.from_edges(*both, ids=range(n))


def test_joined_rows_hold_every_tie_at_both_ends():
    """As the matrix plus its transpose does; returned ties count for two."""
    graph = a_graph()

    bounds, columns = joined(graph.indptr, graph.indices)

    ties = (np.ones(len(columns)), columns, bounds)
    found = sparse.csr_array(ties, shape=(2500, 2500)).toarray()
    matrix = graph.adjacency().toarray()
    assert (found == matrix + matrix.T).all()
    assert found.max() == 2


def test_joined_rows_name_targets_before_sources():
    """Each in order, so that the rows depend on nothing but the graph."""
    graph = Graph.from_edges([1, 1, 0, 3], [3, 2, 1, 1], ids=range(5))

    bounds, columns = joined(graph.indptr, graph.indices)

    rows = [row.tolist() for row in np.split(columns, bounds[1:-1])]
    assert rows == [[1], [2, 3, 0, 3], [1], [1, 1], []]


def test_threads_leave_no_trace_in_joined_rows(monkeypatch):
    """One, two and five threads give the same bytes."""
    graph = a_graph()
    found = set()
    for threads in ("1", "2", "5"):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        rows = joined(graph.indptr, graph.indices)
        found.add(tuple(array.tobytes() for array in rows))

    assert len(found) == 1


@pytest.mark.parametrize("n", [0, 1, 3])
def test_without_ties_joined_rows_are_empty(n):
    """One row for each account all the same."""
    graph = Graph.from_edges([], [], ids=range(n))

    bounds, columns = joined(graph.indptr, graph.indices)

    assert bounds.tolist() == [0] * (n + 1)
    assert not len(columns)


def test_columns_add_up():
    """Their weight, or how often each occurs."""
    columns = np.array([2, 0, 2, 2], np.int32)
    weight = np.array([1.0, 5.0, 2.5, 0.25], np.float32)

    assert column_totals(columns, weight, 4).tolist() == [5.0, 0.0, 3.75, 0.0]
    assert column_totals(columns, None, 4).tolist() == [1.0, 0.0, 3.0, 0.0]


@pytest.mark.parametrize(
    ("weight", "expected"), [([], True), ([2, 2, 2], True), ([2, 2, 3], False)]
)
def test_weights_are_alike_or_not(weight, expected):
    """Where there are none, none differs."""
    assert alike(np.array(weight, np.float32)) is expected
