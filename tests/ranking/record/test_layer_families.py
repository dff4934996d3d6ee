"""Families of layers: which of them occur."""

from __future__ import annotations

from itertools import chain

import pytest

from hcpgraph.model.names import DEFAULT_LAYERS, LAYER_FAMILIES, LAYERS
from hcpgraph.ranking import families_among, families_of


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
