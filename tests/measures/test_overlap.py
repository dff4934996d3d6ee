"""Searching the longer of two neighbourhoods."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.graph import Graph
from hcpgraph.measures import clustering, constraint
from hcpgraph.measures.overlap import is_shorter_by_far, place_of


def test_places_are_those_of_a_search():
    """Every place within the bounds is found, and nothing outside of them."""
    columns = np.array([9, 1, 4, 6, 7, 7], np.uint32)

    places = [place_of(wanted, columns, 1, 5) for wanted in range(11)]

    assert places == [-1, 1, -1, -1, 2, -1, 3, 4, -1, -1, -1]


def test_few_are_searched_among_many():
    """Two among a million are looked up; a hundred among a hundred are not."""
    assert is_shorter_by_far(2, 1_000_000)
    assert not is_shorter_by_far(100, 100)
    assert not is_shorter_by_far(0, 0)


@pytest.fixture(scope="module")
def hubs():
    """Two accounts that nearly all follow and that follow nearly all."""
    rng = np.random.default_rng(4)
    crowd = np.arange(2, 2400)
    few = rng.integers(2, 2400, (2, 4000))
    source = np.concatenate([crowd, crowd, np.zeros(2398, int), few[0]])
    target = np.concatenate([np.zeros(2398, int), np.ones(2398, int), crowd, few[1]])
    return Graph.from_edges(source, target, rng.random(len(source)) + 0.5)


def test_hubs_have_the_clustering_of_their_neighbourhood(hubs):
    """Triangles at a hub are all found, by the definition as matrices."""
    adjacency = hubs.to_scipy().toarray() > 0
    near = (adjacency | adjacency.T).astype(np.float64)

    value = clustering(hubs).value

    degree = near.sum(axis=1)
    among = ((near @ adjacency) * near).sum(axis=1)
    np.testing.assert_allclose(value, among / np.maximum(degree * (degree - 1), 1))


def test_hubs_have_the_constraint_of_their_contacts(hubs):
    """Investments through a hub are all found, by the definition as matrices."""
    weight = hubs.to_scipy().toarray().astype(np.float64)
    share = weight + weight.T
    share /= share.sum(axis=1, keepdims=True)

    value = constraint(hubs).value

    invested = (share + share @ share) * (share > 0)
    np.testing.assert_allclose(value, (invested**2).sum(axis=1), rtol=1e-5)
