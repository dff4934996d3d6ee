"""Small studies in memory, for rankings."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.measures import pagerank
from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, Accounts, Ties
from hcpgraph.ranking import everyone, prior
from hcpgraph.ranking.explain.context import open_context


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


@pytest.fixture
def make_case(make_ties, make_accounts, measure):
    """One person among all of some ties: rows, person[, who may not be listed]."""

    def make(rows, person, *, hidden=(), weights=None, layers=DEFAULT_LAYERS):
        ties = make_ties(rows)
        known = make_accounts(1 + max(max(row[:2]) for row in rows))
        there = everyone(ties)
        accounts = Accounts(
            account=there,
            role=known.role[there],
            listable=known.listable[there],
            followers=known.followers[there],
            posts=known.posts[there],
        )
        return open_context(
            ties,
            accounts,
            person,
            allowed=~np.isin(there, list(hidden)),
            weights=prior() if weights is None else weights,
            layers=layers,
            measure=measure,
        )

    return make
