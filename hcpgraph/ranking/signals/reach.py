"""Reach: how many keep listening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.ranking.attention import Attention

REACH: Final = Signal(
    name="reach",
    meaning="many accounts keep a standing tie to this person",
    unit="distinct accounts, each times the weight of its layer",
    source="follow, connection, colleague and attendance ties",
)


def reach(attention: Attention) -> NDArray[np.float64]:
    """Distinct accounts that follow a person or are connected to them.

    A follow is cheap and stays: it tells who *can* be reached, not who responds.
    Only ties inside the study count, never the number a platform shows.

    Returns:
        One value per account, shape (n,), from 0. A further follower never
        lowers it.
    """
    return attention.received(attention.standing)
