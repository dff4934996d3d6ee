"""Reach: how many keep listening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

FOLLOWERS: Final = Signal(
    name="followers",
    family="reach",
    meaning="many accounts keep a standing tie to this person",
    unit="distinct accounts, each times the weight of its layer",
    source="follow, connection, colleague and attendance ties",
)
PROFESSIONAL_FOLLOWERS: Final = Signal(
    name="professional_followers",
    family="reach",
    meaning="many health professionals keep a standing tie to this person",
    unit="distinct professionals, each times the weight of its layer",
    source="the same ties, of accounts whose role is known",
)


def followers(record: Record) -> NDArray[np.float64]:
    """Distinct accounts that follow a person or are connected to them.

    A follow is cheap and stays: it tells who *can* be reached, not who responds.
    Only ties inside the study count, never the number a platform shows.

    Returns:
        One value per account, shape (n,), from 0. A further follower never
        lowers it.
    """
    return record.pairs.received(record.pairs.standing)


def professional_followers(record: Record) -> NDArray[np.float64]:
    """Followers who are known to be health professionals; none where no role is."""
    pairs = record.pairs
    known = record.professional[pairs.source]
    return pairs.received(np.where(known, pairs.standing, 0.0))
