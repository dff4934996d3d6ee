"""A wanderer is found where personalised PageRank says."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from hcpgraph.compiled import THREADS
from hcpgraph.prospects.response.local_pagerank import forward_push


def rows(graph):
    """The neighbours of every node, row by row."""
    matrix = nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), format="csr")
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)


@pytest.mark.parametrize("seed", range(3))
def test_networkx_agrees(seed):
    """On random graphs every share is that of the power method."""
    graph = nx.gnm_random_graph(60, 150, seed=seed)
    starts, at = np.array([0, 7, 7]), np.arange(60)

    found = forward_push(*rows(graph), starts, at, close=1e-10)

    for row, start in zip(found, starts.tolist(), strict=True):
        if graph.degree(start):
            told = nx.pagerank(graph, 0.85, {start: 1}, dangling={start: 1}, tol=1e-12)
            assert row == pytest.approx([told[node] for node in at.tolist()], abs=1e-6)


def test_what_is_left_undone_is_little():
    """Shares are too low by at most what was allowed, and never too high."""
    graph = nx.barabasi_albert_graph(3000, 3, seed=1)
    degree = np.array([graph.degree(node) for node in range(3000)])
    starts, at = np.array([5, 2500]), np.arange(3000)

    close = forward_push(*rows(graph), starts, at, close=1e-10)
    rough = forward_push(*rows(graph), starts, at, close=1e-5)

    assert (rough <= close + 1e-12).all()
    assert (close - rough <= 1e-5 * degree + 1e-6).all()


def test_odd_graphs():
    """Someone alone stays at home; apart is apart; nobody asked, nothing told."""
    graph = nx.Graph([(0, 1), (2, 3)])
    graph.add_node(4)
    indptr, other = rows(graph)

    found = forward_push(indptr, other, np.array([4, 0]), np.arange(5))

    assert found[0].tolist() == [0, 0, 0, 0, 1]
    assert found[1, 2:].tolist() == [0, 0, 0]
    assert found[1].sum() == pytest.approx(1.0, abs=1e-4)
    assert forward_push(indptr, other, np.array([], np.intp), np.arange(5)).shape == (
        0,
        5,
    )
    assert forward_push(indptr, other, np.array([1]), np.array([], np.intp)).shape == (
        1,
        0,
    )


def test_same_bytes_on_any_number_of_threads(monkeypatch):
    """Starts share the cores, and nothing else."""
    indptr, other = rows(nx.barabasi_albert_graph(2500, 4, seed=2))
    found = []
    for threads in ("1", "2"):
        monkeypatch.setenv(THREADS, threads)
        found.append(
            forward_push(indptr, other, np.arange(0, 60), np.arange(2500)).tobytes()
        )

    assert found[0] == found[1]
