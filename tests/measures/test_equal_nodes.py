"""Nodes with the very same ties have the same score but for rounding, and one rank."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.graph import Graph
from hcpgraph.measures import MEASURES
from hcpgraph.model.ranks import RELATIVE

COPIES = 3
# a greedy choice numbers nodes one after the other, and no two alike
CHOICES = {"voterank"}
LONG = {"betweenness", "harmonic_closeness", "constraint"}  # on a large network


def copies(nodes, ties, *, weighted):
    """Copies of one network under shuffled ids, and where each node's copies stand."""
    rng = np.random.default_rng(7)
    source = rng.integers(0, nodes, ties)
    target = (rng.pareto(1.2, ties) * 3).astype(int) % nodes
    weight = np.round(rng.random(ties) * 3 + 0.1, 2)
    place = rng.permutation(COPIES * nodes)
    row = [place[copy * nodes : (copy + 1) * nodes] for copy in range(COPIES)]
    turn = rng.permutation(COPIES * len(source))
    graph = Graph.from_edges(
        np.concatenate([one[source] for one in row])[turn],
        np.concatenate([one[target] for one in row])[turn],
        np.tile(weight, COPIES)[turn] if weighted else None,
        ids=np.arange(COPIES * nodes),
    )
    return graph, place.reshape(COPIES, nodes)


def check(name, graph, place):
    """Ranks of all copies are alike, their scores within a hundredth of the rule."""
    scores = MEASURES[name](graph)

    value, rank = scores.value[place], scores.ranks()[place]
    largest = np.maximum(np.abs(value).max(axis=0), np.finfo(float).tiny)
    apart = (value.max(axis=0) - value.min(axis=0)) / largest
    assert apart.max() <= RELATIVE / 100
    assert (rank == rank[0]).all()


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("name", sorted(set(MEASURES) - CHOICES))
def test_copies_of_a_node_share_a_rank(name, weighted):
    """Whatever the order in which their ties are summed."""
    check(name, *copies(300, 2000, weighted=weighted))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(MEASURES) - CHOICES - LONG))
def test_copies_of_a_node_share_a_rank_in_a_large_network(name):
    """Errors grow with the number of terms, and stay far from the rule."""
    check(name, *copies(20_000, 120_000, weighted=True))
