"""Strength of acquaintance, estimated from ties."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import ACT_CODES, ACTS, LAYERS
from hcpgraph.model.ties import in_layers
from hcpgraph.prospects.influence.exposures import distinct_interactions
from hcpgraph.ranking.record.recency import SLOWLY, ages, fresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

# What one tie says about two people knowing each other, an interaction being 1. A
# follow costs one click, and a paper months together.
SAYS: Final[Mapping[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(ACTS, 1.0),
        "mention_in_repost": 0.1,
        "follow": 0.1,
        "connection": 2.0,
        "nomination": 2.0,
        "coauthor": 4.0,
        "colleague": 4.0,
        "referral": 2.0,
        "attendance": 0.5,
    }
)
MUTUAL: Final = 2.0  # what an answer adds, as one who admires need not be known
HALF: Final = 4.0  # what makes a strength of one half


@dataclass(frozen=True, slots=True, eq=False)
class Acquaintance:
    """Acquaintances of each account and their strength, undirected.

    Attributes:
        account: everyone with a tie that counts, ascending, shape (n,), int32.
        indptr: row bounds, shape (n + 1,), int64.
        other: positions of the acquaintances of the row's account, ascending, shape
            (2 p,), int32.
        strength: of each tie, in (0, 1), shape (2 p,), float64.
    """

    account: NDArray[np.int32]
    indptr: NDArray[np.int64]
    other: NDArray[np.int32]
    strength: NDArray[np.float64]


def acquaintance(
    ties: Ties, layers: Mapping[str, float], *, among: NDArray[np.int32]
) -> Acquaintance:
    """Who of some accounts know each other, and how well.

    Two people know each other the better the more they turned to each other:

        strength = x / (x + 4),  x = log2(1 + a) + log2(1 + b) + 2 min(a, b)

    with a what one says to the other and b what comes back: the sum over their ties
    of the weight of the layer times ``SAYS``, interactions with a half-life of half the
    period. One mention makes .20, one answered mention .50, a follow alone .03; a
    hundred mentions that nobody answers .62, less than two that are. What a post does
    to a person counts once.

    Args:
        ties: the ties of an area and a period.
        layers: weight of each layer that counts.
        among: account numbers.
    """
    says = layer_weights(layers) * [SAYS[name] for name in LAYERS]
    size = 1 + int(max(ties.source.max(initial=-1), ties.target.max(initial=-1)))
    inside = np.zeros(size, np.bool_)
    inside[among[among < size]] = True
    rows = np.flatnonzero(
        (says[ties.layer] > 0)
        & (ties.source != ties.target)
        & inside[ties.source]
        & inside[ties.target]
    )
    interactions = in_layers(ties.layer[rows], ACT_CODES)
    acted, stand = (
        distinct_interactions(ties, rows[interactions]),
        _distinct_layers(ties, rows[~interactions]),
    )
    rows = np.concatenate([acted, stand])
    amount = says[ties.layer[rows]]
    amount[: len(acted)] *= fresh(ages(ties)[acted], SLOWLY)
    seen = np.zeros(size, np.bool_)
    seen[ties.source[rows]] = seen[ties.target[rows]] = True
    account = np.flatnonzero(seen).astype(np.int32)
    # account numbers are dense, so looking them up is quicker than searching
    place = np.cumsum(seen) - 1
    source, target = place[ties.source[rows]], place[ties.target[rows]]
    n = max(len(account), 1)
    low, high = np.minimum(source, target), np.maximum(source, target)
    pair, which = np.unique(low * n + high, return_inverse=True)
    up = source < target
    a = np.bincount(which[up], amount[up], len(pair))
    b = np.bincount(which[~up], amount[~up], len(pair))
    x = np.log2(1.0 + a) + np.log2(1.0 + b) + MUTUAL * np.minimum(a, b)
    return _rows(account, pair // n, pair % n, x / (x + HALF))


def _rows(
    account: NDArray[np.int32],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    strength: NDArray[np.float64],
) -> Acquaintance:
    """Pairs in both directions, row by row."""
    row, other = np.concatenate([low, high]), np.concatenate([high, low])
    order = np.argsort(row * len(account) + other)
    indptr = np.zeros(len(account) + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=len(account)), out=indptr[1:])
    both = np.concatenate([strength, strength])[order]
    return Acquaintance(account, indptr, other[order].astype(np.int32), both)


def _distinct_layers(ties: Ties, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """One tie for each layer between two people, in either direction."""
    width = 1 + int(ties.target[rows].max(initial=0))
    key = ties.source[rows].astype(np.int64) * width + ties.target[rows]
    _, first = np.unique(key * len(LAYERS) + ties.layer[rows], return_index=True)
    return rows[first]
