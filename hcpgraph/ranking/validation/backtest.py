"""Past rankings against later attention, beside rankings anyone could make.

The period is split at several cut-offs. Before each, people are ranked by what was
known then: ties, weights, everything. After it, the distinct accounts that mention,
reply to, repost or quote them are counted, until the end of the period. The rest of the
period is judged, not the next slice of it: that is what a reader wants to know, and a
slice of a small study holds too few responses. The cut-offs therefore share what came
last, and are no independent trials; the intervals draw the same people at every
cut-off, so that they do not take them for such.

Beside hcpgraph stand a plain rival, the product of its two main signals, and a negative
control, the same ranking held against responses that went to other people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.errors import ThinHistory
from hcpgraph.graph import layer_weights
from hcpgraph.model.ties import NO_TIME
from hcpgraph.ranking.record.history import splits
from hcpgraph.ranking.score.fitting import ENOUGH, learn
from hcpgraph.ranking.score.weighted_sum import standings
from hcpgraph.ranking.score.weights import prior
from hcpgraph.ranking.signals import read
from hcpgraph.ranking.validation.baselines import baselines
from hcpgraph.ranking.validation.bootstrap import interval, sampled
from hcpgraph.ranking.validation.metrics import ndcg, precision
from hcpgraph.ranking.validation.negative_control import CONTROL, reassigned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.history import Past
    from hcpgraph.ranking.signals import GraphMeasure, SignalTable

POINTS: Final = (0.35, 0.5, 0.65, 0.8)  # of the interactions
PRODUCT: Final = "hcpgraph"
TIMED: Final = "hcpgraph, timed ties"
RIVAL: Final = "recent responders x log(1+posts)"
_OF_RIVAL: Final = ("listeners_lately", "posts")
RANDOM: Final = "random"
_SHUFFLES: Final = 10  # orders, averaged for the random baseline
_DIGITS: Final = 12
_AHEAD, _BEHIND, _LEVEL = "ahead", "behind", "level"


@dataclass(frozen=True, slots=True, eq=False)
class Cutoff:
    """Orders of the people known at one cut-off, and what came after.

    Attributes:
        share: the share of the interactions that came before.
        at: the last second that was known, Unix time.
        known: how many accounts were known by then.
        account: the people ranked, ascending, shape (n,).
        later: distinct accounts that responded to each of them afterwards, shape (n,).
        orders: method -> positions in ``account``, best first; several orders where
            the method is random.
    """

    share: float
    at: int
    known: int
    account: NDArray[np.int32]
    later: NDArray[np.float64]
    orders: Mapping[str, tuple[NDArray[np.intp], ...]]

    @property
    def responded(self) -> int:
        """The number of ranked people with later responders."""
        return int((self.later > 0).sum())


@dataclass(frozen=True, slots=True)
class Judged:
    """How well one method did, over all cut-offs.

    Attributes:
        method: its name.
        ndcg: mean over the cut-offs, in [0, 1].
        low: lower end of its interval.
        high: upper end.
        precision: mean over the cut-offs, in [0, 1].
        precision_span: its interval.
        at: NDCG at each cut-off.
        at_span: its interval there.
        difference: NDCG of hcpgraph less that of this method, its interval, and in
            a word where hcpgraph stands; None for hcpgraph itself.
    """

    method: str
    ndcg: float
    low: float
    high: float
    precision: float
    precision_span: tuple[float, float]
    at: tuple[float, ...]
    at_span: tuple[tuple[float, float], ...]
    difference: tuple[float, float, float, str] | None


def cutoffs(
    ties: Ties,
    accounts: Accounts,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    top: int,
    allowed: NDArray[np.bool_] | None = None,
    points: Sequence[float] = POINTS,
    seed: int = 0,
) -> tuple[Cutoff, ...]:
    """Rank people by what was known at several cut-offs, and count what came after.

    Ties without a time are known at every cut-off; where there are any, a ranking that
    leaves them out is added, as nobody knows whether they were there already.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts.
        measure: computes PageRank of a graph, on whatever engine.
        top: how many people will be looked at, from 1.
        allowed: who is judged, one per row of *accounts*; everyone if None. All count
            in the rankings of others.
        points: the shares of the interactions with a time that come before each
            cut-off.
        seed: for the random steps.

    Returns:
        Those cut-offs after which enough people were responded to, in order.

    Raises:
        ThinHistory: if there is none.
        ValueError: if *points* are not ascending within (0, 1), or *top* is below 1.
    """
    if top < 1:
        raise ValueError(f"top must be 1 or more, got {top}")
    if not points or sorted({0.0, *points, 1.0}) != [0.0, *points, 1.0]:
        raise ValueError("points must be shares between 0 and 1, ascending")
    eligible = np.ones(len(accounts), np.bool_) if allowed is None else allowed
    silent = replace(accounts, posts=np.zeros_like(accounts.posts))
    cuts = [
        (point, past, eligible[accounts.rows_of(past.table.account)])
        for point in points
        for past in splits(
            ties, silent, layers=layers, measure=measure, seed=seed,
            points=[point], only={*prior().used(), *_OF_RIVAL},
        )
    ]  # fmt: skip
    _refuse_sparse(cuts, top)
    setting = _Setting(ties, silent, layers, measure, seed)
    return tuple(
        _cutoff(setting, point, past, keep)
        for point, past, keep in cuts
        if _thickness(past, keep, top) >= ENOUGH
    )


def judge(cutoffs: Sequence[Cutoff], *, top: int, seed: int = 0) -> tuple[Judged, ...]:
    """How well each method predicted what came after, and how sure that is.

    The intervals hold 90 % of what samples of the people give, drawn with replacement,
    the same for every method and cut-off; so the interval of a difference is narrower
    than those of its two sides.

    Args:
        cutoffs: at least one.
        top: how many people of each order are looked at.
        seed: of the samples.

    Returns:
        hcpgraph first, then the methods that every cut-off has, from the best.
    """
    names = [n for n in cutoffs[0].orders if all(n in m.orders for m in cutoffs)]
    drawn = sampled(cutoffs, names, top, seed)
    over = {name: drawn.ndcg[name].mean(axis=0) for name in names}
    found = []
    for name in names:
        at = [_mean(ndcg(o, m.later, top) for o in m.orders[name]) for m in cutoffs]
        hits = [
            _mean(precision(o, m.later, top) for o in m.orders[name]) for m in cutoffs
        ]
        one = Judged(
            name,
            _mean(at),
            *interval(over[name]),
            precision=_mean(hits),
            precision_span=interval(drawn.precision[name].mean(axis=0)),
            at=tuple(at),
            at_span=tuple(interval(row) for row in drawn.ndcg[name]),
            difference=None,
        )
        found.append(one)
    product, *others = found
    compared = [
        replace(one, difference=_difference(product, one, over)) for one in others
    ]
    return (product, *sorted(compared, key=lambda one: -one.ndcg))


@dataclass(frozen=True, slots=True, eq=False)
class _Setting:
    """What all cut-offs have in common."""

    ties: Ties
    accounts: Accounts
    layers: Mapping[str, float]
    measure: GraphMeasure
    seed: int

    def ranked(self, known: Ties, table: SignalTable) -> Scored:
        """As the product ranks: weights learned from what was known, too."""
        weights = learn(
            known, self.accounts,
            layers=self.layers, measure=self.measure, seed=self.seed,
        )  # fmt: skip
        return standings(table, weights)


def _refuse_sparse(
    cuts: Sequence[tuple[float, Past, NDArray[np.bool_]]], top: int
) -> None:
    if not cuts:
        raise ThinHistory(
            "there are no mentions, replies, reposts or quotes with different times"
        )
    people = max(int(keep.sum()) for *_, keep in cuts)
    if people <= top:
        raise ThinHistory(
            f"at most {people} people may be listed at any cut-off, no more than the"
            f" {top} to be scored"
        )
    if all(_thickness(past, keep, top) < ENOUGH for _, past, keep in cuts):
        most = max(int((past.later[keep] > 0).sum()) for _, past, keep in cuts)
        raise ThinHistory(
            f"at most {most} of the people known at any cut-off have later responders;"
            f" {ENOUGH} are needed"
        )


def _thickness(past: Past, keep: NDArray[np.bool_], top: int) -> int:
    """How many people were responded to later; 0 where all would be among the top."""
    return int((past.later[keep] > 0).sum()) if keep.sum() > top else 0


def _cutoff(
    setting: _Setting, point: float, past: Past, keep: NDArray[np.bool_]
) -> Cutoff:
    ties, table = setting.ties, past.table
    known = _known(ties, past.at)
    ranked = setting.ranked(known, table)
    scores = {PRODUCT: _along(table.account, ranked.account, ranked.score)}
    orders = {PRODUCT: by_score(scores[PRODUCT], table.audience, keep)}
    if _has_undated(known, setting.layers):
        dated = known.where(known.at != NO_TIME)
        orders[TIMED] = _order_then(setting, dated, table.account, keep)
    responders, posts = (table[name] for name in _OF_RIVAL)
    counted = {
        RIVAL: responders * np.log1p(posts),
        **baselines(known, setting.layers, measure=setting.measure),
    }
    for name, score in counted.items():
        orders[name] = by_score(score, table.audience, keep)
    rng = np.random.default_rng([setting.seed, past.at])
    people = int(keep.sum())
    return Cutoff(
        share=point,
        at=past.at,
        known=len(table),
        account=table.account[keep],
        later=past.later[keep],
        orders={
            **{name: (order,) for name, order in orders.items()},
            CONTROL: (_control(setting, past, keep),),
            RANDOM: tuple(rng.permutation(people) for _ in range(_SHUFFLES)),
        },
    )


def by_score(
    score: NDArray[np.float64],
    audience: NDArray[np.float64],
    keep: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """The order that the product gives equal scores, too.

    Args:
        score: of every account, ascending by number, shape (n,).
        audience: in-degree of each, shape (n,).
        keep: who is ordered, shape (n,).

    Returns:
        Positions among those kept: highest score first, then more distinct attention,
        then the lower account.
    """
    # sums of the same terms in another order differ in the last digits
    value = np.round(score[keep], _DIGITS)
    return np.lexsort((-audience[keep], -value))


def _known(ties: Ties, at: int) -> Ties:
    """What can be known at a cut-off."""
    return ties.where((ties.at == NO_TIME) | (ties.at <= at))


def _control(
    setting: _Setting, past: Past, keep: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """The order of the product where later responses went to other people.

    Those who got a person's later responses stand in that person's place, so that the
    order can be held against what truly came.
    """
    account = past.table.account
    rng = np.random.default_rng([setting.seed, past.at, 1])
    ties, got = reassigned(setting.ties, past.at, account[keep], rng)
    return np.asarray(
        got[_order_then(setting, _known(ties, past.at), account, keep)], np.intp
    )


def _order_then(
    setting: _Setting,
    known: Ties,
    among: NDArray[np.int32],
    keep: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """The order of the product by some ties alone."""
    table = read(
        known, setting.accounts,
        layers=setting.layers, measure=setting.measure, seed=setting.seed,
        only=prior().used(),
    )  # fmt: skip
    ranked = setting.ranked(known, table)
    return by_score(
        _along(among, ranked.account, ranked.score),
        _along(among, table.account, table.audience),
        keep,
    )


def _along(
    among: NDArray[np.int32],
    account: NDArray[np.int32],
    value: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Values of some accounts in the order of *among*; 0 for the others."""
    result = np.zeros(len(among))
    result[np.searchsorted(among, account)] = value
    return result


def _has_undated(ties: Ties, layers: Mapping[str, float]) -> bool:
    return bool(((ties.at == NO_TIME) & (layer_weights(layers)[ties.layer] > 0)).any())


def _difference(
    product: Judged, other: Judged, drawn: Mapping[str, NDArray[np.float64]]
) -> tuple[float, float, float, str]:
    low, high = interval(drawn[product.method] - drawn[other.method])
    verdict = _AHEAD if low > 0 else _BEHIND if high < 0 else _LEVEL
    return product.ndcg - other.ndcg, low, high, verdict


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
