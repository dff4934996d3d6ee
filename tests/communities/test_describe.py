"""Communities by name: only what most share and others do not."""

from __future__ import annotations

import numpy as np

from hcpgraph.communities.describe import name_groups


def label(*sizes):
    return np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)


def test_a_community_is_named_by_what_sets_it_apart():
    """The field that stands out most comes first; what all share names nobody."""
    known = {
        "specialty": ["Cardiology"] * 7 + ["Surgery"] + ["Surgery"] * 8,
        "country": ["Chile"] * 8 + ["Norway"] * 8,
        "institution": ["Hill Hospital"] * 16,
    }

    names = name_groups(label(8, 8), known)

    assert names == {0: "Mostly Chile, Cardiology", 1: "Mostly Norway, Surgery"}


def test_little_knowledge_names_nobody():
    """Four known members are too few, however alike they are."""
    known = {"country": ["Chile"] * 4 + [None] * 20 + ["Norway"] * 10}

    assert name_groups(label(24, 10), known) == {1: "Mostly Norway"}


def test_a_mixed_community_has_no_name():
    """Below half of those known nothing is mostly so."""
    known = {"country": ["Chile", "Norway", "Togo"] * 4 + ["Peru"] * 12}

    assert name_groups(label(12, 12), known) == {1: "Mostly Peru"}


def test_nothing_known_and_nobody_there():
    """Empty columns and empty studies name nobody."""
    assert name_groups(label(3), {"country": [None] * 3}) == {}
    assert name_groups(np.empty(0, np.int32), {"country": []}) == {}
