"""Simulated cascades against all ways that ties can be live."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.compiled import THREADS
from hcpgraph.graph import Graph
from hcpgraph.prospects.influence.probabilities import from_graph
from hcpgraph.prospects.influence.simulation import simulate
from tests.prospects.exact import exact_spread

TIES = ([0, 1, 2, 4, 4, 4, 3], [1, 2, 0, 0, 1, 3, 0])


@pytest.fixture
def tiny():
    """Six accounts whose chances sum to at most 1 in each row."""
    graph = Graph.from_edges(*TIES, ids=range(6))
    return from_graph(graph, np.array([0.3, 0.9, 0.5, 0.6, 0.2, 0.5, 0.3]))


@pytest.fixture
def large():
    """3,000 accounts with 4 ties each."""
    ends = np.random.default_rng(1).integers(0, 3000, (2, 12_000))
    return from_graph(Graph.from_edges(*ends, ids=range(3000)))


@pytest.mark.parametrize("seeds", [[], [0], [5], [3, 1], [1, 1], [0, 1, 2, 3, 4, 5]])
@pytest.mark.parametrize("model", ["ic", "lt"])
def test_the_mean_is_the_expectation(tiny, model, seeds):
    """Within five standard errors, and exact where nothing is left to chance."""
    found = simulate(tiny, seeds, model=model)

    oracle = exact_spread(tiny, seeds, model=model)
    assert abs(found.mean - oracle) <= 5 * found.error + 1e-6
    assert found.cascades == 10_000


@pytest.mark.parametrize("model", ["ic", "lt"])
def test_threads_leave_no_trace(large, monkeypatch, model):
    """One, two and five threads give the same number to the last bit."""
    found = []
    for threads in ("1", "2", "5"):
        monkeypatch.setenv(THREADS, threads)
        found.append(simulate(large, [1, 2, 3], cascades=500, model=model))

    assert found[0] == found[1] == found[2]


def test_the_standard_error_is_what_repetition_shows(large):
    """Means of other seeds differ by as much as is said."""
    found = [simulate(large, [1, 2, 3], cascades=400, seed=s) for s in range(40)]

    seen = np.std([one.mean for one in found], ddof=1)
    assert seen == pytest.approx(np.mean([one.error for one in found]), rel=0.4)


def test_cascades_end_once_the_mean_is_known(large):
    """And no sooner."""
    found = simulate(large, range(50), until=0.02)

    assert found.error <= 0.02 * found.mean
    assert found.cascades < 10_000


def test_cascades_end_at_the_most_asked_for(large):
    """Even where the mean is not known well enough."""
    assert simulate(large, [7], cascades=300, until=1e-9).cascades == 300


@pytest.mark.parametrize(
    ("seeds", "options", "says"),
    [
        ([6], {}, "positions from 0 to 5"),
        ([-1], {}, "positions from 0 to 5"),
        ([0], {"cascades": 1}, "at least 2"),
        ([0], {"model": "sir"}, "one of ic, lt"),
    ],
)
def test_what_makes_no_sense_is_refused(tiny, seeds, options, says):
    """One clear line says what is wrong."""
    with pytest.raises(ValueError, match=says):
        simulate(tiny, seeds, **options)
