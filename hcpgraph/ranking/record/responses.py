"""Interactions and nominations, one row each: the input of resonance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import in_layers
from hcpgraph.ranking.record.incoming_edges import STANDING_CODES
from hcpgraph.ranking.record.recency import fresh
from hcpgraph.ranking.record.vouching import share_left

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Ties of the layers that count and do not stand, sorted by pair of accounts.

    Attributes:
        source: who responds, positions among the accounts, shape (r,).
        target: responded to, positions, shape (r,); never the source.
        layer: index into ``names.LAYERS``, shape (r,).
        worth: weight of the layer, positive, shape (r,).
        age: share of the period that came after, in [0, 1], NaN where the time is
            not known, shape (r,).
        vouched: whether the community vouches for the source (``Vouching``), the same
            for all responses of a pair, shape (r,).
        n_accounts: how many accounts there are.
    """

    source: NDArray[np.intp]
    target: NDArray[np.intp]
    layer: NDArray[np.int8]
    worth: NDArray[np.float64]
    age: NDArray[np.float64]
    vouched: NDArray[np.bool_]
    n_accounts: int

    def of(self, layers: Collection[str]) -> NDArray[np.bool_]:
        """Which responses are of one of *layers*, shape (r,)."""
        return in_layers(self.layer, [LAYERS.index(name) for name in layers])

    def part(self, mask: NDArray[np.bool_]) -> Responses:
        """The responses for which *mask* is true."""
        return Responses(
            self.source[mask],
            self.target[mask],
            self.layer[mask],
            self.worth[mask],
            self.age[mask],
            self.vouched[mask],
            self.n_accounts,
        )

    def over_responders(self, amount: NDArray[np.float64]) -> NDArray[np.float64]:
        """Per person, the sum over distinct responders of their largest *amount*."""
        if not len(amount):
            return np.zeros(self.n_accounts)
        first = self._first()
        return self._per_person(first, np.maximum.reduceat(amount, first))

    def late(self, half_life: float) -> NDArray[np.float64]:
        """Per person, recency-weighted responders, each by its freshest response.

        Those nobody vouches for count as far as ``discount`` allows.
        """
        amount = self.worth * fresh(self.age, half_life)
        if self.vouched.all():
            return self.over_responders(amount)
        others = self._among(~self.vouched, amount)
        known = self._among(self.vouched, amount)
        return known + others * self._left(others, half_life)

    def discount(self, half_life: float) -> NDArray[np.float64]:
        """Per person, the share of unvouched responders that the discount leaves."""
        if self.vouched.all():
            return np.ones(self.n_accounts)
        late = self._among(~self.vouched, self.worth * fresh(self.age, half_life))
        return self._left(late, half_life)

    def _left(self, late: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
        every = self._among(~self.vouched, self.worth)
        return share_left(late, every, half_life)

    def _among(
        self, mask: NDArray[np.bool_], amount: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return self.over_responders(np.where(mask, amount, 0.0))

    def totals(self, amount: NDArray[np.float64]) -> NDArray[np.float64]:
        """Per person, log2(1 + the sum of one responder's *amount*), summed over all.

        Ten responses of one admirer count 3.5, of ten admirers 10.
        """
        if not len(amount):
            return np.zeros(self.n_accounts)
        first = self._first()
        return self._per_person(first, np.log2(1.0 + np.add.reduceat(amount, first)))

    def _per_person(
        self, first: NDArray[np.intp], amount: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        found = np.bincount(self.target[first], amount, self.n_accounts)
        return found.astype(np.float64)

    def _first(self) -> NDArray[np.intp]:
        """Where each pair of accounts starts."""
        return np.flatnonzero(new_pairs(self.source, self.target))


def responses(
    ties: Ties,
    layers: Mapping[str, float],
    *,
    among: NDArray[np.int32],
    age: NDArray[np.float64],
    vouched: NDArray[np.bool_],
) -> Responses:
    """The responses among *ties*, to oneself left out.

    Args:
        ties: the ties of an area and a period.
        layers: weight of each layer that counts.
        among: every account of *ties*, ascending.
        age: of each tie, shape (m,).
        vouched: whether the source of each tie is vouched for, shape (m,).
    """
    worth = layer_weights(layers)
    worth[list(STANDING_CODES)] = 0.0
    counts = np.flatnonzero(worth[ties.layer] > 0)
    counts = counts[ties.source[counts] != ties.target[counts]]
    source = np.searchsorted(among, ties.source[counts])
    target = np.searchsorted(among, ties.target[counts])
    layer, at = ties.layer[counts], age[counts]
    # by age last, so that the order of the ties leaves no trace in a sum
    order = np.lexsort((at, layer, target, source))
    source, target = source[order], target[order]
    return Responses(
        source=source,
        target=target,
        layer=layer[order],
        worth=worth[layer[order]],
        age=at[order],
        vouched=by_pair(source, target, vouched[counts][order]),
        n_accounts=len(among),
    )


def new_pairs(
    source: NDArray[np.integer], target: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Whether each row is the first of its pair, pairs being in one piece.

    >>> new_pairs(np.array([1, 1, 2]), np.array([5, 5, 5])).tolist()
    [True, False, True]
    """
    new = np.ones(len(source), np.bool_)
    new[1:] = (np.diff(source) != 0) | (np.diff(target) != 0)
    return new


def by_pair(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    vouched: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Whether any response of the same pair is vouched for, pairs being in one piece.

    A nomination is always; so are then the mentions of whoever nominated.
    """
    pair = np.cumsum(new_pairs(source, target)) - 1
    found: NDArray[np.bool_] = np.bincount(pair, vouched)[pair] > 0
    return found
