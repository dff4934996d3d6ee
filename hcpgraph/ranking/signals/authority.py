"""Authority: PageRank, plain and personalised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.measures import personalized_pagerank
from hcpgraph.ranking.record.incoming_edges import pair_graph
from hcpgraph.ranking.record.recency import LATELY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

PAGERANK: Final = Signal(
    name="pagerank",
    family="authority",
    meaning="PageRank",
    unit="times that of the average account",
    source="PageRank of all ties that count, each pair of accounts once",
)
AREA_PAGERANK: Final = Signal(
    name="area_pagerank",
    family="authority",
    meaning="PageRank with restarts at recently active accounts",
    unit="times that of the average account",
    source="the same, personalised: restarts at recent posters of the area",
)


def pagerank(record: Record) -> NDArray[np.float64]:
    """PageRank times the number of accounts, so that 1 is the average.

    An account without incoming edges has 0, although PageRank grants everyone a
    little.

    Returns:
        One value per account, shape (n,), from 0.
    """
    if not len(record.pairs.source):
        return np.zeros(record.n_accounts)
    return _shares(record, record.measure("pagerank", pair_graph(record.pairs)).value)


def area_pagerank(record: Record) -> NDArray[np.float64]:
    """Personalised PageRank with restarts at the area's active accounts.

    Restarts are in proportion to the recency of own posts; without any post, all 0.
    """
    mass = speaking_now(record)
    if not len(record.pairs.source) or not mass.any():
        return np.zeros(record.n_accounts)
    found = personalized_pagerank(pair_graph(record.pairs), mass)
    return _shares(record, found.value)


def speaking_now(record: Record) -> NDArray[np.float64]:
    """Restart mass: recently active accounts, by recency of their posts."""
    own = record.own
    active = np.bincount(own.doer, fresh(own.age, LATELY), record.n_accounts)
    return np.asarray(np.log2(1.0 + active), np.float64)


def _shares(record: Record, value: NDArray[np.float64]) -> NDArray[np.float64]:
    followed = record.pairs.audience() > 0
    return np.asarray(np.where(followed, value * record.n_accounts, 0.0), np.float64)
