"""Counts of a layer, looked up by account."""

from __future__ import annotations

import numpy as np

from hcpgraph.model.layer_counts import LayerCounts


def test_strangers_have_no_ties():
    """Whoever the counts do not hold has 0 of both."""
    counts = LayerCounts(np.array([2, 5]), np.array([7, 0]), np.array([1, 3]))

    listed, responders = counts.of(np.array([1, 2, 5, 9], np.int32))

    assert listed.tolist() == [0, 7, 0, 0]
    assert responders.tolist() == [0, 1, 3, 0]


def test_an_empty_table_knows_nobody():
    """Without any row everybody has 0."""
    nobody = np.empty(0, np.int64)

    listed, responders = LayerCounts(nobody.astype(np.int32), nobody, nobody).of(
        np.array([3], np.int32)
    )

    assert (listed.tolist(), responders.tolist()) == ([0], [0])
