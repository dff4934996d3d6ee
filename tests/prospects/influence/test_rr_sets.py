"""Random reverse-reachable sets count what groups of accounts reach."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.compiled import THREADS
from hcpgraph.graph import Graph
from hcpgraph.prospects.influence import rr_sets
from hcpgraph.prospects.influence.probabilities import (
    InfluenceProbabilities,
    from_graph,
)
from hcpgraph.prospects.influence.rr_sets import make_sampler, no_sets, pilot
from tests.prospects.exact import exact_spread

DRAWN = 2**16
# 4 attends to all, there is a circle 0 -> 1 -> 2 -> 0, and 5 is alone
TIES = ([0, 1, 2, 4, 4, 4, 3], [1, 2, 0, 0, 1, 3, 0])


def everyone(n_nodes):
    return np.arange(n_nodes)


def nobody():
    return np.empty(0, np.intp)


@pytest.fixture
def tiny():
    """Six accounts with chances that differ within rows."""
    graph = Graph.from_edges(*TIES, ids=range(6))
    return from_graph(graph, np.array([0.3, 0.9, 0.5, 0.6, 0.8, 0.1, 0.3]))


@pytest.fixture
def sparse():
    """3,000 accounts with 4 ties each, weighted."""
    rng = np.random.default_rng(1)
    ends = rng.integers(0, 3000, (2, 12_000))
    return from_graph(Graph.from_edges(*ends, rng.random(12_000), ids=range(3000)))


def draw(probabilities, *, large, known=(), candidates=None, drawn=DRAWN, **options):
    """Some sets, as bits or as lists."""
    asked = make_sampler(
        probabilities,
        known=np.array(known, np.intp),
        candidates=everyone(probabilities.n_nodes)
        if candidates is None
        else candidates,
        **options,
    )
    return no_sets(asked, 0, large=large).grown(drawn)


def told(sets):
    """All there is to know of some sets, as bytes."""
    arrays = (sets.bits,) if hasattr(sets, "bits") else (sets.members, sets.bounds)
    return [array.tobytes() for array in arrays], sets.covered, sets.walked


def uniform_row(length, chance):
    """An account that attends to many others, who attend to nobody."""
    indptr = np.full(length + 2, length, np.int64)
    indptr[0] = 0
    influencers = np.arange(1, length + 1, dtype=np.int32)
    odds = np.full(length, chance, np.float32)
    return InfluenceProbabilities(np.arange(length + 1), indptr, influencers, odds)


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("model", ["ic", "lt"])
def test_shares_of_sets_are_shares_of_accounts(tiny, model, large):
    """Every account alone, and groups, reach what all live ties together say."""
    if model == "lt":
        odds = np.array([0.3, 0.9, 0.5, 0.2, 0.1, 0.3, 0.6], np.float32)
        tiny = InfluenceProbabilities(tiny.ids, tiny.indptr, tiny.influencer, odds)
    sets = draw(tiny, large=large, model=model)

    alone = sets.cover().gain * 6 / DRAWN
    group = np.cumsum(sets.caught(np.array([5, 1, 3]))) * 6 / DRAWN

    oracle = [exact_spread(tiny, [node], model=model) for node in range(6)]
    assert alone == pytest.approx(oracle, abs=0.06)
    oracle = [exact_spread(tiny, [5, 1, 3][:k], model=model) for k in (1, 2, 3)]
    assert group == pytest.approx(oracle, abs=0.06)


@pytest.mark.parametrize("model", ["ic", "lt"])
def test_equal_rows_need_no_probabilities(model):
    """Chances without a number per tie spread as those with one."""
    graph = Graph.from_edges(*TIES, ids=range(6))
    sets = draw(from_graph(graph), large=False, model=model)

    alone = sets.cover().gain * 6 / DRAWN

    oracle = [exact_spread(from_graph(graph), [n], model=model) for n in range(6)]
    assert alone == pytest.approx(oracle, abs=0.06)


@pytest.mark.parametrize("chance", [0.002, 0.05, 0.5, 1.0])
def test_skipping_along_a_row_finds_each_tie_as_often(chance):
    """First, last and all in between, whether ties are skipped or asked."""
    length = 200
    sets = draw(uniform_row(length, chance), large=True, drawn=201 * 2000 // 64 * 64)

    times = sets.cover().gain[1:] / (sets.drawn / 201) - 1

    noise = np.sqrt(chance * (1 - chance) / 2000)
    assert times.mean() == pytest.approx(chance, abs=0.02 * chance + 1e-9)
    assert np.abs(times - chance).max() < 5 * noise + 0.002


def test_rows_of_several_chances_are_thinned():
    """Where ties are skipped at the row's largest chance, each keeps its own."""
    row = uniform_row(200, 0.05)
    odds = np.where(np.arange(200) % 2, 0.05, 0.01).astype(np.float32)
    sets = draw(
        InfluenceProbabilities(row.ids, row.indptr, row.influencer, odds),
        large=True,
        drawn=201 * 4000 // 64 * 64,
    )

    times = sets.cover().gain[1:] / (sets.drawn / 201) - 1

    assert times[1::2].mean() == pytest.approx(0.05, rel=0.03)
    assert times[::2].mean() == pytest.approx(0.01, rel=0.06)


@pytest.mark.parametrize("large", [True, False])
def test_the_known_take_what_they_reach(tiny, large):
    """Sets that reach them count for them and for nobody else."""
    sets = draw(tiny, large=large, known=[1], candidates=np.array([0, 3, 5]))

    start = sets.covered * 6 / DRAWN
    added = np.cumsum(sets.caught(np.array([1, 0, 2]))) * 6 / DRAWN

    assert start == pytest.approx(exact_spread(tiny, [1]), abs=0.05)
    oracle = [exact_spread(tiny, [1, 3, 0, 5][:k]) for k in (2, 3, 4)]
    assert start + added == pytest.approx(oracle, abs=0.06)


def test_lists_hold_candidates_alone(sparse):
    """Sets of which nobody may be chosen take no room."""
    some = np.array([5, 17, 2999])

    sets = draw(sparse, large=False, candidates=some)

    assert set(sets.members.tolist()) == {0, 1, 2}
    assert len(sets.bounds) - 1 < sets.drawn
    assert (np.diff(sets.bounds) > 0).all()


@pytest.mark.parametrize("model", ["ic", "lt"])
def test_lists_and_bits_hold_the_same_sets(sparse, model):
    """The form of storage is nobody's business but the memory's."""
    known, candidates = [3, 4], np.arange(10, 3000, 3)

    lists, bits = (
        draw(sparse, large=large, known=known, candidates=candidates, model=model)
        for large in (False, True)
    )

    assert lists.covered == bits.covered
    assert lists.walked == bits.walked
    one, other = lists.cover(), bits.cover()
    for place in (0, 7, 500, 7):
        assert one.gain.tolist() == other.gain.tolist()
        one.take(place)
        other.take(place)
    places = np.array([9, 0, 9, 300])
    assert lists.caught(places).tolist() == bits.caught(places).tolist()


@pytest.mark.parametrize("large", [True, False])
def test_threads_and_steps_leave_no_trace(sparse, monkeypatch, large):
    """One, two and five threads, in one step or two, give the same bytes."""
    found = []
    for threads in ("1", "2", "5"):
        monkeypatch.setenv(THREADS, threads)
        found.append(told(draw(sparse, large=large, drawn=2**12)))
    half = draw(sparse, large=large, drawn=2**11)

    assert found[0] == found[1] == found[2] == told(half.grown(2**12))


def test_seeds_and_streams_are_independent(sparse):
    """Other sets, each time."""
    one = make_sampler(sparse, known=nobody(), candidates=everyone(3000), seed=1)
    two = make_sampler(sparse, known=nobody(), candidates=everyone(3000), seed=-2)

    found = [no_sets(w, s, large=False).grown(256) for w in (one, two) for s in (0, 1)]

    assert len({told(sets)[0][0] for sets in found}) == 4


def test_all_have_their_turn_to_be_walked_from():
    """Where nobody attends to anyone, each adds exactly itself."""
    probabilities = from_graph(Graph.from_edges([], [], ids=range(64)))

    sets = draw(probabilities, large=False, drawn=640)

    assert sets.cover().gain.tolist() == [10] * 64


def test_large_sets_are_told_from_small_ones(sparse):
    """A circle in which all move the next for certain is in every set as a whole."""
    circle = from_graph(Graph.from_edges(range(3000), [*range(1, 3000), 0]))

    found = [
        pilot(make_sampler(probabilities, known=nobody(), candidates=everyone(3000)))
        for probabilities in (circle, sparse)
    ]

    assert found[0] == (True, 3000.0)
    assert found[1][0] is False
    assert found[1][1] < 100


@pytest.mark.parametrize("large", [True, False])
def test_what_does_not_fit_is_not_drawn(sparse, monkeypatch, large):
    """A collection that would outgrow memory says so."""
    monkeypatch.setattr(rr_sets, "MOST_BYTES", 100_000)
    small = draw(sparse, large=large, drawn=64)

    assert small.grown(2**15) is None


def test_more_than_certain_is_refused_under_linear_thresholds(tiny):
    """Movers of one account cannot weigh more than any threshold."""
    with pytest.raises(ValueError, match=r"for 4 they sum to 1\.2"):
        make_sampler(tiny, known=nobody(), candidates=everyone(6), model="lt")


def test_other_models_are_refused(tiny):
    """A misspelt model is named."""
    with pytest.raises(ValueError, match="one of ic, lt, got 'sir'"):
        make_sampler(tiny, known=nobody(), candidates=everyone(6), model="sir")
