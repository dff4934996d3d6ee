"""Attention across communities, and over areas."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking import responder_areas


def test_attention_from_several_circles_counts(signals):
    """Four voices from two communities broker two; four from one broker none."""
    rows = [(i, 6, "nomination") for i in (0, 1, 2, 3)]
    rows += [(i, 7, "nomination") for i in (0, 1, 4, 5)]
    community = np.array([0, 0, 1, 1, 0, 0, 0, 0], np.int32)

    found = signals("brokered", rows, communities=community)

    assert [found[i] for i in range(6)] == [0.0] * 6
    assert [found[6], found[7]] == pytest.approx([2.0, 0.0])


def test_no_pairs_no_brokerage(signals):
    """Accounts without ties that count have none."""
    assert signals("brokered", [(1, 1, "mention")]) == {1: 0.0}


def test_areas_are_counted_once_each(make_ties):
    """Two voices in one area are one area; rows without an area count for none."""
    rows = [(0, 9, "mention"), (1, 9, "mention"), (2, 9, "reply"), (3, 8, "reply")]
    ties = make_ties(rows, areas=("asthma", "diabetes"), area=[0, 0, 1, -1])

    among = np.array([0, 1, 2, 3, 8, 9], np.int32)

    assert responder_areas(ties, among).tolist() == [0, 0, 0, 0, 0, 2]


def test_breadth_and_depth_need_several_areas(signals):
    """Heard in three areas is two beyond the first; where one is known, nothing."""
    rows = [(0, 2, "mention"), (1, 2, "mention")]
    heard = np.array([0.0, 1.0, 3.0])

    assert signals("breadth", rows, responder_areas=heard) == {0: 0, 1: 0, 2: 2}
    assert signals("depth", rows, responder_areas=heard)[2] == pytest.approx(1 / 3)
    assert signals("breadth", rows)[2] == signals("depth", rows)[2] == 0
