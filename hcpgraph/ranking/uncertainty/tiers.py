"""Tiers: groups of people without significant difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLD_APART: Final = 0.95  # of the draws in which the leader of a tier is ahead


def tiers(possible: NDArray[np.float64]) -> NDArray[np.int32]:
    """The tier of each person of a list, from 1 at the top.

    A tier is led by its first person. The next one begins at the first person that
    the leader beats in at least 95 % of the draws, so that within a tier nobody is
    surely behind its leader.

    Args:
        possible: the standing of each listed person, in order, in each draw,
            shape (draws, p).

    Returns:
        Shape (p,), ascending without gaps.

    >>> tiers(np.array([[9.0, 8.0, 1.0], [7.0, 8.0, 2.0]])).tolist()
    [1, 1, 2]
    """
    count = possible.shape[1]
    tier = np.zeros(count, np.int32)
    start, number = 0, 0
    while start < count:
        number += 1
        tier[start:] = number
        ahead = (possible[:, [start]] > possible[:, start + 1 :]).mean(axis=0)
        behind = np.flatnonzero(ahead >= TOLD_APART)
        start = start + 1 + int(behind[0]) if len(behind) else count
    return tier
