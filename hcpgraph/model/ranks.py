"""Ranks from scores: the one place where they are made, for every list alike.

Ranks are competition ranks (1, 2, 2, 4): one more than the number of people with a
higher score, so that equal scores share one rank. Sums of the same terms in another
order differ in their last digits, and so do the scores of two people with the very same
ties. Scores next to each other in order are equal where they differ by at most

    1e-11 x the larger of the two + 4 x 2^-52 x the largest of the list

about a hundred times the differences found between copies of one network, and far less
than what any count, weight or date makes. Equal scores are written equal: with the
highest value of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

RELATIVE: Final = 1e-11
_ROUNDING: Final = 4.0 * float(np.finfo(np.float64).eps)


def levelled(score: ArrayLike) -> NDArray[np.float64]:
    """The scores, rounding errors between equal ones taken away, shape (n,).

    >>> levelled([0.1 + 0.2, 0.3, 0.5]).tolist()
    [0.30000000000000004, 0.30000000000000004, 0.5]
    """
    value = np.asarray(score, np.float64)
    if len(value) < 2:
        return value
    order = np.argsort(-value, kind="stable")
    ranked = value[order]
    first = np.append(True, ~_near(ranked, ranked))
    level = np.empty_like(value)
    level[order] = ranked[first][np.cumsum(first) - 1]
    return level


def ranks_of(score: ArrayLike) -> NDArray[np.int64]:
    """The competition rank of each score, the highest first, shape (n,), from 1.

    >>> ranks_of([5.0, 9.0, 5.0, 1.0]).tolist()
    [2, 1, 2, 4]
    """
    value = levelled(score)
    return 1 + len(value) - np.searchsorted(np.sort(value), value, side="right")


def best_first(score: ArrayLike, *then: ArrayLike) -> NDArray[np.intp]:
    """Positions from the highest score to the lowest, shape (n,).

    Args:
        score: shape (n,).
        then: what equal scores are ordered by, in turn, ascending, each shape (n,);
            at last the position, which for accounts is the order of first import.

    >>> best_first([1.0, 3.0, 3.0], [0, 9, 4]).tolist()
    [2, 1, 0]
    """
    return np.lexsort((*(np.asarray(key) for key in then[::-1]), -levelled(score)))


def ranks_among(score: ArrayLike, others: ArrayLike) -> NDArray[np.int64]:
    """The rank that each score would have beside those of *others*, shape (k,).

    >>> ranks_among([2.0, 9.0], [5.0, 2.0, 1.0]).tolist()
    [2, 1]
    """
    value, known = np.asarray(score, np.float64), np.asarray(others, np.float64)
    above = value + _tolerance(np.abs(value), np.concatenate([value, known]))
    return 1 + len(known) - np.searchsorted(np.sort(known), above, side="right")


def equals_after(score: ArrayLike, count: int) -> int:
    """How many scores behind the first *count* equal the last of these.

    Args:
        score: from the highest, shape (n,).
        count: where a list is cut, from 0.

    >>> equals_after([3.0, 2.0, 2.0, 2.0, 1.0], 2)
    2
    """
    value = np.asarray(score, np.float64)
    if not 0 < count < len(value):
        return 0
    ranked = value[count - 1 :]
    near = _near(ranked, value)
    return len(near) if near.all() else int(near.argmin())


def order_of_choice(count: int) -> list[int]:
    """Numbers of people chosen one after the other, from 1.

    In a greedy choice each person is chosen in view of those before, so that this is
    an order and no two share a number, whatever each adds.
    """
    return list(range(1, count + 1))


def _near(ranked: NDArray[np.float64], every: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each score but the first equals the one before it, shape (n - 1,)."""
    size = np.maximum(np.abs(ranked[:-1]), np.abs(ranked[1:]))
    return ranked[:-1] - ranked[1:] <= _tolerance(size, every)


def _tolerance(
    size: NDArray[np.float64], every: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What scores of that size may differ by and be equal, in a list of scores."""
    largest = float(np.abs(every).max(initial=0.0))
    return np.asarray(RELATIVE * size + _ROUNDING * largest)
