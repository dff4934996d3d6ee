"""RR-set sampling: random searches against influence, from one account.

The loops beneath reverse-reachable sets. Set number s depends on its stream and s
alone, so sets can be drawn in any order and on any number of cores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.ranking.uncertainty.counter_rng import following, mixed, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    # row bounds, influencers, probabilities (empty if None), and the pace of each row
    Rows: TypeAlias = tuple[
        NDArray[np.int64],
        NDArray[np.uint32],
        NDArray[np.float32],
        NDArray[np.float32],
    ]
    # place of each account among the candidates, or one of the marks below
    Marks: TypeAlias = NDArray[np.int32]
    # key of the random numbers, whose turn it is to be walked from, set after set and
    # over again, and whether thresholds are linear
    Draw: TypeAlias = tuple[np.uint64, NDArray[np.uint32], bool]

NOBODY: Final = -1  # no candidate, so not stored
KNOWN: Final = -2  # active already: its reach is reached

# Skipping along a row takes a logarithm, and one more for each tie that it finds. It
# is worth it where that is less than asking so many ties each.
_TIES_A_LOGARITHM: Final = 6.0

_ONE = np.uint64(1)
_WORD: Final = 64
_NO_LIMIT: Final = np.iinfo(np.int64).max


@compiled
def row_paces(
    indptr: NDArray[np.int64], probability: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """How to walk along each row, shape (n, 2), together as they are read together.

    First log(1 - p) for the largest probability p of the row, or 0 where ties are
    asked one by one; then p, negative where not all of the row share it.
    """
    pace = np.zeros((len(indptr) - 1, 2), np.float32)
    for row in range(len(pace)):
        start, stop = indptr[row], indptr[row + 1]
        top, flat = 0.0, True
        if probability is None:
            top = 1.0 / (stop - start) if stop > start else 0.0
        else:
            for k in range(start, stop):
                top = max(top, np.float64(probability[k]))
                flat &= probability[k] == probability[start]
        length = stop - start
        if length > _TIES_A_LOGARITHM * (1.0 + length * top):
            pace[row, 0] = np.log1p(-top)
        pace[row, 1] = top if flat else -top
    return pace


def draw_members(
    rows: Rows, marks: Marks, draw: Draw, part: tuple[int, int], room: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], int, int]:
    """The candidates in each of some sets, one after the other.

    Stops early once there are more than *room*.

    Returns:
        Places of candidates; the end of each set that holds any; how many sets
        reach a known account, of which nothing is kept; how many accounts were
        walked to.
    """
    members, ends, _, covered, walked = _walks(rows, marks, draw, part, room)
    return members, ends, covered, walked


def draw_bits(
    rows: Rows,
    marks: Marks,
    draw: Draw,
    words: tuple[int, int],
    bits: NDArray[np.uint64],
) -> tuple[int, int]:
    """Sets as bits, 64 to a row: set where a set has a candidate.

    Returns:
        How many sets reach a known account, of which nothing is kept; how many
        accounts were walked to.
    """
    covered = walked = 0
    for word in range(*words):
        part = (word * _WORD, (word + 1) * _WORD)
        members, ends, numbers, *counts = _walks(rows, marks, draw, part, _NO_LIMIT)
        _set_bits(members, ends, numbers, bits[word])
        covered, walked = covered + counts[0], walked + counts[1]
    return covered, walked


@compiled
def _walks(  # noqa: C901 - calls with many arrays cost more than the walk
    rows: Rows, marks: Marks, draw: Draw, part: tuple[int, int], room: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], int, int]:
    """Walk from some accounts, each in its turn.

    Independent cascade: each tie of each account walked to is live at random. Linear
    threshold: at most one of them is.

    Returns:
        Places of candidates; the end of each set that holds any, and its number; how
        many sets reach a known account; how many accounts were walked to.
    """
    indptr, influencer, probability, pace = rows
    key, turns, linear = draw
    found = np.zeros(len(marks), np.bool_)
    walk = np.empty(1024 + len(marks), np.int32)
    ends = np.empty(part[1] - part[0], np.int64)
    numbers = np.empty_like(ends)
    sets = start = covered = walked = 0
    for number in range(part[0], part[1]):
        if start + len(marks) > len(walk):
            walk = _longer(walk, 2 * (start + len(marks)))
        state = mixed(key ^ np.uint64(number))
        root = turns[number % len(marks)]
        walk[start], found[root] = root, True
        at, size, known = start, start + 1, marks[root] == KNOWN
        while at < size and not known:
            node = walk[at]
            at += 1
            k, stop = indptr[node], indptr[node + 1]
            way = pace[node, 0], pace[node, 1]
            while k < stop and not known:
                if linear:
                    k, state = _chosen((k, stop), way[1], probability, state)
                else:
                    k, state = _next_live((k, stop), way, probability, state)
                if k < stop and not found[influencer[k]]:
                    other = influencer[k]
                    walk[size], found[other] = other, True
                    size += 1
                    known = marks[other] == KNOWN
                k = stop if linear else k + 1
        covered, walked = covered + known, walked + size - start
        kept = start
        for at in range(start, size):
            found[walk[at]] = False
            if not known and marks[walk[at]] >= 0:
                walk[kept] = marks[walk[at]]
                kept += 1
        if kept > start:
            ends[sets], numbers[sets], start = kept, number, kept
            sets += 1
        if start > room:
            break
    return walk[:start].copy(), ends[:sets].copy(), numbers[:sets], covered, walked


@compiled
def _set_bits(
    members: NDArray[np.int32],
    ends: NDArray[np.int64],
    numbers: NDArray[np.int64],
    row: NDArray[np.uint64],
) -> None:
    start = 0
    for at in range(len(ends)):
        bit = _ONE << np.uint64(numbers[at] % _WORD)
        for k in range(start, ends[at]):
            row[members[k]] |= bit
        start = ends[at]


@compiled
def _next_live(
    row: tuple[int, int],
    way: tuple[float, float],
    probability: NDArray[np.float32],
    state: np.uint64,
) -> tuple[int, np.uint64]:
    """The next live tie of a row or of what is left of it, or its end; the new state.

    Ties that would fail even at the row's largest probability are skipped in one
    step, as their number is geometric; the rest are thinned to their own [1].

    References:
        [1] Guo, Wang, Wei and Chen (2020), "Influence maximization revisited:
            efficient reverse reachable set generation with bound tightened",
            SIGMOD. doi:10.1145/3318464.3389740
    """
    (k, stop), (rate, top) = row, way
    if top == 0.0:
        return stop, state
    while k < stop:
        state = following(state)
        if rate < 0.0:
            skipped = np.log(1.0 - unit(state)) / rate
            if skipped >= stop - k:
                return stop, state
            k += int(skipped)
            if top > 0.0:
                return k, state
            state = following(state)
            if unit(state) * -top < probability[k]:
                return k, state
        elif unit(state) < (top if top > 0.0 else probability[k]):
            return k, state
        k += 1
    return stop, state


@compiled
def _chosen(
    row: tuple[int, int], top: float, probability: NDArray[np.float32], state: np.uint64
) -> tuple[int, np.uint64]:
    """The tie of a row on which a number from 0 to 1 falls, or its end; the state."""
    start, stop = row
    state = following(state)
    left = unit(state)
    if top > 0.0:
        return min(start + int(left / top), stop), state
    for k in range(start, stop if top < 0.0 else start):
        left -= np.float64(probability[k])
        if left < 0.0:
            return k, state
    return stop, state


@compiled
def _longer(members: NDArray[np.int32], length: int) -> NDArray[np.int32]:
    longer = np.empty(length, np.int32)
    longer[: len(members)] = members
    return longer
