"""Resonance: how many respond."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.ranking.attention import Attention

RESONANCE: Final = Signal(
    name="resonance",
    meaning="many accounts respond to this person, and lately",
    unit="distinct accounts, each times its freshness and the weight of its layer",
    source="mentions, replies, reposts, quotes; nominations, referrals, coauthors",
)


def resonance(attention: Attention) -> NDArray[np.float64]:
    """Distinct accounts that act towards a person, fresh acts counting most.

    Each account counts once, by its freshest act: ten mentions by one admirer
    are one voice. Nominations, referrals and coauthorships do not age.

    Returns:
        One value per account, shape (n,), from 0. At the same moment, a further
        account that responds never lowers it.
    """
    return attention.received(attention.resonance)
