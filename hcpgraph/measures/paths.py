"""Random shortest paths between random pairs: the loops beneath betweenness.

Each pair is searched from both ends at once, the smaller side first, until the
two sides meet; on social networks this touches a small part of the ties.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, parallel_map
from hcpgraph.measures.flow import ties_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph

    State: TypeAlias = NDArray[np.uint64]  # of the random numbers, shape (1,)
    # one side of a search: row bounds and columns to walk along, then for each
    # node the distance (-1 unseen) and number of shortest paths, and the queue
    Side: TypeAlias = tuple[
        NDArray[np.int64],
        NDArray[np.uint32],
        NDArray[np.int32],
        NDArray[np.float64],
        NDArray[np.int32],
    ]

_PATHS_PER_PART: Final = 256  # fewer are done before a thread has started
_MOST_PARTS: Final = 32

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)


def count_sampled(
    graph: Graph, seed: int, first: int, last: int, *, directed: bool = True
) -> NDArray[np.int64]:
    """How many of the sampled paths *first* to *last* pass through each node.

    Path k depends on *seed* and k alone, so a sample can be extended, and drawn on
    several cores. Each runs between two different random nodes, all shortest ones
    equally likely; its ends do not count. Pairs without a path are part of the
    sample. Where *directed* is false, *graph* must have every tie both ways.
    """
    back = graph.transpose() if directed else graph
    rows = (*ties_of(graph), *ties_of(back))
    n_parts = min(_MOST_PARTS, max(1, (last - first) // _PATHS_PER_PART))
    cuts = np.linspace(first, last, n_parts + 1).astype(np.int64).tolist()
    found = parallel_map(
        lambda part: _count(rows, np.uint64(seed % 2**64), *part), pairwise(cuts)
    )
    counts = np.zeros(graph.n_nodes, np.int64)
    for part in found:
        counts += part
    return counts


@compiled
def _count(
    rows: tuple[
        NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32]
    ],
    seed: np.uint64,
    first: int,
    last: int,
) -> NDArray[np.int64]:
    n_nodes = len(rows[0]) - 1
    ahead = _new_side(rows[0], rows[1])
    back = _new_side(rows[2], rows[3])
    counts = np.zeros(n_nodes, np.int64)
    state = np.empty(1, np.uint64)
    for sample in range(first, last):
        state[0] = _mix(_mix(seed) + np.uint64(sample))
        start = int(_uniform(state) * n_nodes)
        end = int(_uniform(state) * (n_nodes - 1))
        end += end >= start
        meeting = _search(ahead, back, start, end, state)
        if meeting >= 0:
            counts[meeting] += meeting not in (start, end)
            _trace(ahead, back, meeting, counts, state)
            _trace(back, ahead, meeting, counts, state)
        _forget(ahead)
        _forget(back)
    return counts


@compiled
def _new_side(indptr: NDArray[np.int64], indices: NDArray[np.uint32]) -> Side:
    n_nodes = len(indptr) - 1
    distance = np.full(n_nodes, -1, np.int32)
    # one more, so that the queue's end can be marked
    queue = np.full(n_nodes + 1, -1, np.int32)
    return indptr, indices, distance, np.zeros(n_nodes), queue


@compiled
def _search(ahead: Side, back: Side, start: int, end: int, state: State) -> int:
    """A node on a random shortest path where both sides meet, or -1."""
    for side, node in ((ahead, start), (back, end)):
        side[2][node], side[3][node], side[4][0] = 0, 1.0, node
    head_a, size_a, level_a = 0, 1, 0
    head_b, size_b, level_b = 0, 1, 0
    while head_a < size_a and head_b < size_b:
        if _work(ahead, head_a, size_a) <= _work(back, head_b, size_b):
            level_a += 1
            head_a, size_a = size_a, _expand(ahead, head_a, size_a, level_a)
            meeting = _choose(ahead, back, head_a, size_a, state)
        else:
            level_b += 1
            head_b, size_b = size_b, _expand(back, head_b, size_b, level_b)
            meeting = _choose(back, ahead, head_b, size_b, state)
        if meeting >= 0:
            return meeting
    return -1


@compiled
def _work(side: Side, head: int, size: int) -> int:
    """Ties to follow for the next level."""
    total = 0
    for at in range(head, size):
        node = side[4][at]
        total += side[0][node + 1] - side[0][node]
    return total


@compiled
def _expand(side: Side, head: int, size: int, level: int) -> int:
    """Walk one level on; returns the new size of the queue."""
    indptr, indices, distance, paths, queue = side
    found = size
    for at in range(head, size):
        node = queue[at]
        for k in range(indptr[node], indptr[node + 1]):
            other = indices[k]
            if distance[other] < 0:
                distance[other] = level
                paths[other] = 0.0
                queue[found] = other
                found += 1
            if distance[other] == level:
                paths[other] += paths[node]
    queue[found] = -1
    return found


@compiled
def _choose(side: Side, other: Side, head: int, size: int, state: State) -> int:
    """One of the queued nodes the other side has seen, by paths through it.

    The sides meet at their outermost levels only: any nearer meeting would have
    been seen a level earlier. So each shortest path has one node in question.
    """
    total = 0.0
    for at in range(head, size):
        node = side[4][at]
        if other[2][node] >= 0:
            total += side[3][node] * other[3][node]
    if total == 0.0:
        return -1
    left = _uniform(state) * total
    chosen = -1
    for at in range(head, size):
        node = side[4][at]
        if other[2][node] >= 0:
            chosen = node
            left -= side[3][node] * other[3][node]
            if left < 0:
                break
    return chosen


@compiled
def _trace(
    side: Side, other: Side, node: int, counts: NDArray[np.int64], state: State
) -> None:
    """Count the nodes between *node* and where the side started from.

    The other side's rows lead back along this side's ties.
    """
    distance, paths = side[2], side[3]
    while distance[node] > 1:
        left = _uniform(state) * paths[node]
        before = -1
        for k in range(other[0][node], other[0][node + 1]):
            candidate = other[1][k]
            if distance[candidate] == distance[node] - 1:
                before = candidate
                left -= paths[candidate]
                if left < 0:
                    break
        node = before
        counts[node] += 1


@compiled
def _forget(side: Side) -> None:
    """Leave the side as if nothing had been searched."""
    at = 0
    while side[4][at] >= 0:
        side[2][side[4][at]] = -1
        at += 1


@compiled
def _uniform(state: State) -> float:
    """The next random number in [0, 1): SplitMix64."""
    state[0] += _GOLDEN
    return float(_mix(state[0]) >> np.uint64(11)) / 9007199254740992.0


@compiled
def _mix(z: np.uint64) -> np.uint64:
    z = (z ^ (z >> np.uint64(30))) * _MIX_A
    z = (z ^ (z >> np.uint64(27))) * _MIX_B
    return z ^ (z >> np.uint64(31))
