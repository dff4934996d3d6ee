"""Ties folded into pairs: each account is one voice."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS, LAYER_FAMILIES, LAYERS
from hcpgraph.ranking import families_among, families_of, fold
from hcpgraph.ranking.record.incoming_edges import pair_graph


def test_a_pair_stands_once(make_ties):
    """Ten mentions by one account are one pair; the freshest one is kept."""
    rows = [(0, 1, "mention", day) for day in range(0, 61, 6)]

    pairs = fold(make_ties(rows), DEFAULT_LAYERS)

    assert (pairs.source.tolist(), pairs.target.tolist()) == ([0], [1])
    assert pairs.resonance.tolist() == [1.0]
    assert pairs.audience().tolist() == [0.0, 1.0]


def test_standing_and_acts_are_kept_apart(make_ties):
    """A follow makes reach, a reply makes resonance, of the same pair."""
    layers = {"follow": 0.5, "reply": 2.0}

    pairs = fold(make_ties([(3, 5, "follow"), (3, 5, "reply")]), layers)

    assert pairs.standing.tolist() == [0.5]
    assert pairs.resonance.tolist() == [2.0]
    assert pairs.weight.tolist() == [2.0]


def test_those_whose_ties_do_not_count_are_still_there(make_ties):
    """Self loops and layers of no weight leave their accounts, and graph nodes."""
    ties = make_ties([(4, 4, "mention"), (2, 7, "mention_in_repost"), (1, 2, "follow")])

    pairs = fold(ties, DEFAULT_LAYERS)

    assert pairs.account.tolist() == [1, 2, 4, 7]
    assert pairs.account[pairs.source].tolist() == [1]
    assert pair_graph(pairs).ids.tolist() == [1, 2, 4, 7]


def test_old_attention_stays_a_tie(make_ties):
    """However old, a pair keeps its full weight in the graph of who attends to whom."""
    pairs = fold(
        make_ties([(0, 1, "mention", 0), (1, 0, "mention", 10**9)]), DEFAULT_LAYERS
    )

    assert pairs.weight.tolist() == [1.0, 1.0]
    assert pairs.resonance[0] < 0.2 < pairs.resonance[1]


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ({"folow": 1.0}, "did you mean 'follow'"),
        ({"follow": -1.0}, "at least 0"),
        ({"follow": np.inf}, "at least 0"),
    ],
)
def test_bad_layers_are_refused(layers, words, make_ties):
    """A layer that does not exist or weighs less than nothing says so."""
    with pytest.raises(ValueError, match=words):
        fold(make_ties([]), layers)


def test_the_value_is_frozen(make_ties):
    """Signals share the pairs, so none may change them."""
    pairs = fold(make_ties([(0, 1, "follow")]), DEFAULT_LAYERS)

    with pytest.raises(ValueError, match="read-only"):
        pairs.standing[0] = 2.0


def test_each_layer_is_of_one_family():
    """A new layer is counted once, and never forgotten."""
    named = list(chain.from_iterable(LAYER_FAMILIES.values()))

    assert sorted(named) == sorted(LAYERS)


@pytest.mark.parametrize("family", LAYER_FAMILIES)
def test_one_family_alone_is_none(family):
    """Its ranking is the whole, and need not stand beside itself."""
    assert families_among(LAYER_FAMILIES[family]) == {}
    assert families_among(()) == {}


def test_families_of_ties_that_count(make_ties):
    """Ties to oneself and of layers not asked for make no family."""
    rows = [(1, 2, "mention"), (3, 2, "nomination"), (4, 4, "coauthor")]
    ties = make_ties(rows)

    assert families_of(ties, DEFAULT_LAYERS) == {
        "social": ("mention",),
        "nominated": ("nomination",),
    }
    assert families_of(ties, {"nomination": 1.0, "coauthor": 1.0}) == {}
