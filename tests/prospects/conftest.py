"""Small studies in memory, for prospects."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.measures import pagerank
from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, Accounts, Ties
from hcpgraph.prospects import PeopleData, ProspectRequest, suggest
from hcpgraph.ranking import rank


@pytest.fixture
def make_ties():
    """Ties from rows of (source, target, layer[, at[, post]])."""

    def make(rows):
        full = [(*row, *(NO_TIME, NO_POST)[len(row) - 3 :]) for row in rows]
        source, target, layer, at, post = zip(*full, strict=True) if full else [()] * 5
        return Ties(
            source=np.array(source, np.int32),
            target=np.array(target, np.int32),
            layer=np.array([LAYERS.index(name) for name in layer], np.int8),
            at=np.array(at, np.int64),
            post=np.array(post, np.int32),
            weight=np.ones(len(full), np.float32),
            area=np.full(len(full), -1, np.int16),
        )

    return make


@pytest.fixture
def make_accounts():
    """*count* listable accounts."""

    def make(count):
        return Accounts(
            account=np.arange(count, dtype=np.int32),
            role=np.zeros(count, np.int8),
            listable=np.ones(count, np.bool_),
            followers=np.full(count, -1, np.int64),
            posts=np.zeros(count, np.int64),
        )

    return make


@pytest.fixture
def ask(make_ties, make_accounts):
    """Rank *count* accounts by rows of ties and plan prospects among them."""

    def ask_for(rows, count, *, barred=(), silent=(), **request):
        ties, accounts = make_ties(rows), make_accounts(count)
        scored = rank(
            ties,
            accounts,
            layers=DEFAULT_LAYERS,
            measure=lambda _, graph: pagerank(graph),
        )
        for name in ("known", "exclude", "include"):
            request[name] = np.array(request.get(name, ()), np.int32)
        people = PeopleData(
            allowed=~np.isin(accounts.account, np.array(barred, np.int32)),
            profiles=lambda accounts, fields: {
                field: [f"{field}{number % 3}" for number in accounts.tolist()]
                for field in fields
            },
            introducing=np.isin(
                accounts.account, np.array(silent, np.int32), invert=True
            ),
        )
        return suggest(
            ties,
            accounts,
            scored,
            ProspectRequest(**{"budget": 100, **request}),
            people,
            layers=DEFAULT_LAYERS,
        )

    return ask_for
