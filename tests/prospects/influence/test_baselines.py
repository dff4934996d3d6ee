"""Simpler ways to choose, on graphs small enough to see through."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.graph import Graph
from hcpgraph.prospects.influence.baselines import (
    by_degree_discount,
    by_in_degree,
    by_simulation,
    by_votes,
)
from hcpgraph.prospects.influence.probabilities import from_graph


@pytest.fixture
def two_circles():
    """Position 0 is read by 3 to 6, 1 by 3 to 5, and 2 by 7 and 8."""
    source = [3, 4, 5, 6, 3, 4, 5, 7, 8]
    target = [0, 0, 0, 0, 1, 1, 1, 2, 2]
    return Graph.from_edges(source, target)


def test_in_degree_counts_readers(two_circles):
    """However much they overlap."""
    assert by_in_degree(two_circles, 3).tolist() == [0, 1, 2]


def test_voterank_elects_by_other_voters(two_circles):
    """Those who have elected someone weigh less."""
    assert by_votes(two_circles, 2).tolist()[0] == 0
    assert len(by_votes(two_circles, 99)) == 9


def test_simulation_sees_the_overlap(two_circles):
    """The second circle adds most to the first."""
    chosen = by_simulation(from_graph(two_circles, 0.9), 2, cascades=500)

    assert chosen.tolist() == [0, 2]


def test_simulation_ends_with_the_last_account(two_circles):
    """A budget above all accounts takes each once."""
    chosen = by_simulation(from_graph(two_circles), 99, cascades=2)

    assert sorted(chosen.tolist()) == list(range(9))


def test_degree_discount_is_that_of_its_formula():
    """Against the formula read off for all accounts after each choice."""
    rng = np.random.default_rng(2)
    graph = Graph.from_edges(*rng.integers(0, 50, (2, 400)), ids=range(50))

    found = by_degree_discount(graph, 20, probability=0.1)

    attends = graph.adjacency().toarray() > 0
    degree, chosen = attends.sum(axis=0), []
    for _ in range(20):
        t = attends[:, chosen].sum(axis=1)
        value = degree - 2 * t - (degree - t) * t * 0.1
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
    assert found.tolist() == chosen


def test_degree_discount_takes_each_once():
    """Even if the budget exceeds the graph."""
    graph = Graph.from_edges([1, 2, 3], [2, 3, 1])

    assert sorted(by_degree_discount(graph, 9).tolist()) == [0, 1, 2]
