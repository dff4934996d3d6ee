"""Local moving in batches."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from hcpgraph.communities import parallel_moving
from hcpgraph.communities.level_graph import LevelGraph
from hcpgraph.communities.local_moving import move_nodes
from hcpgraph.graph import Graph
from hcpgraph.graph.partition import modularity


@pytest.fixture(autouse=True)
def no_level_is_small(monkeypatch):
    """Graphs of tests are moved in batches until nothing is left to visit."""
    monkeypatch.setattr(parallel_moving, "LARGE", 1)


def level_of(graph):
    both = graph.undirected()
    matrix = both.adjacency()
    weight = None if both.weight is None else both.weight.astype(np.float64)
    return LevelGraph(
        both.indptr, both.indices, weight, matrix.sum(axis=1).astype(float)
    )


def a_graph(*, weighted, n=2500, ties=9000):
    rng = np.random.default_rng(1)
    source = rng.integers(0, n, ties)
    target = np.where(rng.random(ties) < 0.4, source * 7, source // 20 * 20 + 3) % n
    return Graph.from_edges(
        source, target, rng.random(ties) if weighted else None, ids=range(n)
    )


def moved(graph, *, resolution=1.0, enough=1e-6):
    """Labels after moving in batches, what that gained, and who is left restless."""
    level = level_of(graph)
    weight = level.strength.sum() / 2
    label = np.arange(graph.n_nodes, dtype=np.int32)
    order = np.random.default_rng(0).permutation(label)
    queued = np.ones(graph.n_nodes, np.bool_)
    terms = resolution / (2 * weight), enough * weight
    gained = parallel_moving.move_in_batches(level, label, order, terms, queued)
    return label, gained / weight, queued


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("resolution", [0.5, 1.0, 3.0])
def test_gains_add_up_to_modularity(weighted, resolution):
    """Each is exact, though decided on what stood before others moved."""
    graph = a_graph(weighted=weighted)

    label, gained, _ = moved(graph, resolution=resolution)

    alone = modularity(graph, np.arange(graph.n_nodes), resolution=resolution)
    after = modularity(graph, label, resolution=resolution)
    assert after - alone == pytest.approx(gained)
    assert gained > 0.2


@pytest.mark.parametrize("weighted", [True, False])
def test_batches_get_as_far_as_single_moves(weighted, monkeypatch):
    """Within a hundredth of what one by one gains."""
    graph = a_graph(weighted=weighted)
    level = level_of(graph)
    weight = level.strength.sum() / 2
    _, in_batches, _ = moved(graph)

    monkeypatch.setattr(parallel_moving, "LARGE", 10**9)
    label = np.arange(graph.n_nodes, dtype=np.int32)
    order = np.random.default_rng(0).permutation(label)
    singly = move_nodes(level, label, order, (0.5 / weight, 1e-6 * weight)) / weight

    assert in_batches > singly - 0.01


def test_twins_do_not_swap_places_for_ever():
    """Two that wish to join each other at the same time end up together."""
    graph = Graph.from_edges([0, 2, 4], [1, 3, 5])

    label, _, _ = moved(graph)

    assert (label[::2] == label[1::2]).all()
    assert len(set(label.tolist())) == 3


def test_who_is_better_off_alone_is_left_for_single_moves():
    """Where chance outweighs ties, a clique comes apart; a pair apart does not."""
    clique_and_pair = nx.disjoint_union(nx.complete_graph(5), nx.path_graph(2))
    level = level_of(Graph.from_networkx(clique_and_pair))
    label = np.zeros(7, np.int32)
    terms = 20 / level.strength.sum(), 1e-6

    move_nodes(level, label, np.arange(7, dtype=np.int32), terms)

    assert len(set(label.tolist())) == 6
    assert label[5] == label[6]


@pytest.mark.parametrize("graph", [nx.star_graph(60), nx.path_graph(3000)])
def test_awkward_graphs(graph):
    """A hub that everyone wishes to join, and a chain without any."""
    graph = Graph.from_networkx(graph)

    label, gained, _ = moved(graph)

    assert gained > 0
    assert modularity(graph, label) > -1e-9


@pytest.mark.parametrize("weighted", [True, False])
def test_threads_leave_no_trace(weighted, monkeypatch):
    """The same labels, and the same gain to the last bit."""
    graph = a_graph(weighted=weighted)
    found = set()
    for threads in ("1", "2", "5"):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        label, gained, queued = moved(graph)
        found.add((label.tobytes(), gained, queued.tobytes()))

    assert len(found) == 1
