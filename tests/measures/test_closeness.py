"""Harmonic closeness, exact and sampled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.measures import closeness, harmonic_closeness

NODE = st.integers(0, 99)
TIES = st.lists(st.tuples(NODE, NODE, st.just(1.0)), max_size=300)


@settings(max_examples=25, deadline=None)
@given(ties=TIES, seed=st.integers(-3, 99))
def test_a_sample_of_all_is_exact(ties, seed, graph_of):
    """Where the error asks for every source, what comes out is the exact score."""
    graph = graph_of(ties)

    scores = harmonic_closeness(graph, error=0.001, seed=seed)

    exact = harmonic_closeness(graph).value
    np.testing.assert_allclose(scores.value, exact, rtol=1e-12)
    assert scores.params["sources"] == graph.n_nodes


@pytest.mark.parametrize("error", [0.1, 0.2])
def test_the_error_bound_holds(error, many_ties, graph_of):
    """The promise is kept for every account at once, with fewer walks than accounts."""
    graph = graph_of(many_ties)
    exact = harmonic_closeness(graph).value

    for seed in range(5):
        scores = harmonic_closeness(graph, error=error, seed=seed)

        assert np.abs(scores.value - exact).max() <= error * (graph.n_nodes - 1)
        assert scores.params["sources"] < graph.n_nodes
        assert scores.params["error"] == error
        assert scores.params["seed"] == seed


def test_stars_are_measured_within_the_bound():
    """Distances that vary as much as they can keep it too."""
    far = [f"f{k}" for k in range(1500)]  # those the star never hears of
    near = [f"n{k}" for k in range(1500)]
    graph = Graph.from_edges(near, ["star"] * 1500, ids=[*far, *near, "star"])

    for seed in range(20):
        scores = harmonic_closeness(graph, error=0.1, seed=seed)

        assert 0 < scores.params["sources"] < graph.n_nodes
        assert scores.top(1)[0][1] == pytest.approx(1500, abs=0.1 * 3000)


def test_a_seed_fixes_the_sample(many_ties, graph_of):
    """The same seed gives the same bytes, another one another sample."""
    graph = graph_of(many_ties)

    first, again, other = (
        harmonic_closeness(graph, error=0.2, seed=seed).value.tobytes()
        for seed in (4, 4, 5)
    )

    assert first == again
    assert first != other


def test_hundreds_of_steps_are_counted():
    """A long chain is walked to its end."""
    chain = Graph.from_edges(range(700), range(1, 701))

    value = harmonic_closeness(chain).value

    np.testing.assert_allclose(value[1:], np.cumsum(1 / np.arange(1, 701)))


@pytest.mark.parametrize("spread", ["even", "rare"])
def test_the_bound_is_met_as_often_as_it_says(spread):
    """Of many samples, no more than the stated share may be further off."""
    rng = np.random.default_rng(0)
    numbers = rng.random(2000) if spread == "even" else (rng.random(2000) < 0.01) * 1.0
    size, surprise = 300, np.log(1 / 0.05)

    late = 0
    for _ in range(400):
        sample = rng.choice(numbers, size, replace=False)
        bound = closeness._error_bound(size, 2000, sample.var(), surprise)
        late += abs(sample.mean() - numbers.mean()) > bound

    assert late <= 0.05 * 400


@pytest.mark.parametrize("error", [0.0, 1.0, -0.1, float("nan")])
def test_the_error_must_be_a_share(error):
    """A wrong argument is the caller's to fix."""
    with pytest.raises(ValueError, match="error"):
        harmonic_closeness(Graph.from_edges([1], [2]), error=error)
