"""Hubs and authorities."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from hcpgraph.errors import NotConverged
from hcpgraph.graph import Graph
from hcpgraph.measures import MEASURES, hits


def test_both_sides_agree_with_networkx(many_ties, graph_of, networkx_of):
    """On a graph whose principal vector is unique there is one answer."""
    graph = graph_of(many_ties)
    hub, authority = nx.hits(networkx_of(many_ties), max_iter=5000, tol=1e-14)

    found = hits(graph)

    ids = graph.ids.tolist()
    np.testing.assert_allclose(found.hub.value, [hub[v] for v in ids], atol=1e-8)
    np.testing.assert_allclose(
        found.authority.value, [authority[v] for v in ids], atol=1e-8
    )


def test_equal_parts_share_the_authority():
    """Where two strangers' circles are alike, neither is favoured."""
    graph = Graph.from_edges([1, 2, 11, 12], [3, 3, 13, 13])

    scores = hits(graph).authority

    np.testing.assert_allclose(scores.value, [0, 0, 0.5, 0, 0, 0.5], atol=1e-12)


def test_slightly_stronger_parts_win():
    """The gap between two parts may be a millionth and still decides."""
    graph = Graph.from_edges([1, 3], [2, 4], [1.0, 1.000001])

    scores = hits(graph).authority

    assert scores.value[3] == pytest.approx(1.0, abs=1e-6)


def test_the_registered_side_is_the_authority():
    """``rank --by hits`` lists those who are pointed at."""
    graph = Graph.from_edges([1, 2], [3, 3])

    scores = MEASURES["hits"](graph)

    assert scores.measure == "hits"
    assert scores.top(1) == [(3, 1.0)]


def test_it_says_when_it_gave_up():
    """No half-done answer is passed off as one."""
    rng = np.random.default_rng(0)
    graph = Graph.from_edges(rng.integers(0, 300, 900), rng.integers(0, 300, 900))

    with pytest.raises(NotConverged, match="hits"):
        hits(graph, max_iter=1)


def test_two_circles_of_equal_strength_share_the_answer():
    """An eigenspace of two dimensions gives the part of the start that lies in it."""
    ties = [(0, 1, 4.0), (0, 4, 2.0), (1, 2, 0.5), (2, 0, 4.0), (3, 0, 2.0)]
    source, target, weight = zip(*ties, strict=True)

    authority = hits(Graph.from_edges(source, target, weight)).authority

    assert authority.value == pytest.approx([1 / 2, 1 / 3, 0, 0, 1 / 6], abs=1e-9)


def test_rounding_does_not_choose_between_equal_circles():
    """Two circles pull equally hard, beside weaker ties that bring rounding in."""
    graph = Graph.from_edges(
        [0, 0, 1, 1, 2, 3, 5], [2, 4, 0, 3, 0, 1, 1], [0.5, 3, 0.5, 0.5, 0.5, 0.5, 3]
    )

    found = hits(graph).authority

    assert found.value == pytest.approx([0, 1 / 2, 1 / 14, 0, 3 / 7, 0], abs=1e-8)
