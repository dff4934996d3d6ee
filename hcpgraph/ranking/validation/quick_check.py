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
from hcpgraph.ranking.validation.bootstrap import interval, sampled
from hcpgraph.ranking.validation.metrics import ndcg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.history import Past
    from hcpgraph.ranking.score.weights import Weights

TOP: Final = 20
_OWN: Final = ""  # the name of the score among those of baselines
_SEED: Final = 0  # of the samples
_SAMPLES: Final = 400  # of people: 8 ms an area, ends of intervals sure to some .003


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """How well a ranking predicted attention, in short.

    Attributes:
        cutoffs: how many past cut-offs it was checked at, from 1.
        ndcg: mean NDCG of the first ``TOP``, in [0, 1].
        span: its 90 % interval, over samples of the people as in a backtest.
        rival: the best baseline.
        rival_ndcg: its mean NDCG.
        gain_span: 90 % interval of the difference of the two, over the same samples.
    """

    cutoffs: int
    ndcg: float
    span: tuple[float, float]
    rival: str
    rival_ndcg: float
    gain_span: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class OrderedThen:
    """The people judged at one cut-off, in several orders, as samples need them."""

    account: NDArray[np.int32]
    later: NDArray[np.float64]
    orders: Mapping[str, tuple[NDArray[np.intp], ...]]

    def among(self, names: Sequence[str]) -> OrderedThen:
        """The same of some methods; one that is missing here has listed nobody."""
        orders = {name: self.orders.get(name, ()) for name in names}
        return OrderedThen(self.account, self.later, orders)


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
    the same with more cut-offs and more rivals.

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
    judged: list[OrderedThen] = []
    for number, past in enumerate(history):
        keep = eligible[accounts.rows_of(past.table.account)]
        later = past.later[keep]
        if (later > 0).sum() < ENOUGH or keep.sum() <= TOP:
            continue
        known = ties.where((ties.at == NO_TIME) | (ties.at <= past.at))
        own = score_then(history[:number], past, known, layers, start or prior())
        scores = {_OWN: own, **simple_counts(known, layers)}
        orders = {
            name: (by_score(score, past.table.audience, keep),)
            for name, score in scores.items()
        }
        judged.append(OrderedThen(past.table.account[keep], later, orders))
    return in_short(judged) if judged else None


def in_short(judged: Sequence[OrderedThen]) -> QuickCheck:
    """The means over the cut-offs, from one, and intervals over samples of people."""
    names = dict.fromkeys(name for one in judged for name in one.orders)
    # a count that some cut-offs lack, such as followers, has not predicted them
    mean = {
        name: sum(
            ndcg(order, one.later, TOP)
            for one in judged
            for order in one.orders.get(name, ())
        )
        / len(judged)
        for name in names
    }
    own = mean.pop(_OWN)
    rival = max(mean, key=lambda name: mean[name])
    both = (_OWN, rival)
    cutoffs = [one.among(both) for one in judged]
    drawn = sampled(cutoffs, both, TOP, _SEED, samples=_SAMPLES).ndcg
    over = {name: drawn[name].mean(axis=0) for name in both}
    return QuickCheck(
        cutoffs=len(judged),
        ndcg=own,
        span=interval(over[_OWN]),
        rival=rival,
        rival_ndcg=mean[rival],
        gain_span=interval(over[_OWN] - over[rival]),
    )


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
    interactions = dated_interactions(known, layers)
    seen = [
        replace(
            one,
            later=responders(
                known, interactions & (known.at > one.at), one.table.account
            ),
        )
        for one in earlier
    ]
    added = contributions(past.table, fit(seen, start))
    return sum(added.values(), np.zeros(len(past.table)))
