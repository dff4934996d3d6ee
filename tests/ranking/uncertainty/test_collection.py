"""The expected narrowing of the first intervals by one more list of followers."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.uncertainty import collection
from hcpgraph.ranking.uncertainty.intervals import ranks_among
from hcpgraph.ranking.uncertainty.unknown import ends

DRAWS, PEOPLE, FIRST, EDGE = 60, 30, 5, 0.05


@pytest.fixture
def draws():
    rng = np.random.default_rng(2)
    known = rng.normal(np.linspace(3, 0, PEOPLE), 0.3, (DRAWS, PEOPLE))
    added = np.where(np.arange(PEOPLE) % 3, rng.gamma(1.0, 1.0, (DRAWS, PEOPLE)), 0.5)
    whole = known + added
    return collection._Draws(
        known, added, whole, np.sort(whole, axis=1), FIRST,
        ranks_among(whole, FIRST), EDGE,
    )  # fmt: skip


def mean_width(whole):
    """The intervals of ranks, counted one by one."""
    ranks = np.array([[1 + (row > one).sum() for one in row[:FIRST]] for row in whole])
    ordered = np.sort(ranks, axis=0)
    low, high = ends(len(ranks), EDGE)
    return (ordered[high] - ordered[low]).mean()


@pytest.mark.parametrize("person", [0, 1, 4, 7, 29])
def test_it_is_what_ranking_everyone_again_gives(draws, person):
    """For people inside and outside of the first, with and without a list."""
    found = []
    for added in np.quantile(draws.added[:, person], collection._MAY_ADD):
        whole = draws.whole.copy()
        whole[:, person] = draws.known[:, person] + added
        found.append(mean_width(whole))

    assert collection._width_with(draws, person) == pytest.approx(np.mean(found))
    assert collection._width(draws, draws.rank) == pytest.approx(
        mean_width(draws.whole)
    )


def test_a_list_that_is_known_narrows_nothing(draws):
    """What it adds is no longer drawn."""
    now = collection._width(draws, draws.rank)

    assert collection._width_with(draws, 3) == pytest.approx(now)
    assert collection._width_with(draws, 1) < now
