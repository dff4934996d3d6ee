"""Ranking metrics: NDCG and precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def ndcg(order: NDArray[np.intp], later: NDArray[np.float64], top: int) -> float:
    """NDCG, normalised discounted cumulative gain, of the first *top* people [1].

        sum_{i <= top} g(order_i) / log2(1 + i)   over the same for the best order,

    with gain g = log2(1 + later), so that a doubling of attention is worth the same
    for everyone: 1 for the ideal order.

    Args:
        order: positions of the people, best first, shape (n,).
        later: distinct accounts that respond to each later, from 0, shape (n,).
        top: how many people are looked at, from 1.

    Returns:
        In [0, 1]; 0 if nobody is responded to.

    References:
        [1] Jarvelin and Kekalainen (2002), "Cumulated gain-based evaluation of IR
            techniques", ACM TOIS 20, 422-446. doi:10.1145/582415.582418

    >>> ndcg(np.array([0, 1, 2]), np.array([7.0, 3.0, 1.0]), 2)
    1.0
    >>> round(ndcg(np.array([2, 1, 0]), np.array([7.0, 3.0, 1.0]), 2), 3)
    0.531
    """
    gain = np.log2(1.0 + later)
    once = np.ones((min(len(order), top), 1), np.int64)
    best = dcg(np.sort(gain)[::-1][:top], once, top)[0]
    return float(dcg(gain[order[:top]], once, top)[0] / best) if best > 0 else 0.0


def precision(order: NDArray[np.intp], later: NDArray[np.float64], top: int) -> float:
    """Precision: the share of the first *top* among the *top* of later responders.

    People equal at the last place share it. People without later responders are no
    hits.

    >>> precision(np.array([0, 1, 2, 3]), np.array([5.0, 2.0, 2.0, 9.0]), 2)
    0.5
    >>> precision(np.array([1, 0, 2, 3]), np.array([5.0, 2.0, 2.0, 2.0]), 2)
    0.6666666666666666
    """
    top = min(top, len(order))
    last = np.sort(later)[::-1][top - 1]
    above = int((later > last).sum())
    share = (top - above) / int((later == last).sum()) if last > 0 else 0.0
    first = later[order[:top]]
    return float(((first > last).sum() + share * (first == last).sum()) / top)


def dcg(
    gain: NDArray[np.float64], copies: NDArray[np.integer], top: int
) -> NDArray[np.float64]:
    """The discounted gain of a list in which people stand several times or never.

    A sample of people drawn with replacement is the same list with so many copies of
    each, so that no list need be sorted again.

    Args:
        gain: of the people of the list, best first, shape (h,).
        copies: how often each stands in each sample, shape (h, samples).
        top: places that count.

    Returns:
        Shape (samples,). People of the list who come after place *top* add nothing.
    """
    discount = np.append(0.0, np.cumsum(1.0 / np.log2(np.arange(2, top + 2))))
    reached = discount[np.minimum(copies.cumsum(axis=0, dtype=np.int32), top)]
    # summed by parts: what a person adds is the step of gain after the places reached
    return np.asarray((gain - np.append(gain[1:], 0.0)) @ reached)


def hits(
    later: NDArray[np.float64],
    copies: NDArray[np.integer],
    top: int,
    *,
    last: NDArray[np.float64],
    share: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Precision of such a list in each sample.

    Args:
        later: later responders of the people of the list, best first, shape (h,).
        copies: how often each stands in each sample, shape (h, samples).
        top: places that count.
        last: later responders of the last of the *top* in each sample.
        share: what each person equal to the last one counts, from 0 to 1.
    """
    reached = np.minimum(copies.cumsum(axis=0, dtype=np.int32), top)
    taken = np.diff(reached, axis=0, prepend=0)
    above = np.where(later[:, None] > last, taken, 0).sum(axis=0)
    equal = np.where(later[:, None] == last, taken, 0).sum(axis=0)
    return np.asarray((above + share * equal) / top, np.float64)
