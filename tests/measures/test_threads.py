"""Scores are the same to the last bit on however many cores."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.compiled import THREADS
from hcpgraph.graph import rows
from hcpgraph.measures import (
    MEASURES,
    betweenness,
    harmonic_closeness,
    personalized_pageranks,
)


@pytest.fixture
def answers(monkeypatch):
    """Scores with one, two and five threads, rows cut into many parts."""
    monkeypatch.setattr(rows, "_TIES_PER_PART", 100)

    def compute(function, *args, **options):
        found = []
        for threads in ("1", "2", "5"):
            monkeypatch.setenv(THREADS, threads)
            scores = function(*args, **options)
            several = scores if isinstance(scores, list) else [scores]
            found.append([each.value.tobytes() for each in several])
        return found

    return compute


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("measure", MEASURES)
def test_measures_do_not_depend_on_threads(
    measure, weighted, answers, many_ties, graph_of
):
    """What parts add up to is added in one order."""
    graph = graph_of(many_ties, weighted=weighted)

    one, two, five = answers(MEASURES[measure], graph)

    assert len(rows.in_chunks(graph.indptr)) > 5
    assert one == two == five


def test_several_readers_do_not_depend_on_threads(answers, many_ties, graph_of):
    """Nor do those who walk together."""
    graph = graph_of(many_ties)
    restarts = np.random.default_rng(1).random((5, graph.n_nodes)) ** 9

    one, two, five = answers(personalized_pageranks, graph, restarts)

    assert one == two == five


@pytest.mark.parametrize("directed", [True, False])
def test_sampled_paths_do_not_depend_on_threads(directed, answers, many_ties, graph_of):
    """Path k is the same whoever draws it."""
    graph = graph_of(many_ties)

    one, two, five = answers(betweenness, graph, error=0.01, directed=directed)

    assert one == two == five


def test_sampled_waves_do_not_depend_on_threads(answers, many_ties, graph_of):
    """Waves are added up lane by lane."""
    one, two, five = answers(harmonic_closeness, graph_of(many_ties), error=0.2)

    assert one == two == five
