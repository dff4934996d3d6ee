"""Folding: parts of communities become the nodes of a smaller network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.communities.moving import Level
from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fold(level: Level, place: NDArray[np.int32], n_parts: int) -> Level:
    """The network of parts: ties between two parts become one, of their sum.

    Ties within a part are left out, but stay in its strength.

    Args:
        level: the network.
        place: part of each node, shape (n,), in [0, n_parts).
        n_parts: how many.
    """
    starts = np.zeros(n_parts + 1, np.int64)
    np.cumsum(np.bincount(place, minlength=n_parts), out=starts[1:])
    members = np.argsort(place, kind="stable")
    strength = np.zeros(n_parts)
    np.add.at(strength, place, level.strength)
    return Level(*_merge_rows(level, place, starts, members), strength)


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
    heads = np.flatnonzero(part == np.arange(len(part)))
    heads = heads[np.argsort(label[heads], kind="stable")]
    number = np.empty(len(part), np.int32)
    number[heads] = np.arange(len(heads))
    _, community = np.unique(label[heads], return_inverse=True)
    return number[part], community.astype(np.int32)


@compiled
def _merge_rows(
    level: Level,
    place: NDArray[np.int32],
    starts: NDArray[np.int64],
    members: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Rows of the parts; the part p has members[starts[p] : starts[p + 1]]."""
    n_parts = len(starts) - 1
    bounds = np.zeros(n_parts + 1, np.int64)
    columns = np.empty(len(level.columns) + 1, np.int32)
    weight = np.empty(len(level.columns) + 1)
    pull = np.zeros(n_parts)
    size = 0
    for here in range(n_parts):
        end = size
        for node in members[starts[here] : starts[here + 1]]:
            for k in range(level.bounds[node], level.bounds[node + 1]):
                there = place[level.columns[k]]
                so_far = pull[there]
                columns[end] = there  # kept only if it is new, without a branch
                end += so_far == 0.0
                pull[there] = so_far + level.weight[k]
        for there in columns[size:end]:
            columns[size] = there
            weight[size] = pull[there]
            size += there != here
            pull[there] = 0.0
        bounds[here + 1] = size
    return bounds, columns[:size], weight[:size]
