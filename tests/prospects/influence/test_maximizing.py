"""The people who together move most, from a graph and by position."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hcpgraph.compiled import THREADS
from hcpgraph.graph import Graph
from hcpgraph.measures import pagerank
from hcpgraph.prospects import maximize_influence
from hcpgraph.prospects.influence import opim
from hcpgraph.prospects.influence.baselines import (
    by_degree_discount,
    by_in_degree,
    by_votes,
)
from hcpgraph.prospects.influence.maximizing import choose
from hcpgraph.prospects.influence.opim import BEST_FACTOR
from hcpgraph.prospects.influence.probabilities import from_graph
from hcpgraph.prospects.influence.simulation import simulate

REAL = Path(__file__).parents[3] / "../shared/data"


@pytest.fixture
def circles():
    """Zoe is read by six, Yan by five of the six, Xia by three others."""
    readers = [f"a{k}" for k in range(6)]
    source = [*readers, *readers[:5], "b1", "b2", "b3"]
    return Graph.from_edges(source, ["zoe"] * 6 + ["yan"] * 5 + ["xia"] * 3)


@pytest.fixture
def large():
    """3,000 accounts with 4 ties each."""
    ends = np.random.default_rng(1).integers(0, 3000, (2, 12_000))
    return Graph.from_edges(*ends, ids=range(3000))


@pytest.fixture
def hasty(monkeypatch):
    """Sets are drawn until bounds are near enough, and no longer."""
    monkeypatch.setattr(opim, "_ENOUGH_WALKED", 2**18)


class OnlyEven:
    """A rule by which even places may be picked, and two at most."""

    def open(self, picked, gain):
        return (np.arange(12) % 2 == 0) & (len(picked) < 2)

    def most(self, gain, size):
        return float(np.sort(gain[::2])[::-1][: min(size, 2)].sum())


def test_the_second_opens_another_circle(circles):
    """Not the second most followed, whose readers are reached already."""
    chosen = maximize_influence(circles, 2, probability=0.9)

    assert chosen.ids.tolist() == ["zoe", "xia"]
    assert chosen.spread[1] == pytest.approx(2 + 9 * 0.9, rel=0.02)
    assert chosen.gain.sum() == pytest.approx(chosen.spread[-1])
    assert chosen.start == 0
    assert chosen.lower <= 2 + 9 * 0.9 <= chosen.upper
    assert BEST_FACTOR - 0.1 <= chosen.certificate <= 1
    assert chosen.probability == 0.999


def test_the_known_count_as_reached_and_the_excluded_never_appear(circles):
    """Who is known already has no gain left to offer."""
    known = maximize_influence(circles, 1, ["zoe"], probability=0.9)
    excluded = maximize_influence(circles, 1, (), ["zoe"], probability=0.9)
    both = maximize_influence(circles, 1, ["zoe"], ["xia"], probability=0.9)
    asked = maximize_influence(
        circles, 1, candidates=["a1", "xia", "zoe"], known=["zoe"]
    )

    assert known.ids.tolist() == ["xia"]
    assert known.start == pytest.approx(1 + 6 * 0.9, rel=0.02)
    assert excluded.ids.tolist() == ["yan"]
    assert both.ids.tolist() == ["yan"]
    assert asked.ids.tolist() == ["xia"]


def test_a_budget_is_filled_with_those_who_add_nothing(circles):
    """All are reached for certain by three; the others follow by their order."""
    everyone = np.arange(12)

    chosen = choose(
        from_graph(circles, 1.0),
        5,
        known=[],
        candidates=everyone,
        order=everyone[::-1],
    )

    assert chosen.positions.tolist() == [11, 9, 10, 8, 7]
    assert chosen.spread[3] == 12
    assert chosen.gains[3:].tolist() == [0.0, 0.0]


def test_a_budget_beyond_all_takes_all(circles):
    """And none twice."""
    chosen = maximize_influence(circles, 99)

    assert sorted(chosen.ids) == circles.ids.tolist()
    assert chosen.spread[-1] == chosen.lower == chosen.upper == 12


def test_equal_gains_go_to_the_lower_id_and_to_order():
    """Whatever the order in which candidates are given."""
    probabilities = from_graph(Graph.from_edges([], [], ids=range(9)))
    who = np.array([7, 3, 5, 8])

    plain = choose(probabilities, 3, known=[1], candidates=who)
    ordered = choose(probabilities, 3, known=[1], candidates=who, order=[2, 1, 1, 0])

    assert plain.positions.tolist() == [3, 5, 7]
    assert ordered.positions.tolist() == [8, 3, 5]


def test_a_rule_names_candidates_as_they_were_given(circles):
    """Even if they are tried in another order."""
    chosen = choose(
        from_graph(circles),
        5,
        known=[],
        candidates=np.arange(12),
        order=np.arange(12)[::-1],
        rule=OnlyEven(),
    )

    assert len(chosen.positions) == 2
    assert chosen.positions[0] == 10  # yan; zoe and xia have odd places
    assert (chosen.positions % 2 == 0).all()


def test_without_a_rule_the_same_sets_give_the_free_choice(circles):
    """Who is kept out is told without drawing sets anew."""
    everyone = np.arange(circles.n_nodes)
    free = choose(from_graph(circles, 0.5), 2, known=[], candidates=everyone)
    kept_out = int(free.positions[0])

    bound = choose(
        from_graph(circles, 0.5), 2, known=[], candidates=everyone, rule=_But(kept_out)
    )

    assert kept_out not in bound.positions
    assert bound.without_rule(2).tolist() == free.positions.tolist()


class _But:
    """The rule that one candidate is not chosen."""

    def __init__(self, place):
        self.place = place

    def open(self, picked, gain):
        return np.arange(len(gain)) != self.place

    def most(self, gain, size):
        return float(np.sort(np.delete(gain, self.place))[-size:].sum())


def test_others_are_judged_on_the_same_sets(circles):
    """So that curves can be compared: the choice's own is its spread."""
    chosen = choose(from_graph(circles, 0.9), 2, known=[0], candidates=np.arange(1, 11))

    assert chosen.reach_of(chosen.positions).tolist() == chosen.spread.tolist()
    assert chosen.reach_of([]).tolist() == chosen.spread[:1].tolist()
    assert np.diff(chosen.reach_of([0, 5, 5])).tolist()[::2] == [0.0, 0.0]
    with pytest.raises(ValueError, match="only candidates and known"):
        chosen.reach_of([11])


@pytest.mark.parametrize("model", ["ic", "lt"])
def test_what_is_promised_is_what_cascades_show(large, hasty, model):
    """Sets walked backward and cascades played forward agree."""
    probabilities = from_graph(large)

    chosen = choose(
        probabilities, 20, known=[5], candidates=np.arange(6, 3000), model=model
    )

    shown = simulate(probabilities, [5, *chosen.positions], cascades=2000, model=model)
    assert shown.mean == pytest.approx(chosen.spread[-1], rel=0.03)
    assert chosen.lower <= shown.mean <= chosen.upper


def test_threads_leave_no_trace_and_seeds_do(large, hasty, monkeypatch):
    """The same bytes for one seed, other sets for another."""
    found = []
    for threads, seed in (("1", 1), ("2", 1), ("5", 1), ("2", 2)):
        monkeypatch.setenv(THREADS, threads)
        chosen = maximize_influence(large, 10, seed=seed)
        found.append((chosen.ids.tobytes(), chosen.spread.tobytes(), chosen.upper))

    assert found[0] == found[1] == found[2] != found[3]


@pytest.mark.parametrize("ends", [([], []), ([1], [1]), ([1, 2], [2, 1])])
def test_the_smallest_graphs(ends):
    """Nobody, one account that reads itself, two who read each other."""
    g = Graph.from_edges(*ends)

    chosen = maximize_influence(g, 1)

    assert len(chosen) == min(g.n_nodes, 1)
    assert chosen.upper == pytest.approx(g.n_nodes)


def test_a_budget_of_none_tells_what_the_known_reach(circles):
    """And chooses nobody."""
    nobody = maximize_influence(circles, 0, ["zoe"])

    assert len(nobody) == 0
    assert nobody.lower <= nobody.start <= nobody.upper


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"budget": -1}, "budget must be 0 or more, got -1"),
        ({"error": 0}, "error must lie between 0 and 0.632, got 0"),
        ({"error": 0.7}, "error must lie between"),
        ({"known": ["bob", "amy"]}, "known: not in the graph: bob, amy$"),
        ({"exclude": list("bcdef")}, "exclude: not in the graph: b, c, d and 2 more"),
        ({"candidates": ["bob"]}, "candidates: not in the graph: bob"),
        ({"known": [1]}, "known: the ids of this graph are text"),
        ({"model": "sir"}, "one of ic, lt"),
        ({"probability": 2}, r"must lie in \(0, 1\]"),
    ],
)
def test_what_makes_no_sense_is_refused(circles, options, says):
    """One clear line says what is wrong."""
    with pytest.raises(ValueError, match=says):
        maximize_influence(circles, **{"budget": 1, **options})


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"known": [12]}, "known must be positions from 0 to 11"),
        ({"candidates": [-1]}, "candidates must be positions from 0 to 11"),
        ({"candidates": [1, 1]}, "named once each"),
        ({"known": [1], "candidates": [1, 2]}, "a known account cannot be a candidate"),
        ({"order": [1, 2]}, "order must be 1 numbers, one for each candidate"),
        ({"order": ["first"]}, "order must be 1 numbers"),
    ],
)
def test_positions_that_make_no_sense_are_refused(circles, options, says):
    """Before anything is drawn."""
    asked = {"known": [], "candidates": [1], **options}
    with pytest.raises(ValueError, match=says):
        choose(from_graph(circles), 1, **asked)


@pytest.mark.skipif(not REAL.exists(), reason="real networks are not here")
@pytest.mark.parametrize(
    ("name", "probability"),
    [("karate", 0.05), ("polblogs", "weighted"), ("netsci", 0.01)],
)
def test_no_simpler_way_reaches_more_on_real_networks(name, probability):
    """Within one percent, in cascades that are independent of the choice."""
    path = REAL / f"community_benchmarks/{name}_edges.csv"
    ends = np.loadtxt(path, delimiter=",", skiprows=1, usecols=(0, 1), dtype=np.int64)
    g = Graph.from_edges(*ends.T)
    probabilities, size = from_graph(g, probability), min(25, g.n_nodes // 4)

    chosen = choose(probabilities, size, known=[], candidates=np.arange(g.n_nodes))

    others = [
        by_in_degree(g, size),
        by_votes(g, size),
        by_degree_discount(g, size),
        pagerank(g).order()[:size],
    ]
    reach = [simulate(probabilities, who, until=0.004).mean for who in others]
    ours = simulate(probabilities, chosen.positions, until=0.004).mean
    assert ours >= 0.99 * max(reach)
    assert chosen.certificate >= BEST_FACTOR - 0.1
