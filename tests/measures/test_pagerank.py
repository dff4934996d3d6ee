"""PageRank, from everywhere and from some."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hcpgraph.errors import NotConverged
from hcpgraph.graph import Graph
from hcpgraph.graph import rows as graph_rows
from hcpgraph.measures import (
    pagerank,
    personalized_pagerank,
    personalized_pageranks,
    power_iteration,
    reordering,
)

EXAMPLES = Path(__file__).parents[2] / "../shared/data/graphalytics/example"

NODE = st.integers(0, 9)
WEIGHT = st.sampled_from([0.5, 1.0, 2.0, 3.0])
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(ties=TIES, mass=st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_personalized_agrees_with_networkx(ties, mass, graph_of, networkx_of):
    """Readers restart, and leave dead ends, where they are told to."""
    graph, oracle = graph_of(ties), networkx_of(ties)
    restart = {v: float(mass[v]) for v in oracle}
    assume(any(restart.values()))

    scores = personalized_pagerank(graph, restart, damping=0.7)

    expected = nx.pagerank(
        oracle, alpha=0.7, personalization=restart, tol=1e-14, max_iter=2000
    )
    assert dict(scores.top(graph.n_nodes)) == pytest.approx(expected, abs=1e-8)


def test_restart_everywhere_is_pagerank():
    """The plain measure is the personal one of everybody."""
    graph = Graph.from_edges([1, 2, 3, 4], [2, 3, 1, 1])

    everywhere = personalized_pagerank(graph, np.ones(4))

    np.testing.assert_allclose(everywhere.value, pagerank(graph).value, atol=1e-9)


def test_restart_is_read_by_id_or_by_position():
    """A mapping and an array in the order of ids say the same."""
    graph = Graph.from_edges(["b", "c"], ["a", "a"])

    by_id = personalized_pagerank(graph, {"c": 2.0, "b": 1.0})
    by_position = personalized_pagerank(graph, [0.0, 1.0, 2.0])

    assert by_id.value.tobytes() == by_position.value.tobytes()


@pytest.mark.parametrize(
    ("restart", "complaint"),
    [
        ({"z": 1.0}, "'z', which is not in the graph"),
        ([1.0], "shape"),
        ([0.0, 0.0, 0.0], "above 0 somewhere"),
        ([1.0, -1.0, 1.0], "at least 0"),
        ([1.0, np.nan, 1.0], "finite"),
    ],
)
def test_a_restart_that_does_not_fit_is_refused(restart, complaint):
    """The message says what is wrong with it."""
    graph = Graph.from_edges(["b", "c"], ["a", "a"])

    with pytest.raises(ValueError, match=complaint):
        personalized_pagerank(graph, restart)


def test_it_says_when_it_gave_up():
    """The error carries the residual, for the caller to judge."""
    with pytest.raises(NotConverged) as caught:
        pagerank(Graph.from_edges([1, 2], [3, 3]), max_iter=1)

    assert caught.value.iterations == 1
    assert caught.value.residual > 0


@pytest.mark.parametrize("damping", [1.0, -0.1, float("nan")])
def test_damping_must_leave_room_to_restart(damping):
    """With damping 1 there is no unique answer."""
    with pytest.raises(ValueError, match="damping"):
        pagerank(Graph.from_edges([1], [2]), damping=damping)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="reference graphs are not here")
@pytest.mark.parametrize("kind", ["directed", "undirected"])
def test_two_iterations_give_the_ldbc_reference(kind):
    """What is asked for is a number of iterations, not a tolerance."""
    edges = np.loadtxt(EXAMPLES / f"example-{kind}.e", usecols=(0, 1), dtype=np.int64)
    expected = np.loadtxt(EXAMPLES / f"example-{kind}-PR")
    if kind == "undirected":
        edges = np.concatenate([edges, edges[:, ::-1]])
    graph = Graph.from_edges(*edges.T)
    scores = pagerank(graph, iterations=2)

    assert scores.ids.tolist() == expected[:, 0].tolist()
    np.testing.assert_allclose(scores.value, expected[:, 1], atol=1e-14)


def test_iterations_are_counted_whatever_the_tolerance():
    """As many as were asked for, no fewer, no more, and the report says so."""
    graph = Graph.from_edges([1, 2, 3], [2, 3, 3])

    none, many = (pagerank(graph, iterations=k) for k in (0, 400))

    assert none.value.tolist() == [1 / 3] * 3
    np.testing.assert_allclose(many.value, pagerank(graph, tol=1e-15).value)
    assert many.params == {"damping": 0.85, "iterations": 400}
    with pytest.raises(ValueError, match="iterations"):
        pagerank(graph, iterations=-1)


@pytest.mark.parametrize("weighted", [True, False])
def test_incoming_ties_suffice(weighted, many_ties, graph_of):
    """The half of a graph that PageRank reads gives the same bytes."""
    graph = graph_of(many_ties, weighted=weighted)

    whole, half = pagerank(graph), pagerank(graph.incoming())

    assert whole.value.tobytes() == half.value.tobytes()
    assert np.array_equal(whole.ids, half.ids)


@pytest.mark.parametrize("n_restarts", [0, 1, 4, 6])
@pytest.mark.parametrize("weighted", [True, False])
def test_many_restarts_are_single_runs(n_restarts, weighted, many_ties, graph_of):
    """Readers who walk together do not disturb each other, to the last bit."""
    graph = graph_of(many_ties, weighted=weighted)
    rng = np.random.default_rng(2)
    restarts = [rng.random(graph.n_nodes) ** power for power in range(n_restarts)]
    if restarts:
        restarts[-1] = {graph.ids[7]: 2.0}

    together = personalized_pageranks(graph, restarts)

    alone = [personalized_pagerank(graph, restart) for restart in restarts]
    assert [s.value.tobytes() for s in together] == [s.value.tobytes() for s in alone]


def test_many_say_when_one_gave_up():
    """The residual is that of the reader who was left."""
    graph = Graph.from_edges([1, 2], [2, 1])

    with pytest.raises(NotConverged) as caught:
        personalized_pageranks(graph, [[1.0, 1.0], [1.0, 0.0]], max_iter=3)

    assert caught.value.residual > 0


def test_an_empty_graph_has_empty_shares():
    """However many readers there are."""
    found = personalized_pageranks(Graph.from_edges([], []), [[], []])

    assert [len(scores) for scores in found] == [0, 0]


@pytest.mark.parametrize("weighted", [True, False])
def test_where_shares_lie_leaves_no_trace(weighted, many_ties, graph_of, monkeypatch):
    """Of millions of accounts those that are read most lie together: same bytes."""
    rows = graph_of(many_ties, weighted=weighted).incoming()
    several = [{rows.ids[7]: 2.0}, {rows.ids[9]: 1.0}]
    plain = [pagerank(rows), *personalized_pageranks(rows, several)]

    monkeypatch.setattr(reordering, "_MANY", 0)
    moved = [pagerank(rows), *personalized_pageranks(rows, several)]

    assert reordering.reordering_of(rows).place is not None
    assert [s.value.tobytes() for s in moved] == [s.value.tobytes() for s in plain]


def test_places_go_to_those_who_are_read_most():
    """Whoever gives twice as many ties lies before; every place is taken once."""
    given = np.array([0.0, 1.0, 9.0, 2.0, 8.5, 0.0])

    place = reordering._most_read_first(given)

    assert np.argsort(place).tolist() == [2, 4, 3, 1, 0, 5]


def test_newest_shares_settle_sooner(monkeypatch):
    """Cut into runs, the shares are the same, after fewer iterations."""
    ties = np.random.default_rng(3).integers(0, 2500, (20_000, 2))
    rows = Graph.from_edges(*ties.T).incoming()
    whole, at_once = pagerank(rows), _iterations_of(rows)

    monkeypatch.setattr(graph_rows, "_TIES_PER_PART", 300)
    in_runs = pagerank(rows)

    assert len(graph_rows.in_chunks(rows.indptr)) > 4 * power_iteration._RUN
    np.testing.assert_allclose(in_runs.value, whole.value, atol=1e-11)
    assert _iterations_of(rows) < 0.8 * at_once


def test_equals_have_equal_shares(monkeypatch):
    """Whoever has the same readers has the same share, in whatever run they are."""
    rng = np.random.default_rng(4)
    source, target = rng.integers(1, 2500, 20_000), rng.integers(0, 2500, 20_000)
    readers = source[target == 0]
    source, target = np.r_[source, readers], np.r_[target, np.full(len(readers), 2500)]
    rows = Graph.from_edges(source, target).incoming()
    monkeypatch.setattr(graph_rows, "_TIES_PER_PART", 300)

    scores = [pagerank(rows), *personalized_pageranks(rows, [np.ones(rows.n_nodes)])]

    assert rows.ids[[0, -1]].tolist() == [0, 2500]
    for one in scores:
        assert one.value[0] == one.value[-1]


def _iterations_of(rows):
    """The least that suffice."""
    for most in range(1, 200):
        try:
            pagerank(rows, max_iter=most)
        except NotConverged:
            continue
        return most
    raise AssertionError("never")
