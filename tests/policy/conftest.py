"""Tables of accounts, for policies."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import ROLES
from hcpgraph.model.ties import Accounts


@pytest.fixture
def make_accounts():
    """Accounts from their roles; those at the places in *hidden* are not listable."""

    def make(roles, hidden=()):
        count = len(roles)
        return Accounts(
            account=np.arange(count, dtype=np.int32),
            role=np.array([ROLES.index(role) for role in roles], np.int8),
            listable=~np.isin(np.arange(count), np.array(hidden, int)),
            followers=np.full(count, -1, np.int64),
            posts=np.zeros(count, np.int64),
        )

    return make
