"""RR-set sampling: random searches against influence, from one account.

The loops beneath reverse-reachable sets. Set number s depends on its stream and s
alone, so sets can be drawn in any order and on any number of cores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.ranking.uncertainty.counter_rng import mixed, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    State: TypeAlias = NDArray[np.uint64]  # of the random numbers, shape (1,)
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
    # who is in the set being drawn, and in what order they came
    Seen: TypeAlias = tuple[NDArray[np.bool_], NDArray[np.int32]]

NOBODY: Final = -1  # no candidate, so not stored
KNOWN: Final = -2  # active already: its reach is reached

# Skipping along a row takes a logarithm, and one more for each tie that it finds. It
# is worth it where that is less than asking so many ties each.
_TIES_A_LOGARITHM: Final = 6.0

_ONE = np.uint64(1)
_WORD: Final = 64


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


@compiled
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
    first, last = part
    seen = _nobody_seen(len(marks))
    members = np.empty(1024, np.int32)
    ends = np.empty(last - first, np.int64)
    state = np.empty(1, np.uint64)
    count = kept = covered = walked = 0
    for number in range(first, last):
        state[0] = mixed(draw[0] ^ np.uint64(number))
        root = draw[1][number % len(marks)]
        size = _reach(rows, marks, draw[2], root, (seen, state))
        walked += abs(size)
        if size < 0:
            covered += 1
            _forget(seen, -size)
            continue
        if count + size > len(members):
            members = _longer(members, 2 * (count + size))
        before = count
        for at in range(size):
            place = marks[seen[1][at]]
            if place >= 0:
                members[count] = place
                count += 1
        _forget(seen, size)
        if count > before:
            ends[kept] = count
            kept += 1
        if count > room:
            break
    return members[:count].copy(), ends[:kept].copy(), covered, walked


@compiled
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
    seen = _nobody_seen(len(marks))
    state = np.empty(1, np.uint64)
    covered = walked = 0
    for number in range(words[0] * _WORD, words[1] * _WORD):
        state[0] = mixed(draw[0] ^ np.uint64(number))
        root = draw[1][number % len(marks)]
        size = _reach(rows, marks, draw[2], root, (seen, state))
        walked += abs(size)
        covered += size < 0
        row, bit = bits[number // _WORD], _ONE << np.uint64(number % _WORD)
        for at in range(size):
            place = marks[seen[1][at]]
            if place >= 0:
                row[place] |= bit
        _forget(seen, abs(size))
    return covered, walked


@compiled
def _reach(
    rows: Rows, marks: Marks, linear: bool, root: int, scratch: tuple[Seen, State]
) -> int:
    """Walk from an account; how many accounts, negative if one is known."""
    seen, state = scratch
    seen[0][root] = True
    seen[1][0] = root
    if marks[root] == KNOWN:
        return -1
    if linear:
        return _follow_one(rows, marks, seen, state)
    return _follow_all(rows, marks, seen, state)


@compiled
def _follow_all(rows: Rows, marks: Marks, seen: Seen, state: State) -> int:
    """Independent cascade: each tie of each account walked to is live at random."""
    indptr, influencer, probability, pace = rows
    found, queue = seen
    size, at = 1, 0
    while at < size:
        node = queue[at]
        at += 1
        stop, rate, top = indptr[node + 1], pace[node, 0], pace[node, 1]
        k = _next_live((indptr[node], stop), probability, rate, top, state)
        while k < stop:
            other = influencer[k]
            if not found[other]:
                found[other] = True
                queue[size] = other
                size += 1
                if marks[other] == KNOWN:
                    return -size
            k = _next_live((k + 1, stop), probability, rate, top, state)
    return size


@compiled
def _next_live(
    row: tuple[int, int],
    probability: NDArray[np.float32],
    rate: float,
    top: float,
    state: State,
) -> int:
    """The next live tie of a row or of what is left of it, or its end.

    Ties that would fail even at the row's largest probability are skipped in one
    step, as their number is geometric; the rest are thinned to their own [1].

    References:
        [1] Guo, Wang, Wei and Chen (2020), "Influence maximization revisited:
            efficient reverse reachable set generation with bound tightened",
            SIGMOD. doi:10.1145/3318464.3389740
    """
    k, stop = row
    if top == 0.0:
        return stop
    while k < stop:
        if rate < 0.0:
            skipped = np.log(1.0 - uniform(state)) / rate
            if skipped >= stop - k:
                return stop
            k += int(skipped)
            if top > 0.0 or uniform(state) * -top < probability[k]:
                return k
        elif uniform(state) < (top if top > 0.0 else probability[k]):
            return k
        k += 1
    return stop


@compiled
def _follow_one(rows: Rows, marks: Marks, seen: Seen, state: State) -> int:
    """Linear threshold: at most one live edge per account."""
    found, queue = seen
    size = 1
    while True:
        k = _choose(rows, queue[size - 1], uniform(state))
        if k < 0:
            return size
        other = rows[1][k]
        if found[other]:
            return size
        found[other] = True
        queue[size] = other
        size += 1
        if marks[other] == KNOWN:
            return -size


@compiled
def _choose(rows: Rows, node: int, left: float) -> int:
    """The tie of a row on which *left*, from 0 to 1, falls, or -1 for none."""
    indptr, _, probability, pace = rows
    start, stop, top = indptr[node], indptr[node + 1], pace[node, 1]
    if top > 0.0:
        k = start + int(left / top)
        return k if k < stop else -1
    for k in range(start, stop if top < 0.0 else start):
        left -= np.float64(probability[k])
        if left < 0.0:
            return k
    return -1


@compiled
def _nobody_seen(n_nodes: int) -> Seen:
    return np.zeros(n_nodes, np.bool_), np.empty(n_nodes, np.int32)


@compiled
def _forget(seen: Seen, size: int) -> None:
    """Leave it as if nobody had been seen."""
    for at in range(size):
        seen[0][seen[1][at]] = False


@compiled
def _longer(members: NDArray[np.int32], length: int) -> NDArray[np.int32]:
    longer = np.empty(length, np.int32)
    longer[: len(members)] = members
    return longer
