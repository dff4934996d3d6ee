"""Betweenness, exact and sampled."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.measures import betweenness
from hcpgraph.measures.paths import count_sampled

NODE = st.integers(0, 9)
TIES = st.lists(st.tuples(NODE, NODE, st.just(1.0)), max_size=40)


@settings(max_examples=40, deadline=None)
@given(ties=TIES, seed=st.integers(0, 99))
def test_samples_estimate_exact_values(ties, seed, graph_of):
    """All shortest paths between random pairs are equally likely."""
    graph = graph_of(ties)
    n = graph.n_nodes

    if n < 3:
        assert not betweenness(graph, error=0.1, seed=seed).value.any()
        return
    share = count_sampled(graph, seed, 0, 20_000) / 20_000 * n / (n - 2)

    # five standard deviations of a share of 20,000
    np.testing.assert_allclose(share, betweenness(graph).value, atol=0.025)


@pytest.mark.parametrize("error", [0.05, 0.005])
def test_the_error_bound_holds(error, many_ties, graph_of):
    """The promise is kept for every account at once."""
    graph = graph_of(many_ties)
    exact = betweenness(graph).value

    for seed in range(5):
        scores = betweenness(graph, error=error, seed=seed)

        assert np.abs(scores.value - exact).max() <= error
        assert scores.params["error"] == error
        assert scores.params["seed"] == seed
        assert scores.params["paths"] > 0


def test_either_way_agrees_with_networkx(many_ties, graph_of, networkx_of):
    """Undirected, exact and sampled, a pair that follows each other joined once."""
    mutual = [*many_ties[:900], *((v, u, w) for u, v, w in many_ties[:300])]
    graph, oracle = graph_of(mutual), networkx_of(mutual).to_undirected()

    exact = betweenness(graph, directed=False)
    sampled = betweenness(graph, error=0.02, directed=False)

    expected = nx.betweenness_centrality(oracle)
    found = dict(zip(exact.ids.tolist(), exact.value.tolist(), strict=True))
    assert found == pytest.approx(expected, abs=1e-12)
    assert exact.params == {"directed": False}
    assert np.abs(sampled.value - exact.value).max() <= 0.02
    assert sampled.params["directed"] is False


def test_a_lower_error_takes_more_paths(many_ties, graph_of):
    """The report says how many were drawn."""
    graph = graph_of(many_ties)

    coarse, fine = (betweenness(graph, error=error) for error in (0.05, 0.01))

    assert 0 < coarse.params["paths"] < fine.params["paths"]


@pytest.mark.parametrize("error", [0.4, 0.9, 0.999])
def test_a_generous_error_is_no_trouble(error):
    """Where no share could be so far off, it ends at once."""
    scores = betweenness(Graph.from_edges([1, 2], [2, 3]), error=error)

    assert np.abs(scores.value - [0.0, 0.5, 0.0]).max() <= error


def test_a_busy_middle_is_measured_within_the_bound():
    """Shares near one half, the hardest to estimate, keep it too."""
    source = [f"s{k}" for k in range(40)] + ["mid"] * 40
    target = ["mid"] * 40 + [f"t{k}" for k in range(40)]
    graph = Graph.from_edges(source, target)

    scores = betweenness(graph, error=0.01, seed=3)

    assert abs(scores.value - betweenness(graph).value).max() <= 0.01


def test_a_seed_fixes_the_sample(many_ties, graph_of):
    """The same seed gives the same bytes, another one another sample."""
    graph = graph_of(many_ties)

    first, again, other = (
        betweenness(graph, error=0.02, seed=seed).value.tobytes() for seed in (4, 4, 5)
    )

    assert first == again
    assert first != other


def test_a_sample_can_be_extended(many_ties, graph_of):
    """Path k depends on the seed and k, not on where counting began."""
    graph = graph_of(many_ties)

    whole = count_sampled(graph, 1, 0, 500)
    parts = count_sampled(graph, 1, 0, 123) + count_sampled(graph, 1, 123, 500)

    assert whole.any()
    assert np.array_equal(whole, parts)


@pytest.mark.parametrize("error", [0.0, 1.0, -0.1, float("nan")])
def test_the_error_must_be_a_share(error):
    """A wrong argument is the caller's to fix."""
    with pytest.raises(ValueError, match="error"):
        betweenness(Graph.from_edges([1], [2]), error=error)
