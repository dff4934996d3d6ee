"""Personalised PageRank near one person, by forward push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled, parallel_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESTART: Final = 0.15
CLOSE: Final = 1e-5  # what may be left undone at a person, per tie
_AT_ONCE: Final = 8  # starts of one part


def forward_push(
    indptr: NDArray[np.int64],
    other: NDArray[np.int32],
    starts: NDArray[np.intp],
    at: NDArray[np.intp],
    *,
    restart: float = RESTART,
    close: float = CLOSE,
) -> NDArray[np.float64]:
    """Personalised PageRank of some people from each start, by forward push.

    At each step the random walk restarts with probability *restart*, else goes to any
    neighbour alike. Probability is pushed on from people where at least *close* per
    tie waits, so that the cost does not grow with the network [1].

    Args:
        indptr: row bounds of an undirected graph, shape (n + 1,), int64.
        other: positions of neighbours, shape (m,), int32.
        starts: positions, shape (k,).
        at: positions, shape (c,).
        restart: probability to go home, in (0, 1).
        close: positive; each share is too low by at most this times its neighbours.

    Returns:
        Shape (k, c), in [0, 1]; the same whatever the number of threads.

    >>> pair = np.array([0, 1, 2]), np.array([1, 0], np.int32)
    >>> seeds = np.array([0]), np.array([0, 1])
    >>> forward_push(*pair, *seeds, restart=0.5).round(3).tolist()
    [[0.667, 0.333]]

    References:
        [1] Andersen, Chung and Lang (2006), "Local graph partitioning using PageRank
            vectors", FOCS. doi:10.1109/FOCS.2006.44
    """

    def part(first: int) -> NDArray[np.float64]:
        some = starts[first : first + _AT_ONCE].astype(np.int64)
        found = np.zeros((len(some), len(at)))
        _push(indptr, other, some, at.astype(np.int64), restart, close, found)
        return found

    parts = parallel_map(part, range(0, len(starts), _AT_ONCE))
    return np.concatenate([np.zeros((0, len(at))), *parts])


@compiled
def _push(
    indptr: NDArray[np.int64],
    other: NDArray[np.int32],
    starts: NDArray[np.int64],
    at: NDArray[np.int64],
    restart: float,
    close: float,
    found: NDArray[np.float64],
) -> None:
    n = len(indptr) - 1
    share, left = np.zeros(n), np.zeros(n)
    queue, waits = np.empty(n + 1, np.int64), np.zeros(n, np.bool_)
    for i in range(len(starts)):
        share[:] = 0.0
        left[:] = 0.0
        left[starts[i]] = 1.0
        queue[0], head, tail = starts[i], 0, 1
        waits[starts[i]] = True
        while head != tail:
            here = queue[head]
            head = (head + 1) % (n + 1)
            waits[here] = False
            first, last = indptr[here], indptr[here + 1]
            amount = left[here]
            left[here] = 0.0
            if first == last:  # no out-edge: the walk stays
                share[here] += amount
                continue
            share[here] += restart * amount
            onward = (1.0 - restart) * amount / (last - first)
            for k in range(first, last):
                there = other[k]
                left[there] += onward
                ties = indptr[there + 1] - indptr[there]
                if not waits[there] and left[there] >= close * ties:
                    waits[there] = True
                    queue[tail] = there
                    tail = (tail + 1) % (n + 1)
        for k in range(len(at)):
            found[i, k] = share[at[k]]
