"""Negative control: later responses go to other people, and nothing is predicted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import NO_TIME
from hcpgraph.ranking.validation.bootstrap import interval
from hcpgraph.ranking.validation.metrics import ndcg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.validation.bootstrap import Ordered

CONTROL: Final = "negative control"
_DRAWS: Final = 400  # random orders behind the interval of random orders
_RARE: Final = 0.99  # of the random orders are below what counts as predicted
_MANY: Final = 50  # times the top, from which hardly anybody is drawn twice


@dataclass(frozen=True, slots=True)
class Control:
    """The negative control and random orders.

    Attributes:
        ndcg: of the ranking, mean over the cut-offs.
        random: the same of random orders, their mean.
        low: lower end of the middle 90 % of random orders.
        high: upper end.
        silent: whether nothing was predicted: below 99 % of random orders.
    """

    ndcg: float
    random: float
    low: float
    high: float
    silent: bool


def reassigned(
    ties: Ties, at: int, people: NDArray[np.int32], rng: np.random.Generator
) -> tuple[Ties, NDArray[np.intp]]:
    """Ties whose targets after a cut-off are permuted among some people.

    Everybody among them gets all later ties of one other person, so that the numbers of
    later responders stay as they are, in another order. What a ranking of these ties
    still predicts, it cannot have from the past.

    Args:
        ties: any.
        at: the last second before the cut-off, Unix time.
        people: accounts, ascending, shape (n,).
        rng: draws the permutation.

    Returns:
        The ties, and whose ties each person got: positions in *people*, shape (n,).
    """
    to = rng.permutation(len(people))
    after = np.flatnonzero(
        (ties.at != NO_TIME) & (ties.at > at) & np.isin(ties.target, people)
    )
    target = ties.target.copy()
    target[after] = people[to[np.searchsorted(people, target[after])]]
    return replace(ties, target=target), np.argsort(to)


def control(cutoffs: Sequence[Ordered], *, top: int, seed: int = 0) -> Control:
    """Whether the negative control predicted anything.

    Args:
        cutoffs: cut-offs with an order named ``CONTROL``, at least one.
        top: how many people of each order are looked at.
        seed: of the random orders.
    """
    found = [ndcg(m.orders[CONTROL][0], m.later, top) for m in cutoffs]
    rng = np.random.default_rng([seed, len(cutoffs)])
    drawn = np.mean([_of_random_orders(m.later, top, rng) for m in cutoffs], axis=0)
    low, high = interval(drawn)
    value = float(np.mean(found))
    silent = value <= float(np.quantile(drawn, _RARE))
    return Control(value, float(drawn.mean()), low, high, silent)


def _of_random_orders(
    later: NDArray[np.float64], top: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """NDCG of random orders of the people, shape (draws,)."""
    gain, top = np.log2(1.0 + later), min(top, len(later))
    discount = 1.0 / np.log2(np.arange(2, top + 2))
    best = float(np.sort(gain)[::-1][:top] @ discount)
    if len(gain) > _MANY * top:
        first = gain[rng.integers(0, len(gain), (_DRAWS, top))]
    else:
        every = np.broadcast_to(gain, (_DRAWS, len(gain)))
        first = rng.permuted(every, axis=1)[:, :top]
    return np.asarray(first @ discount / best if best > 0 else np.zeros(_DRAWS))
