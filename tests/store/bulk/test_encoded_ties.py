"""Ties come back as they went, from memory and from disk."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.store.bulk.encoded_ties import EncodedTies


@pytest.mark.parametrize("kept", [0, 7, 10**6])
def test_ties_come_back_in_order_as_often_as_asked(tmp_path, monkeypatch, kept):
    """However many of them find room in memory; nothing is left on disk."""
    monkeypatch.setattr("hcpgraph.store.bulk.encoded_ties.IN_MEMORY", kept)
    rng = np.random.default_rng(1)
    blocks = [rng.integers(0, 9, (2, n)).astype(np.int32) for n in (3, 0, 5, 1)]

    with EncodedTies(tmp_path / "study.duckdb") as pairs:
        for sources, targets in blocks:
            pairs.append(sources, targets, ids=9)
        first, second = (
            [ends for block in pairs.blocks() for ends in np.stack(block).T.tolist()]
            for _ in range(2)
        )
        counts = pairs.take_counts(9)

    everything = np.concatenate(blocks, axis=1)
    assert first == second == everything.T.tolist()
    assert pairs.total == len(first)
    assert counts.tolist() == np.bincount(everything[0], minlength=9).tolist()
    assert list(tmp_path.iterdir()) == []
