"""Ties come in one order, whatever order they are stored in."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.store.queries.ordering import in_order

FIRST_TO_LAST = ("area", "source", "target", "layer", "at", "post", "weight")


def some_ties(count, *, accounts, seed, without=()):
    rng = np.random.default_rng(seed)
    columns = {
        "area": rng.integers(0, 2, count).astype(np.int16),
        "source": rng.integers(0, accounts, count).astype(np.int32),
        "target": rng.integers(0, accounts, count).astype(np.int32),
        "layer": rng.integers(0, 3, count).astype(np.int8),
        "at": rng.integers(-1, 2, count),
        "post": rng.integers(-1, 3, count).astype(np.int32),
        "weight": rng.integers(1, 3, count).astype(np.float32),
    }
    return {name: column for name, column in columns.items() if name not in without}


def rows(columns):
    names = [name for name in FIRST_TO_LAST if name in columns]
    return list(zip(*(columns[name].tolist() for name in names), strict=True))


@pytest.mark.parametrize("accounts", [2, 9, 2_000_000_000])
@pytest.mark.parametrize("without", [(), ("area",), ("area", "at", "post")])
def test_every_column_counts_in_its_turn(accounts, without):
    """Area, source, target, layer, time, post, weight: as tuples would be sorted."""
    for seed in range(5):
        ties = some_ties(200, accounts=accounts, seed=seed, without=without)

        found = in_order(ties)

        assert rows(found) == sorted(rows(ties))
        assert {n: c.dtype for n, c in found.items()} == {
            n: c.dtype for n, c in ties.items()
        }


def test_ties_in_order_are_not_copied():
    """What an import wrote in order is only looked at."""
    source, target = np.arange(5, dtype=np.int32), np.zeros(5, np.int32)

    found = in_order({"source": source, "target": target})

    assert found["source"] is source


def test_no_ties_are_in_order():
    """A study without ties has nothing to sort."""
    nothing = np.empty(0, np.int32)

    assert len(in_order({"source": nothing, "target": nothing})["source"]) == 0
