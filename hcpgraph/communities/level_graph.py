"""The level graph of multilevel optimisation, in chunks for several threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, even_chunks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Amounts: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

LARGE = 1_000_000  # entries of rows; work on fewer is not worth sharing
_RUNS = 16  # on larger levels; each sets up space of its own


class LevelGraph(NamedTuple):
    """An undirected network without loops, each tie in the rows of both its ends.

    Attributes:
        bounds: where each row starts, and the end, shape (n + 1,), int64.
        columns: the other ends, shape (m,), int32; some perhaps several times in a
            row, which then add up.
        weight: of ties, shape (m,), above 0, float64, or float32 as a graph has
            them; None where each weighs 1.
        strength: of nodes, shape (n,), float64; of a node that stands for many,
            with the ties among these.
    """

    bounds: NDArray[np.int64]
    columns: NDArray[np.int32]
    weight: Amounts | None
    strength: NDArray[np.float64]


class NodeGroups(NamedTuple):
    """Nodes by group: the group g has members[starts[g] : starts[g + 1]].

    Attributes:
        starts: shape (n_groups + 1,), int64.
        members: shape (n,), int32.
    """

    starts: NDArray[np.int64]
    members: NDArray[np.int32]


@compiled
def group(of: NDArray[np.int32], order: NDArray[np.int32], n_groups: int) -> NodeGroups:
    """Sort nodes by group; those of one group stay in order.

    Args:
        of: group of each node, shape (n,), in [0, n_groups).
        order: nodes, each once, shape (n,).
        n_groups: how many.
    """
    starts = np.zeros(n_groups + 1, np.int64)
    for here in of:
        starts[here + 1] += 1
    starts = np.cumsum(starts)
    slot = starts.copy()
    members = np.empty(len(order), np.int32)
    for node in order:
        here = of[node]
        members[slot[here]] = node
        slot[here] += 1
    return NodeGroups(starts, members)


def runs(level: LevelGraph, groups: NodeGroups) -> list[tuple[int, int]]:
    """Cut groups into runs with about equally many ties, one if those are few."""
    if len(level.columns) < LARGE:
        return [(0, len(groups.starts) - 1)]
    return even_chunks(row_sums(level, groups.members)[groups.starts], _RUNS)


def row_sums(level: LevelGraph, nodes: NDArray[np.int32]) -> NDArray[np.int64]:
    """Entries in the rows of the first 0, 1, 2... nodes, shape (len(nodes) + 1,)."""
    sums = np.zeros(len(nodes) + 1, np.int64)
    np.cumsum(np.diff(level.bounds)[nodes], out=sums[1:])
    return sums
