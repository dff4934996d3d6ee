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
from hcpgraph.measures import pagerank, personalized_pagerank

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
    """A tolerance so loose that two iterations meet it gives their two iterations."""
    edges = np.loadtxt(EXAMPLES / f"example-{kind}.e", usecols=(0, 1), dtype=np.int64)
    expected = np.loadtxt(EXAMPLES / f"example-{kind}-PR")
    if kind == "undirected":
        edges = np.concatenate([edges, edges[:, ::-1]])
    graph = Graph.from_edges(*edges.T)
    with pytest.raises(NotConverged) as after_two:
        pagerank(graph, tol=0.0, max_iter=2)

    scores = pagerank(graph, tol=after_two.value.residual * 1.0001, max_iter=2)

    assert scores.ids.tolist() == expected[:, 0].tolist()
    np.testing.assert_allclose(scores.value, expected[:, 1], atol=1e-14)
