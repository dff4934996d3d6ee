"""Katz centrality and its default attenuation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.errors import NotConverged
from hcpgraph.graph import Graph
from hcpgraph.measures import in_degree, katz

NODE = st.integers(0, 9)
WEIGHT = st.sampled_from([0.01, 1.0, 50.0])
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=35)


@settings(max_examples=60, deadline=None)
@given(ties=TIES)
def test_the_default_alpha_is_below_the_limit(ties, graph_of):
    """It is at most half of 1 / lambda_max and passes on half of a tie at most."""
    graph = graph_of(ties)
    matrix = graph.to_scipy().toarray().astype(np.float64)
    largest = np.abs(np.linalg.eigvals(matrix)).max() if len(matrix) else 0.0

    alpha = katz(graph).params["alpha"]

    assert alpha * largest <= 0.5 + 1e-6
    assert alpha * matrix.max(initial=0.0) <= 0.5


def test_a_small_alpha_ranks_by_attention_received(many_ties, graph_of):
    """Chains then break ties between equals at most."""
    graph = graph_of(many_ties, weighted=False)

    scores = katz(graph, alpha=1e-6)

    received = in_degree(graph).value
    assert (np.diff(received[scores.order()]) <= 0).all()


def test_too_large_an_alpha_is_said():
    """A diverging sum is no centrality."""
    with pytest.raises(NotConverged, match="katz"):
        katz(Graph.from_edges([1, 2], [2, 1]), alpha=2.0)


@pytest.mark.parametrize("alpha", [0.0, -1.0, float("nan"), float("inf")])
def test_alpha_must_be_positive(alpha):
    """A wrong argument is the caller's to fix."""
    with pytest.raises(ValueError, match="alpha"):
        katz(Graph.from_edges([1], [2]), alpha=alpha)
