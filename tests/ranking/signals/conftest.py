"""Signals read from a few ties."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS, ROLES
from hcpgraph.model.ties import Accounts
from hcpgraph.ranking import read


@pytest.fixture
def signals(make_ties, measure):
    """One signal of rows of ties: account -> value."""

    def compute(name, rows, *, posts=None, doctors=(), layers=DEFAULT_LAYERS, **given):
        count = 1 + max((max(row[:2]) for row in rows), default=-1)
        made, role = np.zeros(count, np.int64), np.zeros(count, np.int8)
        for account, number in (posts or {}).items():
            made[account] = number
        role[list(doctors)] = ROLES.index("clinician")
        accounts = Accounts(
            account=np.arange(count, dtype=np.int32),
            role=role,
            listable=np.ones(count, np.bool_),
            followers=np.full(count, -1, np.int64),
            posts=made,
        )
        table = read(
            make_ties(rows), accounts,
            layers=layers, measure=measure, only=[name], **given,
        )  # fmt: skip
        return dict(zip(table.account.tolist(), table[name].tolist(), strict=True))

    return compute
