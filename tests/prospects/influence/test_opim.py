"""Greedy picks, and what is certain of them."""

from __future__ import annotations

from itertools import combinations
from math import log

import numpy as np
import pytest

from hcpgraph.errors import HcpgraphError
from hcpgraph.graph import Graph
from hcpgraph.prospects.influence import opim, rr_sets
from hcpgraph.prospects.influence.opim import BEST_FACTOR, Everyone, Goal, pick
from hcpgraph.prospects.influence.probabilities import from_graph
from hcpgraph.prospects.influence.rr_sets import make_sampler, no_sets
from tests.prospects.exact import exact_spread


class OnePerTeam:
    """At most one of each team; teams are given by place."""

    def __init__(self, teams):
        self.teams = np.asarray(teams)

    def open(self, picked, gain):
        return ~np.isin(self.teams, self.teams[picked])

    def most(self, gain, size):
        best = [gain[self.teams == team].max() for team in np.unique(self.teams)]
        return float(np.sort(best)[::-1][:size].sum())


@pytest.fixture
def random_tiny():
    """A function from a seed to chances of seven accounts and eleven ties."""

    def make(seed):
        rng = np.random.default_rng(seed)
        pairs = [(u, v) for u in range(7) for v in range(7) if u != v]
        ties = np.array(pairs)[rng.choice(len(pairs), 11, replace=False)]
        graph = Graph.from_edges(*ties.T, ids=range(7))
        return from_graph(graph, rng.random(11))

    return make


def asked(probabilities, *, known=(), seed=0):
    """Walks in which all others may be chosen, and who they are."""
    others = np.setdiff1d(np.arange(probabilities.n_nodes), known).astype(np.intp)
    drawn = make_sampler(
        probabilities, known=np.array(known, np.intp), candidates=others, seed=seed
    )
    return drawn, others


def best(probabilities, others, size, *, known=(), rule=None):
    """The largest exact spread of any choice allowed."""
    return max(
        exact_spread(probabilities, [*known, *others[list(group)]])
        for group in combinations(range(len(others)), size)
        if rule is None or len(set(rule.teams[list(group)])) == size
    )


@pytest.mark.parametrize("known", [(), (2,)])
@pytest.mark.parametrize("seed", range(4))
def test_bounds_hold_and_the_choice_is_nearly_the_best(random_tiny, seed, known):
    """What is certain lies below the truth, what is possible above the best."""
    probabilities = random_tiny(seed)
    drawn, others = asked(probabilities, known=known, seed=seed)

    found = pick(drawn, Goal(2, 0.1, 0.01), Everyone(len(others)))

    truth = exact_spread(probabilities, [*known, *others[found.places]])
    optimum = best(probabilities, others, 2, known=known)
    assert found.lower <= truth <= optimum + 1e-9 <= found.upper + 1e-9
    assert truth >= 0.97 * optimum
    assert found.lower >= (BEST_FACTOR - 0.1) * found.upper


@pytest.mark.parametrize("seed", range(3))
def test_a_rule_holds_for_picks_and_for_bounds(random_tiny, seed):
    """The best is then the best of what is allowed."""
    probabilities, rule = random_tiny(seed), OnePerTeam([0, 0, 0, 1, 1, 1, 1])
    drawn, others = asked(probabilities)

    found = pick(drawn, Goal(3, 0.1, 0.01), rule)

    optimum = best(probabilities, others, 2, rule=rule)
    truth = exact_spread(probabilities, others[found.places])
    assert sorted(rule.teams[found.places]) == [0, 1]
    assert found.lower <= truth <= optimum + 1e-9 <= found.upper + 1e-9


def test_bounds_hold_in_early_rounds_too(random_tiny):
    """On few sets they are wide, but fail no more often than they may."""
    probabilities, slack = random_tiny(5), log(1 / 0.05)
    truth, failed = exact_spread(probabilities, [0]), 0
    for seed in range(200):
        drawn, _ = asked(probabilities, seed=seed)
        sets = no_sets(drawn, 0, large=True).grown(64)
        caught = int(sets.caught(np.array([0]))[0])
        failed += opim._at_least(caught, slack) * 7 / 64 > truth
        failed += opim._at_most(caught, slack) * 7 / 64 < truth

    assert failed <= 20


def test_bounds_draw_near_as_counts_grow():
    """Both come within a hundredth of a large count, and of none they make none."""
    low, high = opim._at_least(10**6, 10.0), opim._at_most(10**6, 10.0)

    assert 0.99e6 < low < 1e6 < high < 1.01e6
    assert opim._at_least(0, 10.0) == 0.0
    assert [opim._at_least(n, 10.0) for n in range(5)] == [0.0] * 5
    assert opim._at_most(0, 10.0) == pytest.approx(20.0)


@pytest.mark.parametrize("large", [True, False])
def test_greedy_is_the_plain_greedy(large):
    """Each pick is the one that covers most sets that are left; ties go first."""
    rng = np.random.default_rng(3)
    probabilities = from_graph(Graph.from_edges(*rng.integers(0, 60, (2, 200))))
    drawn, _ = asked(probabilities)
    sets = no_sets(drawn, 0, large=large).grown(512)
    lists = no_sets(drawn, 0, large=False).grown(512)
    left = [
        set(lists.members[a:b].tolist())
        for a, b in zip(lists.bounds[:-1], lists.bounds[1:], strict=True)
    ]

    found = opim.pick_greedily(sets, 12, Everyone(probabilities.n_nodes))

    for place in found.places.tolist():
        gains = [sum(v in one for one in left) for v in range(probabilities.n_nodes)]
        assert place == int(np.argmax(gains))
        left = [one for one in left if place not in one]
    assert found.caught == 512 - len(left)
    assert found.caught <= found.most <= 512


def test_everyone_allows_the_largest_gains():
    """Whatever is left of them, if fewer than asked for."""
    gain = np.array([3.0, 1.0, 2.0])

    assert [Everyone(3).most(gain, k) for k in (0, 1, 2, 3, 9)] == [0, 3, 5, 6, 6]
    assert Everyone(3).open([1], gain).tolist() == [True] * 3


def test_nothing_is_drawn_beyond_memory(random_tiny, monkeypatch):
    """Where collections reach their room, the certificate is what was reached."""
    drawn, others = asked(random_tiny(0))
    monkeypatch.setattr(rr_sets, "MOST_BYTES", 2**16)

    found = pick(drawn, Goal(2, 0.01, 0.01), Everyone(len(others)))

    assert found.validation.bits.nbytes <= 2**15
    assert found.lower <= found.upper


def test_too_little_memory_is_an_error(random_tiny, monkeypatch):
    """Better than a computer that swaps."""
    drawn, others = asked(random_tiny(0))
    monkeypatch.setattr(rr_sets, "MOST_BYTES", 100)

    with pytest.raises(HcpgraphError, match="do not fit into memory; lower"):
        pick(drawn, Goal(2, 0.1, 0.01), Everyone(len(others)))
