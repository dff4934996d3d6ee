"""Rankings by one measure: its order, and the first of those who may be listed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import Graph
from hcpgraph.measures import MEASURES, READ_INCOMING
from hcpgraph.model.scores import Scores
from hcpgraph.ranking import rank_by

few = settings(max_examples=60, deadline=None)


def score(name, rows):
    return MEASURES[name](rows)


def test_a_ranking_by_a_measure_has_its_values():
    """It has no parts and loses nobody; equals go by attention, then by account."""
    graph = Graph.from_edges([0, 2, 3, 4, 5], [1, 1, 2, 4, 5])

    found = rank_by(graph, "in_degree", score=score)

    assert found.account.tolist() == [1, 2, 0, 3, 4, 5]
    assert found.score.tolist() == [2.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert not found.contribution


def test_the_least_constrained_lead():
    """Burt's constraint is low for those who are free; they come first."""
    graph = Graph.from_edges([0, 0, 0, 1], [1, 2, 3, 2])

    found = rank_by(graph, "constraint", score=score)

    assert found.account[0] == 0
    assert (np.diff(found.score) <= 0).all()


@few
@given(
    values=st.lists(st.integers(-2, 2), min_size=8, max_size=8),
    allowed=st.lists(st.booleans(), min_size=8, max_size=8),
    top=st.integers(0, 10),
    ties=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20),
)
def test_the_first_are_those_of_the_whole_order(values, allowed, top, ties):
    """Leaving out all others changes neither who is first nor in which order."""
    ids = np.arange(10, 18)
    source, target = np.array(ties, int).reshape(-1, 2).T + 10
    graph = Graph.from_edges(source, target, ids=ids)
    mask, value = np.array(allowed), np.array(values, float)

    def as_given(name, rows):
        return Scores(name, rows.ids, value)

    everyone = rank_by(graph, "x", score=as_given)
    first = rank_by(graph, "x", score=as_given, allowed=mask, top=top)
    from_rows = rank_by(graph.incoming(), "x", score=as_given, allowed=mask, top=top)

    may = set(ids[mask].tolist())
    expected = [account for account in everyone.account.tolist() if account in may]
    assert first.account.tolist() == expected[:top]
    assert from_rows.account.tolist() == expected[:top]
    assert first.score.tolist() == [value[account - 10] for account in expected[:top]]


@pytest.mark.parametrize("name", sorted(READ_INCOMING))
@pytest.mark.parametrize("weighted", [False, True])
def test_incoming_ties_rank_as_the_graph_does(name, weighted):
    """To the last bit, among thousands, for the measures that say so."""
    rng = np.random.default_rng(2)
    source, target = rng.integers(0, 4000, 30_000), rng.zipf(1.5, 30_000) % 4000
    weight = rng.random(30_000) if weighted else None
    graph = Graph.from_edges(source, target, weight)

    found = rank_by(graph, name, score=score)
    from_rows = rank_by(graph.incoming(), name, score=score)

    assert found.account.tobytes() == from_rows.account.tobytes()
    assert found.score.tobytes() == from_rows.score.tobytes()


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_weights_of_one_are_no_weights(name):
    """A study of plain follows ranks alike, whether or not it writes their weight.

    Unless a measure reads ties in both directions: there a tie that is returned
    weighs 2, and counts once in a graph without weights. So ties here are not.
    """
    rng = np.random.default_rng(4)
    ends = np.sort(rng.integers(0, 300, (2, 2000)), axis=0)
    pairs = np.unique(ends, axis=1)
    plain = Graph.from_edges(*pairs)
    ones = Graph.from_edges(*pairs, np.ones(pairs.shape[1]))

    assert score(name, plain).value == pytest.approx(score(name, ones).value)
