"""Sets that hold a network together, or reach most of it."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.prospects import key_players
from hcpgraph.prospects.key_players.distances import pairs_by_distance, steps_from

ties = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


def graph_of(pairs, count=8):
    source, target = zip(*pairs, strict=True) if pairs else ((), ())
    ends = np.array(source, np.int64), np.array(target, np.int64)
    return Graph.from_edges(*ends, ids=np.arange(count))


def fragmentation(graph, gone):
    """D_F and F by the book, from networkx."""
    left = graph.to_networkx().to_undirected()
    left.remove_nodes_from(gone)
    n = len(left)
    if n < 2:
        return 1.0, 1.0
    far = dict(nx.all_pairs_shortest_path_length(left))
    near = [d for one in far.values() for d in one.values() if d]
    pairs = n * (n - 1)
    return 1 - sum(1 / d for d in near) / pairs, 1 - len(near) / pairs


def reach(graph, chosen, steps=None):
    """D_R, or the share within some steps, from networkx."""
    back = graph.to_networkx().reverse()
    nearest = {}
    for one in chosen:
        for other, d in nx.single_source_shortest_path_length(back, one).items():
            nearest[other] = min(nearest.get(other, 99), d)
    worth = [
        (1 / max(d, 1)) if steps is None else float(d <= steps)
        for d in nearest.values()
    ]
    return sum(worth) / graph.n_nodes


@settings(max_examples=40, deadline=None)
@given(pairs=ties, size=st.integers(0, 3))
def test_fragmentation_is_as_the_book_says(pairs, size):
    """Both measures agree with networkx, for every part of the set."""
    graph = graph_of(pairs)

    found = key_players(graph, size)

    chosen = found.ids.tolist()
    expected = [fragmentation(graph, chosen[:k]) for k in range(size + 1)]
    assert [found.before, *found.value] == pytest.approx([d for d, _ in expected])
    assert [found.apart_before, *found.apart] == pytest.approx([f for _, f in expected])
    assert found.error == 0.0


@settings(max_examples=40, deadline=None)
@given(pairs=ties, size=st.integers(0, 3), steps=st.sampled_from([None, 1, 2]))
def test_reach_is_as_the_book_says(pairs, size, steps):
    """Against the ties of attention, from the nearest of the set."""
    graph = graph_of(pairs)

    found = key_players(graph, size, goal="reach", steps=steps)

    chosen = found.ids.tolist()
    expected = [reach(graph, chosen[:k], steps) for k in range(size + 1)]
    assert [found.before, *found.value] == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(pairs=ties, goal=st.sampled_from(["hold", "reach"]))
def test_no_swap_of_one_member_does_more(pairs, goal):
    """Where the search ends, nobody outside could take a place to advantage."""
    graph = graph_of(pairs)

    def worth(chosen):
        if goal == "reach":
            return reach(graph, chosen)
        return fragmentation(graph, chosen)[0]

    chosen = key_players(graph, 2, goal=goal).ids.tolist()

    swapped = [
        worth([stays, comes])
        for stays in chosen
        for comes in range(8)
        if comes not in chosen
    ]
    assert worth(chosen) >= max(swapped) - 1e-9


@pytest.mark.parametrize("goal", ["hold", "reach"])
def test_the_best_of_all_sets_is_found_or_nearly(goal):
    """On small random graphs the set is within a twentieth of the best there is."""
    rng = np.random.default_rng(5)
    for _ in range(10):
        graph = graph_of(rng.integers(0, 12, (22, 2)).tolist(), 12)
        found = key_players(graph, 3, goal=goal)
        best = max(
            reach(graph, some) if goal == "reach" else fragmentation(graph, some)[0]
            for some in combinations(range(12), 3)
        )

        assert 0.95 * best <= found.after <= best + 1e-12


def test_two_bridges_of_one_gap_are_not_the_best_pair():
    """Who holds two parts of the network beats who doubles the first."""
    # 4 joins three groups; 1 is the only way to one of them, and 10 another way
    pairs = [(0, 1), (2, 1), (3, 1), (1, 4), (4, 5), (5, 6), (5, 7), (5, 8)]

    found = key_players(graph_of(pairs, 9), 2)

    assert sorted(found.ids.tolist()) == [1, 5]


def test_reach_runs_against_attention():
    """Whom all follow reaches all; who follows all reaches nobody else."""
    graph = Graph.from_edges(["a", "b", "c"], ["star"] * 3)

    assert key_players(graph, 1, goal="reach").ids.tolist() == ["star"]
    assert key_players(graph, 1, goal="reach").after == 1.0
    followers = Graph.from_edges(["fan"] * 3, ["a", "b", "c"])
    assert key_players(followers, 4, goal="reach").ids.tolist() == [
        "a",
        "b",
        "c",
        "fan",
    ]


@pytest.mark.parametrize("goal", ["hold", "reach"])
@pytest.mark.parametrize(
    ("pairs", "count"),
    [([], 0), ([], 1), ([], 3), ([(0, 0), (0, 0)], 2), ([(0, 1)] * 4, 2)],
)
def test_awkward_networks_have_key_players_too(pairs, count, goal):
    """Nobody, one, no tie, loops, parallel ties: values stay in [0, 1]."""
    found = key_players(graph_of(pairs, count), 2, goal=goal)

    assert len(found) == min(2, count)
    assert ((found.value >= 0) & (found.value <= 1)).all()
    assert len(set(found.ids.tolist())) == len(found)
    assert len(found.table()) == len(found)
    assert "KeyPlayers" in repr(found)


@pytest.fixture(scope="module")
def large():
    """2,001 accounts in four circles that only account 2000 joins."""
    rng = np.random.default_rng(1)
    circles = [rng.integers(0, 500, (2000, 2)) + 500 * k for k in range(4)]
    joints = [(2000, 500 * k + step) for k in range(4) for step in range(3)]
    source, target = np.concatenate([*circles, np.array(joints)]).T
    return Graph.from_edges(source, target, ids=np.arange(2001))


def test_a_large_network_is_held_by_its_joint(large):
    """With 32 tried a step and walks from a sample, the joint is found."""
    found = key_players(large, 1)

    assert found.ids.tolist() == [2000]
    assert found.apart[0] - found.apart_before > 0.7
    assert found.after == pytest.approx(fragmentation(large, found.ids.tolist())[0])


@pytest.mark.parametrize("goal", ["hold", "reach"])
def test_the_number_of_threads_changes_nothing(large, goal, monkeypatch):
    """Same bytes with one thread and with two."""
    found = []
    for threads in ("1", "2"):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        one = key_players(large, 2, goal=goal, seed=3)
        found.append((one.ids.tobytes(), one.value.tobytes(), one.before))

    assert found[0] == found[1]


def test_sampled_values_say_how_far_off_they_may_be(large, monkeypatch):
    """Beyond what can be counted, the true value lies within the error told."""
    monkeypatch.setitem(key_players.__globals__, "_ALL_PAIRS", 10_000)

    found = key_players(large, 1, seed=2)

    true = fragmentation(large, found.ids.tolist())[0]
    assert 0 < found.error < 0.05
    assert abs(found.after - true) <= found.error


def test_walks_agree_with_networkx_in_every_wave():
    """Distances of more than 64 walks at once, and steps one by one."""
    graph = graph_of(np.random.default_rng(2).integers(0, 150, (260, 2)).tolist(), 150)
    gone = np.zeros(150, np.bool_)
    gone[:10] = True
    left = graph.to_networkx()
    left.remove_nodes_from(range(10))
    far = dict(nx.all_pairs_shortest_path_length(left))
    rows, everyone = (graph.indptr, graph.indices), np.arange(150)

    count = pairs_by_distance(rows, everyone, gone)
    steps = steps_from(rows, everyone, False)

    lengths = [d for one in far.values() for d in one.values()]
    assert count.tolist() == np.bincount(lengths, minlength=len(count)).tolist()
    whole = dict(nx.all_pairs_shortest_path_length(graph.to_networkx()))
    assert all(
        steps[i, j] == whole[i].get(j, 255) for i in range(150) for j in range(150)
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"size": -1}, "size must be 0 or more"),
        ({"goal": "both"}, "goal must be"),
        ({"steps": 2}, "for goal 'reach' alone"),
        ({"goal": "reach", "steps": 0}, "steps are from 1"),
    ],
)
def test_mistakes_of_a_caller_are_refused(options, told):
    """Each with what is wrong."""
    said = {"size": 1} | options

    with pytest.raises(ValueError, match=told):
        key_players(graph_of([(0, 1)]), **said)


def test_networks_too_large_are_refused(monkeypatch):
    """With what to do instead."""
    monkeypatch.setitem(key_players.__globals__, "MOST_TIES", 0)

    with pytest.raises(ValueError, match="take a part of the network"):
        key_players(graph_of([(0, 1)]), 1)
