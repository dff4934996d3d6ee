"""Chances of influence are sound, and read from a graph as promised."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.graph import Graph
from hcpgraph.prospects.influence.probabilities import (
    InfluenceProbabilities,
    from_graph,
)


@pytest.fixture
def weighted():
    """1 attends to 2 (three times) and 3; 2 attends to 3; 3 to nobody."""
    return Graph.from_edges([1, 1, 2], [2, 3, 3], [3, 1, 5])


def make(**changed):
    """Two accounts, the first attending to the second, but for what is changed."""
    parts = {
        "ids": np.array([1, 2]),
        "indptr": np.array([0, 1, 1], np.int64),
        "influencer": np.array([1], np.int32),
        "probability": np.array([0.5], np.float32),
    }
    return InfluenceProbabilities(**(parts | changed))


def test_a_weighted_cascade_splits_one_by_weight(weighted):
    """Each account is moved by those it attends to, in proportion."""
    probabilities = from_graph(weighted)

    assert probabilities.influencer.tolist() == [1, 2, 2]
    assert probabilities.probability.tolist() == [0.75, 0.25, 1.0]
    assert probabilities.row_sums().tolist() == [1.0, 1.0, 0.0]


def test_without_weights_a_row_is_split_evenly():
    """No number per tie is kept where none is needed."""
    probabilities = from_graph(Graph.from_edges([1, 1], [2, 3]))

    assert probabilities.probability is None
    assert probabilities.row_sums().tolist() == [1.0, 0.0, 0.0]
    assert repr(probabilities) == "Chances(3 nodes, 2 ties, equal in each row)"


def test_a_number_is_the_chance_of_every_tie(weighted):
    """Weights are then not read."""
    probabilities = from_graph(weighted, 0.25)

    assert probabilities.probability.tolist() == [0.25] * 3
    assert probabilities.row_sums().tolist() == [0.5, 0.25, 0.0]


def test_one_number_per_tie_is_taken_as_it_is(weighted):
    """In the order of the graph's own ties."""
    probabilities = from_graph(weighted, [0.5, 0.0, 1.0])

    assert probabilities.probability.tolist() == [0.5, 0.0, 1.0]
    assert repr(probabilities) == "Chances(3 nodes, 3 ties, one per tie)"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("by degree", "must be 'weighted'"),
        (0.0, r"must lie in \(0, 1\], got 0.0"),
        (1.5, r"must lie in \(0, 1\]"),
        (float("nan"), r"must lie in \(0, 1\]"),
        ([0.5, 0.5], "must be 3 of float32"),
        ([0.5, -0.1, 0.5], r"lie in \[0, 1\] for every tie"),
        ([0.5, 1.1, 0.5], r"lie in \[0, 1\] for every tie"),
        ([0.5, float("nan"), 0.5], r"lie in \[0, 1\] for every tie"),
    ],
)
def test_what_is_no_probability_is_refused(weighted, given, says):
    """One clear line says what is wrong."""
    with pytest.raises(ValueError, match=says):
        from_graph(weighted, given)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"indptr": np.array([0, 1], np.int64)}, "indptr must be 3 of int64"),
        ({"indptr": np.array([0, 1, 1], np.int32)}, "not int32"),
        ({"indptr": np.array([0, 2, 1], np.int64)}, "must ascend from 0 to 1"),
        ({"indptr": np.array([0, 1, 2], np.int64)}, "must ascend from 0 to 1"),
        (
            {"influencer": np.array([1], np.int64)},
            "influencer must be a column",
        ),
        ({"influencer": np.array([2], np.int32)}, "positions from 0 to 1"),
        ({"influencer": np.array([-1], np.int32)}, "positions from 0 to 1"),
        ({"probability": np.array([0.5])}, "must be 1 of float32, not float64"),
    ],
)
def test_arrays_that_contradict_each_other_are_refused(changed, says):
    """Loops over them could otherwise read beyond their end."""
    with pytest.raises(ValueError, match=says):
        make(**changed)


def test_chances_cannot_be_written():
    """What was checked stays as it was."""
    with pytest.raises(ValueError, match="read-only"):
        make().influencer[0] = 0
