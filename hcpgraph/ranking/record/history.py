"""The study's own past at cut-offs: signals before, responders after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import ACT_CODES
from hcpgraph.model.ties import NO_TIME, freeze, in_layers
from hcpgraph.ranking.record.incoming_edges import responders
from hcpgraph.ranking.signals import read

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.signals import GraphMeasure, SignalTable

POINTS: Final = (0.35, 0.5, 0.65)  # of the interactions


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What could be known at one cut-off, and what came after.

    Attributes:
        at: the last second that was known, Unix time.
        table: the signals of everyone known by then.
        later: distinct accounts that mention, reply to, repost or quote each of them
            after that cut-off, shape (n,), float64.
    """

    at: int
    table: SignalTable
    later: NDArray[np.float64]

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def truth(self) -> NDArray[np.float64]:
        """What a score should predict: log2(1 + later), shape (n,)."""
        return np.log2(1.0 + self.later)


def splits(
    ties: Ties,
    accounts: Accounts,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    seed: int = 0,
    points: Sequence[float] = POINTS,
    only: Collection[str] | None = None,
) -> tuple[Past, ...]:
    """Split the period at several cut-offs: signals before, responders after.

    Ties without a time are known at every cut-off. How many posts an account has
    written beyond those of the ties is known for today alone, and so not used.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts.
        measure: computes PageRank of a graph, on whatever engine.
        seed: of the communities that brokerage looks across.
        points: the share of the interactions with a time that comes before each cut.
        only: names of the signals to read; None for all.

    Returns:
        One past per point, in order; without those after which nothing comes. None
        at all where no interaction has a time.
    """
    counts = dated_interactions(ties, layers)
    when = np.sort(ties.at[counts])
    if not len(when):
        return ()
    cutoffs = {int(when[int(p * (len(when) - 1))]) for p in points}
    silent = replace(accounts, posts=np.zeros_like(accounts.posts))
    found = []
    for at in sorted(cutoffs - {int(when[-1])}):
        table = read(
            ties.where((ties.at == NO_TIME) | (ties.at <= at)), silent,
            layers=layers, measure=measure, seed=seed, only=only,
        )  # fmt: skip
        later = responders(ties, counts & (ties.at > at), table.account)
        found.append(Past(at, table, later))
    return tuple(found)


def dated_interactions(ties: Ties, layers: Mapping[str, float]) -> NDArray[np.bool_]:
    """Mask of the dated interactions of the layers that count, shape (m,)."""
    interactions: NDArray[np.bool_] = in_layers(ties.layer, ACT_CODES)
    interactions &= layer_weights(layers)[ties.layer] > 0
    interactions &= (ties.at != NO_TIME) & (ties.source != ties.target)
    return interactions
