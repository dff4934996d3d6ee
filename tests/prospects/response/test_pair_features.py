"""A pair is described by what was known at the moment, and by nothing later."""

from __future__ import annotations

from math import log

import networkx as nx
import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.prospects.response.pair_features import (
    FEATURES,
    near_pairs,
    one_each,
    responded,
    snapshot,
)
from hcpgraph.ranking.record.incoming_edges import everyone

LATE = 10**9


def described(ties, *, at=LATE, anchors=None, community=None):
    """Feature by (anchor, person) and name, of everyone towards *anchors*."""
    among = everyone(ties)
    n = len(among)
    chosen = one_each(np.arange(n) if anchors is None else np.array(anchors), n)
    if community is None:
        community = np.full(n, -1, np.int32)
    now = snapshot(ties, DEFAULT_LAYERS, among, at)
    pairs = near_pairs(now, np.arange(n), chosen, community)
    keys = zip(pairs.anchor.tolist(), pairs.person.tolist(), strict=True)
    values = [dict(zip(FEATURES, row, strict=True)) for row in (2**pairs.x - 1)]
    return dict(zip(keys, values, strict=True)), pairs


@pytest.mark.parametrize("seed", range(3))
def test_networkx_agrees_on_common_neighbours(make_ties, seed):
    """Common neighbours and Adamic-Adar are those of the undirected graph."""
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, 30, (70, 2)).tolist()
    ties = make_ties([(s, t, "mention", i) for i, (s, t) in enumerate(pairs)])
    among = everyone(ties).tolist()
    graph = nx.Graph((among.index(s), among.index(t)) for s, t in pairs if s != t)
    graph.add_nodes_from(range(len(among)))

    found, _ = described(ties)

    for a, b in graph.edges | set(nx.non_edges(graph)):
        shared = list(nx.common_neighbors(graph, a, b))
        if not shared and not graph.has_edge(a, b):
            assert (a, b) not in found
            assert (b, a) not in found
            continue
        weight = sum(1 / log(graph.degree(z)) for z in shared)
        for key in ((a, b), (b, a)):
            assert found[key]["common"] == pytest.approx(len(shared))
            assert found[key]["adamic_adar"] == pytest.approx(weight)


def test_ties_between_two_are_told_apart(make_ties):
    """Acts and follows, there and back, and what is fresh."""
    ties = make_ties(
        [
            (1, 0, "reply", 1), (1, 0, "mention", 2), (0, 1, "quote", 3),
            (1, 0, "follow"), (2, 3, "mention", 100), (3, 2, "mention", 101),
        ]
    )  # fmt: skip

    told = described(ties)[0][0, 1]

    assert (told["toward"], told["back"]) == pytest.approx((2, 1))
    assert (told["follows"], told["followed"]) == pytest.approx((1, 0))
    assert 0 < told["back_lately"] < told["back"]
    assert told["toward_lately"] < told["toward"]
    assert told["active"] == pytest.approx(2)


def test_nothing_later_is_known(make_ties):
    """What comes after the moment changes no feature; an undated follow is known."""
    rows = [
        (1, 0, "reply", 5),
        (2, 0, "mention", 8),
        (2, 1, "follow"),
        (3, 2, "follow"),
    ]
    later = [(3, 0, "reply", 50), (1, 3, "quote", 60)]

    before = described(make_ties(rows))[0]

    assert described(make_ties([*rows, *later]), at=10)[0] == before


def test_who_answers_is_told_from_who_does_not(make_ties):
    """Of those who are addressed, who addresses back has the larger share."""
    rows = [(s, t, "mention", 1) for s in (1, 2, 3) for t in (4, 5)]
    rows += [(4, s, "reply", 2) for s in (1, 2, 3)]

    _, pairs = described(make_ties(rows), anchors=[0])

    answers = pairs.alone[:, 0]
    assert answers[3] > answers[4] > 0


def test_communities_and_oneself(make_ties):
    """Members of one community are together; nobody is a pair with themselves."""
    ties = make_ties([(0, 1, "reply", 1), (0, 2, "reply", 1), (0, 3, "reply", 1)])

    found, pairs = described(ties, community=np.array([0, 0, 1, -1], np.int32))

    assert found[0, 1]["together"] == 1
    assert found[0, 2]["together"] == found[2, 3]["together"] == 0
    assert all(a != b for a, b in found)
    assert pairs.is_one.tolist() == np.eye(4, dtype=bool).tolist()


def test_near_and_far_are_all_pairs(make_ties):
    """Every pair of two is described once, near or far."""
    rng = np.random.default_rng(0)
    rows = [(*map(int, rng.integers(0, 200, 2)), "mention", i) for i in range(260)]

    _, pairs = described(make_ties(rows), anchors=[3, 5])

    anchor, person, x = pairs.far()
    near = set(zip(pairs.anchor.tolist(), pairs.person.tolist(), strict=True))
    far = set(zip(anchor.tolist(), person.tolist(), strict=True))
    assert not near & far
    assert len(near) + len(far) == pairs.is_one.size - 2
    assert x.shape == (len(far), 5)


def test_what_came(make_ties):
    """Acts after one moment and up to another, by who acts; follows are none."""
    rows = [
        (0, 1, "reply", 5),
        (1, 2, "reply", 6),
        (2, 0, "reply", 9),
        (0, 2, "follow", 6),
    ]
    ties = make_ties(rows)

    found = responded(ties, DEFAULT_LAYERS, everyone(ties), 5, 8)

    assert found.toarray().tolist() == [[0, 0, 0], [0, 0, 1], [0, 0, 0]]
