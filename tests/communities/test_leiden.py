"""Leiden communities."""

from __future__ import annotations

import random
from importlib import import_module
from pathlib import Path

import igraph as ig
import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from hcpgraph.communities import agreement, leiden, modularity
from hcpgraph.communities.leiden import _flat, _optimise
from hcpgraph.graph import Graph
from hcpgraph.model.scores import Partition

REAL = Path(__file__).parents[2] / "../shared/data"
SEVERAL = range(5)
SHARED = [HealthCheck.function_scoped_fixture]  # a constant, the same for every case
NODE = st.integers(0, 12)
TIES = st.lists(st.tuples(NODE, NODE, st.sampled_from([0.5, 1.0, 2.0])), max_size=30)
RESOLUTION = st.sampled_from([1e-9, 0.3, 1.0, 3.0, 1e9])


def planted(groups, each, ties, mixing):
    """Accounts in groups of one size; a share *mixing* of ties goes anywhere."""
    rng = np.random.default_rng(2)
    everyone = groups * each
    source = rng.integers(0, everyone, ties)
    near = source // each * each + rng.integers(0, each, ties)
    anyone = rng.integers(0, everyone, ties)
    target = np.where(rng.random(ties) < mixing, anyone, near)
    graph = Graph.from_edges(source, target, rng.integers(1, 4, ties))
    return graph, Partition("truth", graph.ids, (graph.ids // each).astype(np.int32))


@pytest.fixture(scope="module")
def small():
    """2,400 accounts in 24 groups; three ties in four stay in the group."""
    return planted(24, 100, 24_000, 0.25)


@pytest.fixture(scope="module")
def large():
    """20,000 accounts and more ties than are started from several times."""
    return planted(40, 500, 600_000, 0.5)


def of_igraph(graph, *, seed=0, resolution=1.0):
    """What igraph's Leiden, run until nothing changes, finds."""
    once = sparse.triu(graph.undirected().adjacency()).tocoo()
    network = ig.Graph(n=graph.n_nodes, edges=np.column_stack(once.coords))
    weight = once.data.tolist()
    ig.set_random_number_generator(random.Random(seed))
    try:
        found = network.community_leiden(
            "modularity", weights=weight, resolution=resolution, n_iterations=-1
        )
    finally:
        ig.set_random_number_generator(random)  # igraph's own default
    label = np.array(found.membership, np.int32)
    return modularity(
        graph, Partition("igraph", graph.ids, label), resolution=resolution
    )


def assert_connected(graph, partition):
    oracle = graph.to_networkx().to_undirected()
    for k in range(partition.n_communities):
        members = graph.ids[partition.label == k].tolist()
        assert nx.is_connected(oracle.subgraph(members))


@settings(max_examples=80, deadline=None)
@given(ties=TIES, weighted=st.booleans(), seed=st.integers(0, 9), gamma=RESOLUTION)
def test_communities_are_connected(ties, weighted, seed, gamma):
    """And no account without ties is put with anybody."""
    graph = Graph.from_edges(
        [u for u, _, _ in ties],
        [v for _, v, _ in ties],
        [w for _, _, w in ties] if weighted else None,
        ids=range(13),
    )

    partition = leiden(graph, seed=seed, resolution=gamma)

    assert_connected(graph, partition)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 999), density=st.floats(0.5, 3.0), gamma=RESOLUTION)
def test_communities_of_larger_graphs_are_connected(seed, density, gamma):
    """Where moving takes away who held a community together."""
    rng = np.random.default_rng(seed)
    ties = int(600 * density)
    graph = Graph.from_edges(rng.integers(0, 600, ties), rng.integers(0, 600, ties))

    assert_connected(graph, leiden(graph, seed=seed, resolution=gamma))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(ties=TIES.filter(lambda t: any(u != v for u, v, _ in t)))
def test_small_graphs_are_partitioned_as_well_as_by_igraph(ties):
    """The best of several starts is hardly ever below one of the oracle."""
    graph = Graph.from_edges(*(np.array(column) for column in zip(*ties, strict=True)))

    assert leiden(graph).modularity > of_igraph(graph) - 0.02


@pytest.fixture
def always_shared(monkeypatch):
    """Small levels are worked on as large ones are: in batches, parts and runs.

    By one thread: for so little work, starting more takes longer than the work.
    """
    monkeypatch.setenv("HCPGRAPH_THREADS", "1")
    for name in ("parallel_moving", "leiden", "level_graph"):
        module = import_module(f"hcpgraph.communities.{name}")
        monkeypatch.setattr(module, "LARGE", 1)


@settings(max_examples=60, deadline=None, suppress_health_check=SHARED)
@given(ties=TIES, weighted=st.booleans(), seed=st.integers(0, 9), gamma=RESOLUTION)
@pytest.mark.usefixtures("always_shared")
def test_shared_work_leaves_communities_connected(ties, weighted, seed, gamma):
    """Also on the way that large graphs take."""
    graph = Graph.from_edges(
        [u for u, _, _ in ties],
        [v for _, v, _ in ties],
        [w for _, _, w in ties] if weighted else None,
        ids=range(13),
    )

    partition = leiden(graph, seed=seed, resolution=gamma)

    assert_connected(graph, partition)


@pytest.mark.parametrize("resolution", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.usefixtures("always_shared")
def test_shared_work_finds_as_much(resolution, weighted):
    """Deciding in batches costs no quality, on average over seeds."""
    rng = np.random.default_rng(3)
    ends = (rng.random((2, 6000)) ** 1.7 * 2500).astype(int)
    weight = rng.integers(1, 5, 6000) if weighted else None
    graph = Graph.from_edges(*ends, weight)

    found = [leiden(graph, seed=s, resolution=resolution) for s in SEVERAL]
    quality = [modularity(graph, p, resolution=resolution) for p in found]

    oracle = [of_igraph(graph, seed=s, resolution=resolution) for s in SEVERAL]
    assert np.mean(quality) > np.mean(oracle) - 0.001
    assert_connected(graph, found[0])


@pytest.mark.usefixtures("always_shared")
def test_weights_in_single_precision_give_the_same_communities():
    """Large graphs keep weights as they are; the sums are in double precision."""
    rng = np.random.default_rng(5)
    ends = (rng.random((2, 9000)) ** 1.7 * 2500).astype(int)
    graph = Graph.from_edges(*ends, rng.random(9000))
    single = _flat(graph)
    double = single._replace(weight=single.weight.astype(np.float64))

    labels = [
        _optimise(flat, 1.0, np.random.default_rng(0), thorough=False)
        for flat in (single, double)
    ]

    assert single.weight.dtype == np.float32
    assert labels[0].tolist() == labels[1].tolist()


@pytest.mark.parametrize("share", [0.0, 0.5])
@pytest.mark.usefixtures("always_shared")
def test_returned_ties_count_for_two(share, monkeypatch):
    """Large graphs have them twice; that finds as much as one of twice the weight."""
    ends = np.random.default_rng(3).random((2, 6000)) ** 1.7 * 2500
    back = ends[::-1, : int(share * 6000)]
    ends = np.unique(np.hstack([ends, back]).astype(int), axis=1)
    graph = Graph.from_edges(*ends, np.full(ends.shape[1], 3.0))

    twice = [leiden(graph, seed=s) for s in SEVERAL]
    assert _flat(graph).weight is None
    monkeypatch.setattr(import_module("hcpgraph.communities.leiden"), "LARGE", 10**9)
    heavy = [leiden(graph, seed=s) for s in SEVERAL]

    assert _flat(graph).weight is not None
    quality = [np.mean([p.modularity for p in found]) for found in (twice, heavy)]
    assert quality[0] == pytest.approx(quality[1], abs=0.004)
    assert_connected(graph, twice[0])


def test_planted_groups_are_found(small):
    """Nearly everyone is put with their own."""
    graph, truth = small

    assert agreement(leiden(graph), truth) > 0.99


def test_planted_groups_of_a_large_graph_are_found(large):
    """Also where there is one start and less patience."""
    graph, truth = large

    partition = leiden(graph)

    assert graph.undirected().n_edges > 1_000_000
    assert agreement(partition, truth) > 0.99
    assert partition.modularity > modularity(graph, truth) - 0.001


def test_modularity_is_not_below_louvain(small):
    """An independent optimiser does no better."""
    oracle = small[0].undirected().to_networkx().to_undirected()
    groups = nx.community.louvain_communities(oracle, seed=0)

    assert leiden(small[0]).modularity > nx.community.modularity(oracle, groups) - 0.001


@pytest.mark.parametrize("resolution", [0.3, 1.0, 4.0])
def test_quality_is_that_of_igraph(resolution):
    """On a graph without clear communities, on average over seeds."""
    rng = np.random.default_rng(3)
    ends = (rng.random((2, 6000)) ** 1.7 * 2500).astype(int)
    graph = Graph.from_edges(*ends, rng.integers(1, 5, 6000))

    found = [leiden(graph, seed=s, resolution=resolution) for s in SEVERAL]
    quality = [modularity(graph, p, resolution=resolution) for p in found]

    oracle = [of_igraph(graph, seed=s, resolution=resolution) for s in SEVERAL]
    assert np.mean(quality) > np.mean(oracle) - 0.001


@pytest.mark.skipif(not REAL.exists(), reason="real networks are not here")
@pytest.mark.parametrize("name", ["polblogs", "netsci", "wiki-Vote", "astro-ph"])
def test_quality_on_real_networks_is_that_of_igraph(name):
    """On average over seeds, within 0.001 of the oracle run to convergence."""
    graph = REAL_GRAPHS[name](name)

    found = np.mean([leiden(graph, seed=s).modularity for s in range(3)])

    assert found > np.mean([of_igraph(graph, seed=s) for s in range(3)]) - 0.001


def of_columns(name):
    path = REAL / f"community_benchmarks/{name}_edges.csv"
    source, target, *weight = np.loadtxt(path, delimiter=",", skiprows=1).T
    return Graph.from_edges(source.astype(int), target.astype(int), *weight)


def of_pairs(name):
    pairs = np.loadtxt(REAL / f"benchmark_graphs/{name}.txt", dtype=np.int64)
    return Graph.from_edges(*pairs.T)


def of_rows(name):
    rows = (REAL / f"benchmark_graphs/{name}.graph").read_text().split("\n")[1:]
    ties = [(u, int(v)) for u, row in enumerate(rows, 1) for v in row.split()]
    return Graph.from_edges(*np.array(ties).T)


REAL_GRAPHS = {
    "polblogs": of_columns,
    "netsci": of_columns,
    "wiki-Vote": of_pairs,
    "astro-ph": of_rows,
}


def test_a_seed_fixes_the_answer(large):
    """The same labels each time, whatever was drawn before."""
    first = leiden(large[0], seed=3)
    np.random.default_rng(1).random(10)
    random.random()

    assert leiden(large[0], seed=3).label.tobytes() == first.label.tobytes()


@pytest.mark.parametrize("weighted", [True, False])
def test_threads_leave_no_trace(large, monkeypatch, weighted):
    """One, two and five threads give the same bytes on a large graph."""
    graph = large[0]
    if not weighted:
        graph = Graph(graph.indptr, graph.indices, None, graph.ids)

    found = {leiden_with(n, graph, monkeypatch) for n in ("1", "2", "5")}

    assert graph.undirected().n_edges > 1_000_000
    assert len(found) == 1


def test_threads_leave_no_trace_on_small_graphs(small, monkeypatch):
    """Nor where starts run side by side."""
    found = {leiden_with(n, small[0], monkeypatch) for n in ("1", "2", "5")}

    assert len(found) == 1


def leiden_with(threads, graph, monkeypatch):
    """The bytes of the labels, found with a number of threads."""
    monkeypatch.setenv("HCPGRAPH_THREADS", threads)
    return leiden(graph, seed=4).label.tobytes()


def test_seeds_give_other_partitions():
    """Where there is nothing to find, what is found is up to the draw."""
    rng = np.random.default_rng(0)
    graph = Graph.from_edges(*rng.integers(0, 300, (2, 900)))

    assert agreement(leiden(graph, seed=0), leiden(graph, seed=1)) < 1


def test_weights_decide():
    """A ring of four splits where its ties are weak."""
    graph = Graph.from_edges([1, 2, 3, 4], [2, 3, 4, 1], [9, 1, 9, 1])

    assert leiden(graph).label.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_the_unit_of_weights_does_not_matter(scale):
    """Weights say how much in comparison, not in total."""
    oracle = nx.karate_club_graph()
    expected = leiden(Graph.from_networkx(oracle)).label
    for _, _, tie in oracle.edges(data=True):
        tie["weight"] *= scale

    assert leiden(Graph.from_networkx(oracle)).label.tolist() == expected.tolist()


def test_resolution_sets_the_size():
    """More of it gives more, smaller communities."""
    graph = Graph.from_networkx(nx.karate_club_graph())

    coarse, fine = (leiden(graph, resolution=r).n_communities for r in (0.3, 3.0))

    assert coarse < fine


def test_hardly_any_resolution_gives_components():
    """Where chance weighs nothing, every tie holds."""
    graph = Graph.from_edges([1, 2, 3, 5, 6], [2, 3, 4, 6, 7], ids=range(9))

    assert leiden(graph, resolution=1e-12).sizes().tolist() == [4, 3, 1, 1]


def test_very_high_resolution_leaves_everyone_alone():
    """Where chance outweighs every tie, none holds."""
    graph = Graph.from_networkx(nx.karate_club_graph())

    assert leiden(graph, resolution=1e9).label.tolist() == list(range(34))


@pytest.mark.parametrize("resolution", [0.0, -1.0, float("nan"), float("inf")])
def test_resolution_must_be_positive(resolution):
    """A wrong argument is the caller's to fix."""
    with pytest.raises(ValueError, match="resolution"):
        leiden(Graph.from_edges([1], [2]), resolution=resolution)


@pytest.mark.parametrize(
    ("graph", "sizes"),
    [
        (nx.star_graph(50), [51]),
        (nx.complete_graph(40), [40]),
        (nx.path_graph(2), [2]),
        (nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(5)), [6, 5]),
        (nx.complete_bipartite_graph(3, 7), [10]),
    ],
)
def test_awkward_graphs(graph, sizes):
    """Hubs, cliques and pairs, whose best partition is known."""
    partition = leiden(Graph.from_networkx(graph))

    assert partition.sizes().tolist() == sizes


def test_a_long_chain_is_cut_into_pieces():
    """Moves that spread one by one come to an end, and close to the optimum."""
    graph = Graph.from_networkx(nx.path_graph(3000))

    partition = leiden(graph)

    assert partition.modularity > 1 - 2.2 / np.sqrt(3000)
    assert_connected(graph, partition)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_without_ties_everyone_is_alone(n):
    """And there is no modularity to speak of."""
    partition = leiden(Graph.from_edges([], [], ids=range(n)))

    assert partition.label.tolist() == list(range(n))
    assert partition.modularity is None
