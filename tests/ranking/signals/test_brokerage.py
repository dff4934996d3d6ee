"""Attention across communities."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking import fold
from hcpgraph.ranking.signals import brokerage


def test_attention_from_several_circles_counts(make_ties):
    """Four voices from two communities broker two; four from one broker none."""
    rows = [(i, 8, "nomination") for i in (0, 1, 2, 3)]
    rows += [(i, 9, "nomination") for i in (0, 1, 4, 5)]
    pairs = fold(make_ties(rows), {"nomination": 1.0})
    community = np.array([0, 0, 1, 1, 0, 0, 0, 0], np.int32)

    found = brokerage(pairs, community)

    assert found[:6].tolist() == [0.0] * 6
    assert found[6:].tolist() == pytest.approx([2.0, 0.0])


def test_no_pairs_no_brokerage(make_ties):
    """Accounts without ties that count have none."""
    pairs = fold(make_ties([(1, 1, "mention")]), {"mention": 1.0})

    assert brokerage(pairs, np.zeros(1, np.int32)).tolist() == [0.0]
