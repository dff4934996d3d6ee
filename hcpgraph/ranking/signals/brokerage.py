"""Brokerage: the participation-weighted audience."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import from_ties
from hcpgraph.ranking.record.recency import LATELY
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.record.incoming_edges import IncomingEdges
    from hcpgraph.ranking.signals.record import Record

BROKERED: Final = Signal(
    name="brokered",
    family="brokerage",
    meaning="effective audience across communities",
    unit="distinct accounts times the participation coefficient",
    source="reach and resonance, over the Leiden communities of the same ties",
)


def brokered(record: Record) -> NDArray[np.float64]:
    """Participation-weighted audience over the given or the study's communities."""
    pairs, label = record.pairs, record.communities
    left = record.responses.discount(LATELY)[pairs.target]
    late = np.where(pairs.vouched, pairs.resonance, pairs.resonance * left)
    return across(
        replace(pairs, resonance=late),
        communities_shown(record) if label is None else label,
    )


def across(
    attention: IncomingEdges, community: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Participation-weighted audience: in-degree times participation coefficient.

    With k the incoming weight of a person and k_c the part from community c, this is
    k * P, where P = 1 - sum((k_c / k)^2) is the participation coefficient [1]: 0 if
    all ties come from one community, close to k if they come from many.

    Args:
        attention: the distinct pairs.
        community: label of each account, shape (n,), from 0.

    Returns:
        One value per account, shape (n,), from 0 and below k.

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


def communities_shown(record: Record) -> NDArray[np.int32]:
    """The community of each account, as a study shows it.

    Accounts outside the graph pay no attention; what they are labelled is moot.
    """
    from hcpgraph.communities import leiden  # noqa: PLC0415 - loaded where it is used

    graph = from_ties(record.ties, record.layers)
    label = np.zeros(record.n_accounts, np.int32)
    found = leiden(graph, seed=record.seed).label
    label[np.searchsorted(record.account, graph.ids)] = found
    return label
