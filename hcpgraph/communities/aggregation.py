"""Aggregation: parts of communities become the nodes of a smaller network."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hcpgraph.communities.level_graph import LevelGraph, group, runs
from hcpgraph.compiled import compiled, parallel_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.level_graph import Amounts, NodeGroups


class _AggregatedRows(NamedTuple):
    """Consecutive rows: how long each is, and all columns and weights."""

    length: NDArray[np.int64]
    columns: NDArray[np.int32]
    weight: NDArray[np.float64]


def aggregate(level: LevelGraph, place: NDArray[np.int32], n_parts: int) -> LevelGraph:
    """The network of parts: ties between two parts become one, of their sum.

    Ties within a part are left out, but stay in its strength.

    Args:
        level: the network.
        place: part of each node, shape (n,), in [0, n_parts).
        n_parts: how many.
    """
    groups = group(place, np.arange(len(place), dtype=np.int32), n_parts)

    def merge(run: tuple[int, int]) -> _AggregatedRows:
        members = groups.members[groups.starts[run[0]] : groups.starts[run[1]]]
        most = int((level.bounds[members + 1] - level.bounds[members]).sum())
        # numpy's pages are large, which is quicker for space of which little is used
        space = np.empty(most + 1, np.int32), np.empty(most + 1)
        return _AggregatedRows(
            *_merge_rows(level, level.weight, (place, groups), run, space)
        )

    # no name for the list: it would hold the pieces that are to be let go
    merged = _stack(dict(enumerate(parallel_map(merge, runs(level, groups)))))
    bounds = np.zeros(n_parts + 1, np.int64)
    np.cumsum(merged.length, out=bounds[1:])
    strength = np.bincount(place, level.strength, n_parts).astype(np.float64)
    return LevelGraph(bounds, merged.columns, merged.weight, strength)


def _stack(pieces: dict[int, _AggregatedRows]) -> _AggregatedRows:
    """All rows in one; each piece is let go once copied, so that few are held twice."""
    if len(pieces) == 1:
        (alone,) = pieces.values()
        return _AggregatedRows(alone.length, alone.columns.copy(), alone.weight.copy())
    length = np.concatenate([piece.length for piece in pieces.values()])
    ends = np.cumsum([len(piece.columns) for piece in pieces.values()])
    columns, weight = np.empty(ends[-1], np.int32), np.empty(ends[-1])

    def copy(i: int) -> None:
        piece = pieces.pop(i)
        here = slice(ends[i] - len(piece.columns), ends[i])
        columns[here], weight[here] = piece.columns, piece.weight

    parallel_map(copy, range(len(pieces)))
    return _AggregatedRows(length, columns, weight)


@compiled
def number_parts(
    part: NDArray[np.int32], label: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Number parts from 0, those of one community in a row.

    Args:
        part: of each node, shape (n,): one of its members, who is its own part.
        label: community of each node, shape (n,).

    Returns:
        The number of each node's part, shape (n,), and the community of each part,
        from 0, shape (n_parts,).
    """
    count = np.zeros(len(part), np.int32)  # of the parts of each community
    for node in range(len(part)):
        count[label[node]] += part[node] == node
    community = np.empty(count.sum(), np.int32)
    n_parts, n_communities = 0, 0
    for here in range(len(count)):
        size = count[here]
        count[here] = n_parts  # from now on the number of its next part
        community[n_parts : n_parts + size] = n_communities
        n_parts += size
        n_communities += size > 0
    head = np.empty(len(part), np.int32)  # the number of the part that each heads
    for node in range(len(part)):
        if part[node] == node:
            head[node] = count[label[node]]
            count[label[node]] += 1
    return head[part], community


@compiled
def _merge_rows(
    level: LevelGraph,
    weight: Amounts | None,
    parts: tuple[NDArray[np.int32], NodeGroups],
    run: tuple[int, int],
    space: tuple[NDArray[np.int32], NDArray[np.float64]],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """The rows of a run of parts: lengths, columns, weights."""
    bounds, columns, _, _ = level
    place, (starts, members) = parts
    others, sums = space
    first, end = run
    length = np.empty(end - first, np.int64)
    weight_to = np.zeros(len(starts) - 1)
    size = 0
    for here in range(first, end):
        before, last = size, size
        for node in members[starts[here] : starts[here + 1]]:
            for k in range(bounds[node], bounds[node + 1]):
                there = place[columns[k]]
                so_far = weight_to[there]
                others[last] = there  # kept only if it is new, without a branch
                last += so_far == 0.0
                weight_to[there] = so_far + (1.0 if weight is None else weight[k])
        for there in others[before:last]:
            others[size] = there
            sums[size] = weight_to[there]
            size += there != here
            weight_to[there] = 0.0
        length[here - first] = size - before
    return length, others[:size], sums[:size]
