"""Distances after removal of nodes: the loops of key players."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, ones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]

WAVE: Final = 64  # walks at once, one bit each

_ONE = np.uint64(1)


@compiled
def pairs_by_distance(
    rows: Rows, sources: NDArray[np.int64], gone: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """How many accounts are 1, 2, ... steps from the sources, those gone left out.

    64 walks share their steps (Then et al. 2014, doi:10.14778/2735496.2735507).

    Args:
        rows: bounds and ends of the ties.
        sources: where walks start, each once; those gone do not start.
        gone: who is left out, shape (n,).

    Returns:
        Pairs of a source and another account by distance, shape (longest + 1,);
        entry 0 is the number of sources that started.
    """
    indptr, ends = rows
    n_nodes = len(indptr) - 1
    count = np.zeros(n_nodes + 1, np.int64)
    seen = np.zeros(n_nodes, np.uint64)
    now, new = np.zeros(n_nodes, np.uint64), np.zeros(n_nodes, np.uint64)
    front, touched = np.empty(n_nodes, np.int64), np.empty(n_nodes, np.int64)
    longest = 0
    for first in range(0, len(sources), WAVE):
        seen[:] = 0
        size = 0
        for bit, source in enumerate(sources[first : first + WAVE]):
            if not gone[source]:
                seen[source] = now[source] = _ONE << np.uint64(bit)
                front[size] = source
                size += 1
        count[0] += size
        distance = 0
        while size > 0:
            distance += 1
            size = _step(
                (indptr, ends), gone, (seen, now, new), (front[:size], touched)
            )
            front, touched = touched, front
            now, new = new, now
            for node in front[:size]:
                seen[node] |= now[node]
                count[distance] += ones(now[node])
        longest = max(longest, distance)
    return count[: longest + 1]


@compiled
def _step(
    rows: Rows,
    gone: NDArray[np.bool_],
    bits: tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]],
    nodes: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> int:
    """Follow every tie from the front; how many accounts are newly reached, listed."""
    indptr, ends = rows
    seen, now, new = bits
    front, touched = nodes
    found = 0
    for node in front:
        carried = now[node]
        now[node] = 0
        for k in range(indptr[node], indptr[node + 1]):
            to = ends[k]
            fresh = carried & ~seen[to]
            if fresh and not gone[to]:
                if not new[to]:
                    touched[found] = to
                    found += 1
                new[to] |= fresh
    return found


@compiled
def steps_from(
    rows: Rows, sources: NDArray[np.int64], together: bool
) -> NDArray[np.uint8]:
    """Steps from each source to everyone, or from the nearest of all sources.

    Args:
        rows: bounds and ends of the ties.
        sources: where walks start.
        together: whether they are one walk.

    Returns:
        Shape (len(sources), n), or (1, n) if *together*; 255 for accounts not
        reached, or in more than 254 steps.
    """
    indptr, ends = rows
    n_nodes = len(indptr) - 1
    walks = 1 if together else len(sources)
    steps = np.full((walks, n_nodes), 255, np.uint8)
    queue = np.empty(n_nodes, np.int64)
    for walk in range(walks):
        row, head, tail = steps[walk], 0, 0
        for source in sources if together else sources[walk : walk + 1]:
            row[source] = 0
            queue[tail] = source
            tail += 1
        while head < tail and row[queue[head]] < 254:
            node = queue[head]
            head += 1
            for k in range(indptr[node], indptr[node + 1]):
                if row[ends[k]] == 255:
                    row[ends[k]] = row[node] + 1
                    queue[tail] = ends[k]
                    tail += 1
    return steps


@compiled
def gains(
    steps: NDArray[np.uint8],
    worth: NDArray[np.float64],
    have: NDArray[np.float64],
) -> NDArray[np.float64]:
    """What each account adds to those taken, summed over walks, shape (n,).

    Args:
        steps: from where each walk started to everyone, shape (walks, n).
        worth: of a number of steps, shape (256,).
        have: the worth that each walk has already, shape (walks,).
    """
    total = np.zeros(steps.shape[1])
    for walk in range(steps.shape[0]):
        for node in range(steps.shape[1]):
            more = worth[steps[walk, node]] - have[walk]
            if more > 0:
                total[node] += more
    return total
