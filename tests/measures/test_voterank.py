"""Elections."""

from __future__ import annotations

import networkx as nx

from hcpgraph.graph import Graph
from hcpgraph.measures import voterank


def test_the_order_is_that_of_networkx():
    """Where votes are never equal, both elect the same."""
    sizes = {"a": 9, "b": 7, "c": 4}
    ties = [(f"{who}{k}", who) for who, size in sizes.items() for k in range(size)]
    graph = Graph.from_edges(*zip(*ties, strict=True))

    elected = [who for who, _ in voterank(graph).top(3)]

    # networkx reads a tie u -> v as a vote of v for u
    assert elected == nx.voterank(nx.DiGraph(ties).reverse())


def test_equal_votes_go_to_the_lower_id():
    """A tie is broken by rule, not by the order of the file."""
    graph = Graph.from_edges([5, 4, 3], [9, 8, 7])

    assert voterank(graph).top(3) == [(7, 6.0), (8, 5.0), (9, 4.0)]


def test_those_without_votes_score_nothing():
    """Whoever only listens is not elected."""
    graph = Graph.from_edges([1, 2], [3, 3])

    assert voterank(graph).value.tolist() == [0.0, 0.0, 3.0]


def test_the_second_elected_has_another_audience():
    """An audience that has elected once counts for less."""
    shared, other = [(k, "b") for k in "stuvw"], [(k, "c") for k in "xyz"]
    ties = [(k, "a") for k in "stuvwp"] + shared + other
    graph = Graph.from_edges(*zip(*ties, strict=True))

    assert [who for who, _ in voterank(graph).top(2)] == ["a", "c"]
