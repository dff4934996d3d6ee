"""Brokerage: being heard across communities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.attention import Attention

BROKERAGE: Final = Signal(
    name="brokerage",
    meaning="attention comes from several communities, not from one circle",
    unit="distinct accounts times the participation coefficient",
    source="reach and resonance, over the Leiden communities of the same ties",
)


def brokerage(
    attention: Attention, community: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Attention that crosses communities.

    With k the attention a person receives and k_c the part from community c,
    this is k * P, where P = 1 - sum((k_c / k)^2) is the participation
    coefficient [1]: 0 if all attention comes from one community, close to k if
    it is spread over many.

    Args:
        attention: the distinct pairs.
        community: label of each account, shape (n,), from 0.

    Returns:
        One value per account, shape (n,), from 0 and below the attention.

    References:
        [1] Guimera and Amaral (2005), "Functional cartography of complex
            metabolic networks", Nature 433, 895-900. doi:10.1038/nature03288
    """
    paid = attention.standing + attention.resonance
    total = attention.received(paid)
    if not len(paid):
        return total
    width = int(community.max()) + 1
    key = attention.target.astype(np.int64) * width + community[attention.source]
    part, group = np.unique(key, return_inverse=True)
    squares = np.bincount(
        part // width, np.bincount(group, paid) ** 2, attention.n_accounts
    )
    # one community alone leaves nothing but rounding
    return np.maximum(total - squares / np.where(total > 0, total, 1.0), 0.0)
