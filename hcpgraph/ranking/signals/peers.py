"""Peers: attention from health professionals, and attention returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.incoming_edges import distinct
from hcpgraph.ranking.record.recency import LATELY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

PROFESSIONAL_LISTENERS: Final = Signal(
    name="professional_listeners",
    family="resonance",
    meaning="many health professionals respond to this person, and lately",
    unit="distinct professionals, halved with every sixth of the record since",
    source="responses of accounts whose role is known",
)
PEER_SHARE: Final = Signal(
    name="peer_share",
    family="resonance",
    meaning="those who attend to this person are health professionals",
    unit="share of the accounts that attend in any way, 0 to 1",
    source="all ties that count, of accounts whose role is known",
)
EXCHANGES: Final = Signal(
    name="exchanges",
    family="resonance",
    meaning="this person and others respond to each other",
    unit="distinct accounts that respond and are responded to",
    source="mentions, replies, reposts, quotes, nominations both ways",
)


def professional_listeners(record: Record) -> NDArray[np.float64]:
    """Distinct health professionals who respond, each by the freshest response."""
    heard = record.responses
    known = record.professional[heard.source]
    return heard.voices(np.where(known, heard.worth * fresh(heard.age, LATELY), 0.0))


def peer_share(record: Record) -> NDArray[np.float64]:
    """The share of a person's audience that is known to be professional."""
    pairs = record.pairs
    peers = pairs.received(record.professional[pairs.source].astype(np.float64))
    audience = pairs.audience()
    return peers / np.maximum(audience, 1.0)


def exchanges(record: Record) -> NDArray[np.float64]:
    """Distinct accounts with which responses go both ways."""
    heard, n = record.responses, record.n_accounts
    to = distinct(heard.source.astype(np.int64) * n + heard.target)
    back = (to % n) * n + to // n if n else to
    mutual = to[np.isin(to, back)]
    return np.bincount(mutual % max(n, 1), minlength=n).astype(np.float64)
