"""Placement: communities as discs, leaders in their middle, the same every time."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import igraph
import numpy as np
import pytest
from scipy.spatial import cKDTree

from hcpgraph.graph import Graph
from hcpgraph.layout import place
from hcpgraph.model.scores import Partition


def planted(accounts, communities, ties, seed=0):
    """A graph whose account i belongs to community i % communities."""
    rng = np.random.default_rng(seed)
    source = rng.integers(0, accounts, ties)
    popular = (rng.pareto(1.2, ties) * 3).astype(int) * communities
    inside = (source % communities + popular) % accounts
    inside -= (inside - source) % communities
    target = np.where(rng.random(ties) < 0.9, inside, rng.integers(0, accounts, ties))
    weight = rng.integers(1, 5, ties).astype(np.float32)
    return Graph.from_edges(source, target % accounts, weight, ids=np.arange(accounts))


def partition_of(graph, label):
    return Partition("planted", graph.ids, np.asarray(label, np.int32))


@pytest.mark.parametrize("accounts", [1, 2, 5, 30, 300])
def test_every_account_has_a_place_of_its_own(accounts):
    """Coordinates are finite and no two accounts stand on the same spot."""
    graph = planted(accounts, 3, 4 * accounts)

    placement = place(graph)

    assert placement.xy.shape == (accounts, 2)
    assert np.isfinite(placement.xy).all()
    assert len(np.unique(placement.xy.round(6), axis=0)) == accounts


def test_empty_graph_has_an_empty_placement():
    """No accounts, no coordinates, no error."""
    placement = place(Graph.from_edges(np.empty(0, int), np.empty(0, int)))

    assert placement.xy.shape == (0, 2)


def test_same_seed_same_bytes():
    """Two calls agree to the last bit, whatever is drawn at random in between."""
    graph = planted(200, 4, 900)

    first = place(graph, seed=3).xy.tobytes()
    random.seed(99)
    igraph.Graph.GRG(50, 0.3).layout_fruchterman_reingold()

    assert place(graph, seed=3).xy.tobytes() == first
    assert place(graph, seed=4).xy.tobytes() != first


def test_random_state_of_the_caller_is_left_alone():
    """Placing draws nothing from the generator of the standard library."""
    random.seed(5)
    before = random.getstate()

    place(planted(60, 3, 200))

    assert random.getstate() == before


def test_another_process_places_the_same():
    """A fresh process with other hash seeds gives the same bytes."""
    program = (
        "import hashlib, numpy as np\n"
        "from hcpgraph.graph import Graph\n"
        "from hcpgraph.layout import place\n"
        "names = [f'u{i:03d}' for i in range(120)]\n"
        "g = Graph.from_edges(names, [names[i * i % 120] for i in range(120)])\n"
        "print(hashlib.sha256(place(g).xy.tobytes()).hexdigest())\n"
    )

    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_communities_do_not_overlap():
    """The discs of communities keep clear of each other."""
    graph = planted(600, 6, 3000)
    placement = place(graph, partition=partition_of(graph, np.arange(600) % 6))

    centre, radius = placement.discs()

    first, second = np.triu_indices(6, 1)
    apart = np.hypot(*(centre[first] - centre[second]).T)
    assert (apart > radius[first] + radius[second]).all()


def test_disc_area_is_in_proportion_to_members():
    """Four times the members, about four times the area."""
    graph = planted(500, 5, 2500)
    label = np.repeat([0, 1], [400, 100])
    _, radius = place(graph, partition=partition_of(graph, label)).discs()

    assert (radius[0] / radius[1]) ** 2 == pytest.approx(4, rel=0.15)


def test_leader_stands_in_the_middle():
    """Whom everyone follows stands nearer the middle than nine in ten others."""
    followers = np.arange(1, 101)
    others = np.roll(followers, 1)
    graph = Graph.from_edges(
        np.concatenate([followers, followers]),
        np.concatenate([np.zeros(100, int), others]),
    )

    placement = place(graph, partition=partition_of(graph, np.zeros(101)))

    distance = np.hypot(*placement.xy.T)
    assert distance[0] < np.quantile(distance, 0.1)


def test_disconnected_accounts_stand_beneath():
    """Accounts without ties stand below all that are connected."""
    graph = Graph.from_edges(np.arange(40), (np.arange(40) + 1) % 40, ids=np.arange(60))

    xy = place(graph).xy

    assert xy[40:, 1].max() < xy[:40, 1].min()


def test_many_single_accounts_fill_the_page_not_a_line():
    """A hundred accounts without ties stand in several rows."""
    graph = Graph.from_edges(np.empty(0, int), np.empty(0, int), ids=np.arange(100))

    width, height = np.ptp(place(graph).xy, axis=0)

    assert 0.5 < width / height < 4


def test_partition_of_another_graph_is_refused():
    """Communities must be of the accounts that are placed."""
    graph = planted(10, 2, 20)
    other = Partition("planted", np.arange(9), np.zeros(9, np.int32))

    with pytest.raises(ValueError, match="find communities of this graph"):
        place(graph, partition=other)


def test_placement_is_frozen():
    """Nobody moves an account afterwards."""
    placement = place(planted(5, 1, 20))

    with pytest.raises(ValueError, match="read-only"):
        placement.xy[0] = 0


def near(xy, count):
    """The *count* nearest others of each account."""
    return cKDTree(xy).query(xy, count + 1)[1][:, 1:]


def test_neighbours_of_an_account_are_of_its_community():
    """Of the ten nearest on the page nearly all belong together, at any size."""
    graph = planted(3000, 30, 12_000)
    placement = place(graph)
    label = placement.partition.label

    pure = (label[near(placement.xy, 10)] == label[:, None]).mean()

    assert pure > 0.97


def test_members_tied_to_each_other_stand_together():
    """Groups within a community keep together, without being named."""
    group = np.arange(600) // 50
    rng = np.random.default_rng(4)
    source = rng.integers(0, 600, 3600)
    own = group[source] * 50 + rng.integers(0, 50, 3600)
    target = np.where(rng.random(3600) < 0.8, own, rng.integers(0, 600, 3600))
    graph = Graph.from_edges(source, target, ids=np.arange(600))

    xy = place(graph, partition=partition_of(graph, np.zeros(600))).xy

    alike = (group[near(xy, 10)] == group[:, None]).mean()
    assert alike > 3 / 12
