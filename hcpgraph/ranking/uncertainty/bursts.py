"""Burst detection: originals estimated from times of responses.

What one original causes comes close together. So responses to one person are taken
for one event while the gaps between them are shorter than the longest gap that tells
events apart best: where the gaps of the period fall below it most often beyond those of
the same record with its targets permuted. Permuting keeps how busy each time and
each person is, so neither a congress nor a star looks like an event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GAPS: Final = 32  # lengths tried, from a minute
_SHORTEST: Final = 60.0
_LONGEST: Final = 1 / 64  # of the period: what takes longer is no event
_BLOCKS: Final = 8  # each longer than most events, a day or more at a meeting
_PERMUTATIONS: Final = 2
_SURE: Final = 5.0  # standard errors that short gaps must exceed randomness by
_AT_RANDOM: Final = 1 / 3  # of the gaps of one person that may be as short at random


def bursts(
    target: NDArray[np.integer], at: NDArray[np.int64]
) -> tuple[NDArray[np.intp], float]:
    """Group responses to one person that come close together.

    Args:
        target: who is responded to, shape (r,).
        at: when, Unix seconds, shape (r,).

    Returns:
        The row of the first response of the event each belongs to, shape (r,); and
        the longest gap within an event in seconds, 0 if gaps are as at random.
    """
    rows = np.arange(len(target))
    if len(target) < 2:
        return rows, 0.0
    order = np.lexsort((at, target))
    who, when = target[order], at[order].astype(np.float64)
    same, gap = who[1:] == who[:-1], np.diff(when)
    longest = _longest_gap(target, at, gap[same])
    if not longest:
        return rows, 0.0
    # interactions of anybody in between: how close two responses are for who is so busy
    clock = np.searchsorted(np.sort(when), when)
    _, place, count = np.unique(who, return_inverse=True, return_counts=True)
    share = count[place] / len(who)
    usual = np.log1p(-_AT_RANDOM) / np.log1p(-np.minimum(share, 0.5))
    joined = same & (gap <= longest) & (np.diff(clock) <= usual[1:])
    start = np.flatnonzero(np.append(True, ~joined))
    length = np.diff(np.append(start, len(who)))
    first = np.empty(len(who), np.intp)
    first[order] = np.repeat(order[start], length)
    return first, longest


def block_dispersion(target: NDArray[np.integer], at: NDArray[np.int64]) -> float:
    """Over-dispersion of the responses to one person over blocks of time.

    The blocks hold equally many responses of the period. With n those to a person in a
    block, c to the person in all and B blocks, the sum of n^2 - c^2 / B over persons
    and blocks, over (1 - 1 / B) of all responses, is 1 on average where responses come
    on their own, and E[n^2] / E[n] where events of n responses lie within a block.
    """
    if len(target) < _BLOCKS:
        return 1.0
    order = np.lexsort((target, at))
    who = target[order].astype(np.int64)
    block = np.arange(len(who)) * _BLOCKS // len(who)
    _, within = np.unique(who * _BLOCKS + block, return_counts=True)
    _, count = np.unique(who, return_counts=True)
    together = float((within**2).sum()) - float((count**2).sum()) / _BLOCKS
    return max(together / (len(who) * (1.0 - 1.0 / _BLOCKS)), 1.0)


def _longest_gap(
    target: NDArray[np.integer], at: NDArray[np.int64], gap: NDArray[np.float64]
) -> float:
    """Where the gaps of the period exceed those of permuted targets most."""
    span = float(at.max() - at.min())
    if span * _LONGEST <= _SHORTEST or not len(gap):
        return 0.0
    tried = np.geomspace(_SHORTEST, span * _LONGEST, _GAPS)
    seen = np.searchsorted(np.sort(gap), tried, side="right")
    # in the order of time and target, so that the order of the ties leaves no trace
    order = np.lexsort((target, at))
    who, when = target[order], at[order]
    rng, chance = np.random.default_rng(0), np.zeros(_GAPS)
    for _ in range(_PERMUTATIONS):
        drawn = rng.permutation(who)
        # stable, so that times ascend within each target
        turn = np.argsort(drawn, kind="stable")
        same = drawn[turn][1:] == drawn[turn][:-1]
        short = np.sort(np.diff(when[turn])[same])
        chance += np.searchsorted(short, tried, side="right") / _PERMUTATIONS
    excess = seen - chance
    best = int(np.argmax(excess))
    sure = excess[best] > _SURE * np.sqrt(chance[best] + 1.0)
    return float(tried[best]) if sure else 0.0
