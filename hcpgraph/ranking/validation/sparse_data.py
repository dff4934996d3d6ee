"""Sparse data: ranks without each layer, and areas with too few responses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import LAYERS
from hcpgraph.model.note import CAUTION, Note
from hcpgraph.model.ranks import ranks_of
from hcpgraph.ranking.explain.context import present_layers
from hcpgraph.ranking.record.incoming_edges import STANDING_CODES, responders
from hcpgraph.ranking.score.weighted_sum import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.score.weights import Weights
    from hcpgraph.ranking.signals import GraphMeasure

# An area below any of these is too sparse: one random post moves a person by
# places.
ACTIVE: Final = 30  # accounts that respond to somebody
RESPONSES: Final = 100  # ties that say so
LEAST_RESPONDERS: Final = (
    3.0  # distinct accounts that respond to each of the first, in the middle
)
FIRST: Final = 25


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """A ranking as it would be without one layer.

    Attributes:
        layer: the one left out.
        ties: how many ties of it there are.
        account: those listed, best first as they are with it, shape (n,).
        before: their ranks with it, from 1.
        after: their ranks without it, from 1; 0 for people without any tie left.
    """

    layer: str
    ties: int
    account: NDArray[np.int32]
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    def rank_of(self, account: int) -> int | None:
        """The rank of someone listed without the layer; None if no tie is left."""
        found = int(self.after[np.flatnonzero(self.account == account)[0]])
        return found or None

    def movers(
        self, *, top: int = FIRST, most: int = 5
    ) -> tuple[tuple[int, int, int], ...]:
        """Who of the first *top* would move most: (account, rank, rank without).

        People who would leave the list come first, with a rank of 0; those
        who stay where they are do not come.
        """
        before, after = self.before[:top], self.after[:top]
        moved = np.where(after > 0, np.abs(after - before), np.iinfo(np.int64).max)
        rows = np.argsort(-moved, kind="stable")[:most]
        return tuple(
            (int(self.account[row]), int(before[row]), int(after[row]))
            for row in rows
            if moved[row]
        )


def layers_left_out(
    ties: Ties,
    accounts: Accounts,
    listed: Scored,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    weights: Weights | None = None,
    seed: int = 0,
) -> tuple[LeftOut, ...]:
    """Rank again without each layer that there is, one at a time.

    Args:
        ties: the ties of an area and a period.
        accounts: everyone who occurs in *ties*.
        listed: people who may be listed, best first, with all layers.
        layers: weight of each layer that counts.
        measure: computes PageRank of a graph.
        weights: of the signals; None takes the prior.
        seed: of the communities that brokerage looks across.

    Returns:
        One entry per layer; none where there is but one layer, for nothing is left
        without it.
    """
    present = present_layers(ties, layers)
    if len(present) < 2:
        return ()
    found = []
    for layer in present:
        out = ties.layer == LAYERS.index(layer)
        left = rank(
            ties.where(~out), accounts, layers=layers, measure=measure,
            weights=weights, seed=seed,
        )  # fmt: skip
        here = np.isin(left.account, listed.account)
        after = np.zeros(len(listed), np.int64)
        known = np.argsort(listed.account)
        place = np.searchsorted(listed.account, left.account[here], sorter=known)
        after[known[place]] = ranks_of(left.score[here])
        found.append(
            LeftOut(layer, int(out.sum()), listed.account, listed.ranks(), after)
        )
    return tuple(found)


def is_sparse(
    ties: Ties, listed: Scored, layers: Mapping[str, float]
) -> tuple[str, ...]:
    """Why there is too little to rank by, in words; empty where there is enough.

    Args:
        ties: the ties of an area and a period.
        listed: people who may be listed, best first.
        layers: weight of each layer that counts.

    Returns:
        One reason each for fewer than ``ACTIVE`` accounts that respond to anybody,
        fewer than ``RESPONSES`` responses, and less than ``LEAST_RESPONDERS``
        responders of the median person among the first ``FIRST``; or one for no
        responses at all.
    """
    worth = layer_weights(layers)
    worth[list(STANDING_CODES)] = 0.0
    counts = (worth[ties.layer] > 0) & (ties.source != ties.target)
    responses = ties.where(counts)
    if not len(listed):
        return ()
    if not len(responses):
        return (
            "follows and other standing ties only: ranks show reach, not responses",
        )
    active = len(np.unique(responses.source))
    middle = float(np.median(responders(ties, counts, np.sort(listed.account[:FIRST]))))
    reasons = []
    if active < ACTIVE:
        reasons.append(
            f"{_few(active, 'account responds', 'accounts respond')} ({ACTIVE} needed)"
        )
    if len(responses) < RESPONSES:
        reasons.append(
            f"{_few(len(responses), 'response')} in all ({RESPONSES} needed)"
        )
    if middle < LEAST_RESPONDERS:
        reasons.append(
            f"median of {middle:g} distinct responders among the first"
            f" {min(FIRST, len(listed))} ({LEAST_RESPONDERS:g} needed)"
        )
    return tuple(reasons)


def sparse_notes(
    ties: Ties, listed: Scored, layers: Mapping[str, float]
) -> tuple[Note, ...]:
    """The reasons of ``is_sparse`` as one note beneath a ranking."""
    reasons = is_sparse(ties, listed, layers)
    if not reasons:
        return ()
    said = f"sparse data: {'; '.join(reasons)}; treat ranks as indicative"
    return (Note(said, "sparse data", {"reasons": reasons}, CAUTION),)


def _few(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
