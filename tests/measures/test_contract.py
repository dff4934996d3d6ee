"""Promises that every measure keeps, whatever it measures."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.measures import MEASURES
from hcpgraph.model import names

NODE = st.integers(0, 9)
WEIGHT = st.sampled_from([0.5, 1.0, 2.0, 3.0])
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=30)

every_measure = pytest.mark.parametrize("measure", MEASURES)

AWKWARD = {
    "empty": Graph.from_edges([], []),
    "empty and weighted": Graph.from_edges([], [], []),
    "one node": Graph.from_edges([], [], ids=[7]),
    "two strangers": Graph.from_edges([], [], ids=[7, 8]),
    "one tie": Graph.from_edges([1], [2]),
    "only self loops": Graph.from_edges(["a", "b"], ["a", "b"]),
    "two equal parts": Graph.from_edges([1, 2, 11, 12], [2, 1, 12, 11]),
    "two parts and a stranger": Graph.from_edges([1, 5, 6], [2, 6, 7], ids=range(9)),
    "parallel ties": Graph.from_edges([1] * 5 + [2], [2] * 5 + [1], [1.0] * 6),
    "a chain": Graph.from_edges(range(30), range(1, 31)),
    "tiny and huge weights": Graph.from_edges([1, 2, 3], [2, 3, 1], [1e-30, 1, 1e30]),
    "heavy": Graph.from_edges([1, 2, 1], [2, 1, 3], [9e37, 9e37, 1]),
}


@every_measure
@settings(max_examples=20, deadline=None)
@given(ties=TIES, weighted=st.booleans())
def test_scores_are_finite_and_aligned_with_ids(measure, ties, weighted, graph_of):
    """A score is a finite number per node, in the order of the graph."""
    graph = graph_of(ties, weighted=weighted)

    scores = MEASURES[measure](graph)

    assert scores.measure == measure
    assert np.array_equal(graph.ids, scores.ids)
    assert scores.value.dtype == np.float64
    assert scores.value.shape == graph.ids.shape
    assert np.isfinite(scores.value).all()


@every_measure
@settings(max_examples=10, deadline=None)
@given(ties=TIES, seed=st.integers(0, 99))
def test_scores_ignore_the_order_of_ties(measure, ties, seed, graph_of):
    """Shuffling an export does not change a ranking, to the last bit."""
    order = np.random.default_rng(seed).permutation(len(ties))

    expected = MEASURES[measure](graph_of(ties))
    actual = MEASURES[measure](graph_of([ties[k] for k in order]))

    assert actual.value.tobytes() == expected.value.tobytes()


@every_measure
@settings(max_examples=10, deadline=None)
@given(ties=TIES)
def test_scores_ignore_the_kind_of_ids(measure, ties, graph_of):
    """Text ids in the same order give the same scores."""
    graph = graph_of(ties)
    renamed = graph.relabel([f"n{number:02}" for number in graph.ids])

    expected, actual = MEASURES[measure](graph), MEASURES[measure](renamed)

    assert actual.value.tobytes() == expected.value.tobytes()


# who of two equals is elected first is a matter of ids, by rule
@pytest.mark.parametrize("measure", sorted(set(MEASURES) - {"voterank"}))
@settings(max_examples=15, deadline=None)
@given(ties=TIES, seed=st.integers(0, 99))
def test_scores_follow_their_nodes_to_new_ids(measure, ties, seed, graph_of):
    """Who an account is does not depend on how accounts are numbered."""
    graph = graph_of(ties)
    new_ids = np.random.default_rng(seed).permutation(graph.n_nodes)
    renamed = graph.relabel(new_ids)

    expected, actual = MEASURES[measure](graph), MEASURES[measure](renamed)

    np.testing.assert_allclose(actual.value[new_ids], expected.value, atol=1e-9)


@every_measure
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_graphs_have_finite_scores(measure, name):
    """Nothing an export may hold makes a measure fail or divide by zero."""
    scores = MEASURES[measure](AWKWARD[name])

    assert len(scores) == AWKWARD[name].n_nodes
    assert np.isfinite(scores.value).all()


@pytest.mark.parametrize("measure", sorted(set(MEASURES) - {"voterank"}))
def test_equals_score_equally(measure):
    """Where all attend to all, nobody stands out."""
    source, target = np.divmod(np.arange(36), 6)

    scores = MEASURES[measure](Graph.from_edges(source, target))

    assert np.ptp(scores.value) < 1e-12


def test_every_name_has_a_measure():
    """Users can ask for all that is listed; participation needs communities too."""
    assert set(MEASURES) | {"participation"} == set(names.MEASURES)
    assert "participation" not in MEASURES


def test_measures_load_quickly():
    """Imports of igraph and networkx wait until a measure needs them."""
    probe = (
        "import sys, hcpgraph.measures;"
        "print({'igraph', 'networkx', 'pandas'} & set(sys.modules))"
    )

    found = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )

    assert found.stdout == "set()\n"
