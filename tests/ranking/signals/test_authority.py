"""Being heard by those who are heard."""

from __future__ import annotations

import pytest

from hcpgraph.ranking import fold
from hcpgraph.ranking.attention import pair_graph
from hcpgraph.ranking.signals import authority


def test_one_follower_of_weight_beats_one_without(make_ties, measure):
    """Of two people with one follower each, the star's choice has more authority."""
    rows = [(i, 0, "follow") for i in range(3, 9)]
    rows += [(0, 1, "follow"), (3, 2, "follow")]
    pairs = fold(make_ties(rows), {"follow": 1.0})

    found = authority(pairs, pair_graph(pairs), measure)

    assert found[1] > 2 * found[2] > 0


def test_the_unheeded_have_none(make_ties, measure):
    """PageRank's share for everyone is not authority; with no tie nobody has any."""
    pairs = fold(make_ties([(0, 1, "follow")]), {"follow": 1.0})
    alone = fold(make_ties([(0, 0, "follow")]), {"follow": 1.0})

    assert authority(pairs, pair_graph(pairs), measure)[0] == 0.0
    assert authority(alone, pair_graph(alone), measure).tolist() == [0.0]


def test_one_is_the_average(make_ties, measure):
    """In a ring everyone has the average share."""
    pairs = fold(
        make_ties([(i, (i + 1) % 5, "follow") for i in range(5)]), {"follow": 1}
    )

    assert authority(pairs, pair_graph(pairs), measure).tolist() == pytest.approx(
        [1] * 5
    )
