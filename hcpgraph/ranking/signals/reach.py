"""Reach: in-degree by standing ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

FOLLOWERS: Final = Signal(
    name="followers",
    family="reach",
    meaning="followers and other standing ties",
    unit="distinct accounts, each times the weight of its layer",
    source="follow, connection, colleague and attendance ties",
)
PROFESSIONAL_FOLLOWERS: Final = Signal(
    name="professional_followers",
    family="reach",
    meaning="health professionals among the followers",
    unit="distinct professionals, each times the weight of its layer",
    source="the same ties, of accounts with a known role",
)


def followers(record: Record) -> NDArray[np.float64]:
    """In-degree by standing ties: distinct accounts that follow or are connected.

    A follow is cheap and stays: it shows who *can* be reached, not who responds.
    Only ties inside the study count, never the number a platform shows.

    Returns:
        One value per account, shape (n,), from 0. A further follower never
        lowers it.
    """
    return record.pairs.received(record.pairs.standing)


def professional_followers(record: Record) -> NDArray[np.float64]:
    """Followers who are health professionals; none where no role is known.

    A follower of unknown role counts with the share of professionals among accounts
    with a bio.
    """
    pairs = record.pairs
    return pairs.received(record.professional[pairs.source] * pairs.standing)
