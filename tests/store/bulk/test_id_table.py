"""Every id has one number, and every number its id."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.store.bulk.id_table import IdTable


@pytest.mark.parametrize("step", [1, 2**16, 2**32, 2**48])
def test_ids_are_numbered_once(step):
    """However they are spaced, and whatever the table has to grow to."""
    rng = np.random.default_rng(1)
    ids = rng.integers(0, 2**15, 200_000).astype(np.uint64) * np.uint64(step)
    table = IdTable()
    for start in range(0, len(ids), 7000):
        part = ids[start : start + 7000]
        numbers = table.find(part)
        table.add(part, numbers)
        assert np.array_equal(table.ids[numbers], part)

    assert np.array_equal(np.sort(table.ids), np.unique(ids))
    assert np.array_equal(table.find(table.ids), np.arange(len(table.ids)))


def test_every_integer_of_64_bits_is_an_id():
    """Nothing is kept back as a sign of an empty slot."""
    ids = np.array([0, 2**64 - 1, 2**63, 1], np.uint64)
    table = IdTable()
    numbers = table.find(ids)
    assert numbers.tolist() == [-1] * 4

    table.add(ids, numbers)

    assert numbers.tolist() == table.find(ids).tolist() == [0, 1, 2, 3]


def test_what_is_forgotten_is_not_found():
    """A table can be emptied."""
    ids = np.array([5], np.uint64)
    table = IdTable()
    table.add(ids, table.find(ids))

    table.forget()

    assert table.find(ids).tolist() == [-1]
    assert len(table.ids) == 0
