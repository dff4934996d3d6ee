"""Peers: responders who are health professionals, and mutual responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.incoming_edges import distinct
from hcpgraph.ranking.record.recency import LATELY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

PROFESSIONAL_RESPONDERS: Final = Signal(
    name="professional_listeners",
    family="resonance",
    meaning="recency-weighted responders who are health professionals",
    unit="distinct professionals, half-life one sixth of the period",
    source="responses of accounts with a known role",
)
PEER_SHARE: Final = Signal(
    name="peer_share",
    family="resonance",
    meaning="share of health professionals in the audience",
    unit="of all in-neighbours, 0 to 1",
    source="all ties that count, of accounts with a known role",
)
EXCHANGES: Final = Signal(
    name="exchanges",
    family="resonance",
    meaning="mutual responses",
    unit="distinct accounts with responses both ways",
    source="mentions, replies, reposts, quotes, nominations both ways",
)


def professional_responders(record: Record) -> NDArray[np.float64]:
    """Recency-weighted responders among health professionals."""
    responses = record.responses
    known = record.professional[responses.source]
    return responses.over_responders(
        np.where(known, responses.worth * fresh(responses.age, LATELY), 0.0)
    )


def peer_share(record: Record) -> NDArray[np.float64]:
    """The share of health professionals in the audience (in-neighbours)."""
    pairs = record.pairs
    peers = pairs.received(record.professional[pairs.source].astype(np.float64))
    audience = pairs.audience()
    return peers / np.maximum(audience, 1.0)


def exchanges(record: Record) -> NDArray[np.float64]:
    """Reciprocity: distinct accounts with responses both ways."""
    responses, n = record.responses, record.n_accounts
    to = distinct(responses.source.astype(np.int64) * n + responses.target)
    back = (to % n) * n + to // n if n else to
    mutual = to[np.isin(to, back)]
    return np.bincount(mutual % max(n, 1), minlength=n).astype(np.float64)
