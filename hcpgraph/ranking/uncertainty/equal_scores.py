"""What people with equal scores share: interval, probability of the top 10, tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.ranking.uncertainty.unknown import ends

if TYPE_CHECKING:
    from numpy.typing import NDArray


def shared_interval(
    drawn: NDArray[np.int32], rank: NDArray[np.int64], edge: float
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The best and the worst rank within the interval of each score.

    The ranks drawn for all people with a score are one sample: which of them stands
    first on the list is nobody's merit. The interval is widened to the rank itself.

    Args:
        drawn: ranks in the order of the list, draw by draw, shape (draws, p).
        rank: those of the list, ascending, equal scores sharing one, shape (p,).
        edge: share of the draws left out at each end, in [0, 0.5).

    Returns:
        Two arrays of shape (p,).
    """
    low, high = np.empty_like(drawn[0]), np.empty_like(drawn[0])
    # most people have a score of their own, and their draws are sorted at once
    ordered = np.sort(drawn, axis=0)
    first, last = ends(len(drawn), edge)
    low[:], high[:] = ordered[first], ordered[last]
    for start, stop in _shared(rank):
        sample = np.sort(drawn[:, start:stop], axis=None)
        first, last = ends(len(sample), edge)
        low[start:stop], high[start:stop] = sample[first], sample[last]
    own = rank.astype(np.int32)
    return np.minimum(low, own), np.maximum(high, own)


def shared_mean(
    value: NDArray[np.float64], rank: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The mean of some values over people with equal scores, shape (p,).

    >>> shared_mean(np.array([1.0, 0.5, 0.0]), np.array([1, 2, 2])).tolist()
    [1.0, 0.25, 0.25]
    """
    mean = value.copy()
    for start, stop in _shared(rank):
        mean[start:stop] = value[start:stop].mean()
    return mean


def share_ahead(
    leading: NDArray[np.float64], others: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The share of draws in which one of *leading* is ahead of each other, shape (q,).

    Args:
        leading: standings of people with one score, draw by draw, shape (draws, g).
        others: those of others, shape (draws, q).
    """
    if leading.shape[1] == 1:
        return np.asarray((leading > others).mean(axis=0))
    ahead = np.zeros(others.shape[1])
    for leaders, standing in zip(np.sort(leading, axis=1), others, strict=True):
        ahead += len(leaders) - np.searchsorted(leaders, standing, side="right")
    return ahead / leading.size


def _shared(rank: NDArray[np.int64]) -> list[tuple[int, int]]:
    """First row and row after the last of each rank that several people have."""
    first = np.flatnonzero(np.diff(rank, prepend=rank[:1] - 1))
    last = np.append(first[1:], len(rank))
    several = last - first > 1
    pairs = zip(first[several].tolist(), last[several].tolist(), strict=True)
    return list(pairs)
