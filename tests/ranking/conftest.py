"""Small studies in memory, for rankings."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.measures import pagerank
from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, Accounts, Ties


@pytest.fixture
def make_ties():
    """Ties from rows of (source, target, layer[, at[, post]])."""

    def make(rows, areas=(), area=None):
        full = [(*row, *(NO_TIME, NO_POST)[len(row) - 3 :]) for row in rows]
        source, target, layer, at, post = zip(*full, strict=True) if full else [()] * 5
        return Ties(
            source=np.array(source, np.int32),
            target=np.array(target, np.int32),
            layer=np.array([LAYERS.index(name) for name in layer], np.int8),
            at=np.array(at, np.int64),
            post=np.array(post, np.int32),
            weight=np.ones(len(full), np.float32),
            area=np.array([-1] * len(full) if area is None else area, np.int16),
            areas=areas,
        )

    return make


@pytest.fixture
def make_accounts():
    """*count* accounts, listable, with posts by number where given."""

    def make(count, posts=None):
        made = np.zeros(count, np.int64)
        for account, number in (posts or {}).items():
            made[account] = number
        return Accounts(
            account=np.arange(count, dtype=np.int32),
            role=np.zeros(count, np.int8),
            listable=np.ones(count, np.bool_),
            followers=np.full(count, -1, np.int64),
            posts=made,
        )

    return make


@pytest.fixture(scope="session")
def measure():
    """PageRank by name, as an engine would offer it."""

    def compute(name, graph):
        assert name == "pagerank"
        return pagerank(graph)

    return compute
