"""Authority: being heard by those who are heard."""

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
    meaning="accounts that are attended to attend to this person",
    unit="times the average share of a reader's time",
    source="PageRank of all ties that count, each pair of accounts once",
)
AREA_PAGERANK: Final = Signal(
    name="area_pagerank",
    family="authority",
    meaning="those who speak up in the area now attend to this person",
    unit="times the average share of a reader's time",
    source="the same, the reader returning to people who posted lately",
)


def pagerank(record: Record) -> NDArray[np.float64]:
    """Attention weighted by who pays it.

    PageRank times the number of accounts, so that 1 is the average. Someone
    nobody attends to has none, although PageRank grants everyone a little.

    Returns:
        One value per account, shape (n,), from 0.
    """
    if not len(record.pairs.source):
        return np.zeros(record.n_accounts)
    return _shares(record, record.measure("pagerank", pair_graph(record.pairs)).value)


def area_pagerank(record: Record) -> NDArray[np.float64]:
    """Attention weighted by who pays it, as seen from the area's active people.

    The reader restarts at those who speak up, by how lately they did. Without anyone
    who speaks there is nothing to read.
    """
    mass = speaking_now(record)
    if not len(record.pairs.source) or not mass.any():
        return np.zeros(record.n_accounts)
    found = personalized_pagerank(pair_graph(record.pairs), mass)
    return _shares(record, found.value)


def speaking_now(record: Record) -> NDArray[np.float64]:
    """Where the reader of an area restarts: at those who speak up, and lately."""
    own = record.own
    active = np.bincount(own.doer, fresh(own.age, LATELY), record.n_accounts)
    return np.asarray(np.log2(1.0 + active), np.float64)


def _shares(record: Record, value: NDArray[np.float64]) -> NDArray[np.float64]:
    heard = record.pairs.audience() > 0
    return np.asarray(np.where(heard, value * record.n_accounts, 0.0), np.float64)
