"""Quick validation of a ranking on the cut-offs of weight fitting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import NO_TIME
from hcpgraph.ranking.record.history import dated_interactions
from hcpgraph.ranking.record.incoming_edges import responders
from hcpgraph.ranking.score.fitting import ENOUGH, fit
from hcpgraph.ranking.score.weighted_sum import contributions
from hcpgraph.ranking.score.weights import prior
from hcpgraph.ranking.validation.backtest import by_score
from hcpgraph.ranking.validation.baselines import simple_counts
from hcpgraph.ranking.validation.metrics import ndcg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.history import Past
    from hcpgraph.ranking.score.weights import Weights

TOP: Final = 20


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """How well a ranking predicted attention, in short.

    Attributes:
        moments: how many past cut-offs it was checked at, from 1.
        ndcg: mean NDCG of the first ``TOP``, in [0, 1].
        rival: the best baseline.
        rival_ndcg: its mean NDCG.
    """

    moments: int
    ndcg: float
    rival: str
    rival_ndcg: float


def quick_check(
    ties: Ties,
    accounts: Accounts,
    history: Sequence[Past],
    *,
    layers: Mapping[str, float],
    start: Weights | None = None,
    allowed: NDArray[np.bool_] | None = None,
) -> QuickCheck | None:
    """Check the score at the cut-offs that its weights are learned from, anyway.

    At each cut-off the weights are learned again from the earlier ones, by what had
    come after those until then: nothing of what is judged is known. ``backtest`` does
    the same with more cut-offs, more rivals and intervals.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        history: the past at several cut-offs, as ``splits`` reads it from these ties.
        layers: weight of each layer that counts.
        start: the weights before anything is learned; ``prior()`` if None.
        allowed: who is judged, one per row of *accounts*; everyone if None.

    Returns:
        None where nothing can be judged, as in a study without times.
    """
    eligible = np.ones(len(accounts), np.bool_) if allowed is None else allowed
    found: dict[str, list[float]] = {}
    moments = 0
    for number, past in enumerate(history):
        keep = eligible[accounts.rows_of(past.table.account)]
        later = past.later[keep]
        if (later > 0).sum() < ENOUGH or keep.sum() <= TOP:
            continue
        moments += 1
        known = ties.where((ties.at == NO_TIME) | (ties.at <= past.at))
        own = score_then(history[:number], past, known, layers, start or prior())
        scores = {"": own, **simple_counts(known, layers)}
        for name, score in scores.items():
            order = by_score(score, past.table.audience, keep)
            found.setdefault(name, []).append(ndcg(order, later, TOP))
    # a count that some cut-offs lack, such as followers, has not predicted them
    mean = {n: float(np.sum(values)) / moments for n, values in found.items()}
    if not mean:
        return None
    own_mean = mean.pop("")
    rival = max(mean, key=lambda name: mean[name])
    return QuickCheck(moments, own_mean, rival, mean[rival])


def score_then(
    earlier: Sequence[Past],
    past: Past,
    known: Ties,
    layers: Mapping[str, float],
    start: Weights,
) -> NDArray[np.float64]:
    """The score at one cut-off, by weights learned from what came before it.

    Args:
        earlier: cut-offs before it.
        past: the cut-off.
        known: the ties of which it knows.
        layers: weight of each layer that counts.
        start: the weights before anything is learned.

    Returns:
        A value per account of ``past.table``, shape (n,).
    """
    acts = dated_interactions(known, layers)
    seen = [
        replace(
            one, later=responders(known, acts & (known.at > one.at), one.table.account)
        )
        for one in earlier
    ]
    added = contributions(past.table, fit(seen, start))
    return sum(added.values(), np.zeros(len(past.table)))
