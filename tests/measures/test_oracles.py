"""Every measure agrees with an implementation that is not ours."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.measures import MEASURES

NODE = st.integers(0, 9)
WEIGHT = st.sampled_from([0.5, 1.0, 2.0, 3.0])
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=35)


def pagerank(graph, scores):
    return nx.pagerank(graph, tol=1e-14, max_iter=2000)


def katz(graph, scores):
    if len(graph) == 1:  # where networkx fails
        return dict.fromkeys(graph, 1.0)
    return nx.katz_centrality_numpy(
        graph, alpha=scores.params["alpha"], weight="weight"
    )


def hits(graph, scores):
    """Equal hubs, projected on the principal eigenspace, however many dimensions."""
    if not graph.number_of_edges():
        return dict.fromkeys(graph, 0.0)
    if len(graph) > 100:  # too large to decompose, and its vector is unique
        return nx.hits(graph, max_iter=5000, tol=1e-14)[1]
    matrix = nx.to_numpy_array(graph)
    values, vectors = np.linalg.eigh(matrix @ matrix.T)
    principal = vectors[:, values > values[-1] * (1 - 1e-9)]
    authority = matrix.T @ (principal @ principal.sum(axis=0))
    return dict(zip(graph, authority / authority.sum(), strict=True))


def constraint(graph, scores):
    found = nx.constraint(graph, weight="weight") if graph.number_of_edges() else {}
    return {v: 1.0 if np.isnan(found.get(v, np.nan)) else found[v] for v in graph}


def clustering(graph, scores):
    """The definition of LDBC Graphalytics, spelt out."""
    share = {}
    for v in graph:
        near = set(graph.predecessors(v)) | set(graph.successors(v))
        among = sum(graph.has_edge(u, w) for u in near for w in near)
        share[v] = among / (len(near) * (len(near) - 1)) if len(near) > 1 else 0.0
    return share


def voterank(graph, scores):
    """The first 25 elections, in fractions; networkx's floats lose equal votes."""
    worth = dict.fromkeys(graph, Fraction(1))
    loss = Fraction(graph.number_of_nodes(), max(graph.number_of_edges(), 1))
    score = {v: scores.value[k] for k, v in enumerate(graph)}
    left, n = sorted(graph), graph.number_of_nodes()
    for place in range(min(25, n)):
        votes = {v: sum(worth[u] for u in graph.predecessors(v)) for v in left}
        best = max(left, key=votes.__getitem__)
        if not votes[best]:
            score.update(dict.fromkeys(left, 0.0))
            break
        score[best] = n - place
        left.remove(best)
        worth[best] = Fraction(0)
        for voter in graph.predecessors(best):
            worth[voter] = max(worth[voter] - loss, Fraction(0))
    return score


ORACLES = {
    "in_degree": lambda graph, scores: dict(graph.in_degree()),
    "out_degree": lambda graph, scores: dict(graph.out_degree()),
    "strength": lambda graph, scores: dict(graph.in_degree(weight="weight")),
    "pagerank": pagerank,
    "hits": hits,
    "katz": katz,
    "harmonic_closeness": lambda graph, scores: nx.harmonic_centrality(graph),
    "betweenness": lambda graph, scores: nx.betweenness_centrality(graph),
    "core_number": lambda graph, scores: nx.core_number(graph.to_undirected()),
    "constraint": constraint,
    "clustering": clustering,
    "voterank": voterank,
}


def test_every_measure_has_an_oracle():
    """No measure is added without something to hold it against."""
    assert set(ORACLES) == set(MEASURES)


@pytest.mark.parametrize("measure", ORACLES)
@settings(max_examples=40, deadline=None)
@given(ties=TIES, weighted=st.booleans())
def test_small_graphs_agree(measure, ties, weighted, graph_of, networkx_of):
    """Disconnected, with self loops and parallel ties, with weights and without."""
    oracle = networkx_of(ties, weighted=weighted)

    scores = MEASURES[measure](graph_of(ties, weighted=weighted))

    expected = ORACLES[measure](oracle, scores) if len(oracle) else {}
    found = dict(zip(scores.ids.tolist(), scores.value.tolist(), strict=True))
    assert found == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("measure", ORACLES)
@pytest.mark.parametrize("weighted", [True, False])
def test_a_large_graph_agrees(measure, weighted, many_ties, graph_of, networkx_of):
    """What holds for ten nodes holds for two thousand."""
    graph = graph_of(many_ties, weighted=weighted)
    if measure in ("betweenness", "harmonic_closeness") and weighted:
        pytest.skip("reads no weights, and the oracle is slow")

    scores = MEASURES[measure](graph)

    assert graph.n_nodes > 2000
    expected = ORACLES[measure](networkx_of(many_ties, weighted=weighted), scores)
    found = dict(zip(scores.ids.tolist(), scores.value.tolist(), strict=True))
    assert found == pytest.approx(expected, abs=1e-8)
