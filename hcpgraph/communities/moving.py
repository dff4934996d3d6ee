"""Local moving: everyone joins the neighbouring community that suits them best.

With k(u) the strength of a node, K(C) the strength of a community and 2m that of
the network, a node suits a community by

    pull(u, C) - price x k(u) x K(C without u),    price = resolution / 2m

where the pull is the weight of the ties from u into C: what they share, less what
chance alone would have them share. On one's own one suits by 0. What a move gains
in suiting, divided by m, is what it adds to modularity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A move must gain this share of the mover's strength, or rounding could send a node
# to and fro for ever between communities that suit it equally.
_LEAST = 1e-9


class Level(NamedTuple):
    """An undirected network without loops, each tie in the rows of both its ends.

    Attributes:
        bounds: where each row starts, and the end, shape (n + 1,), int64.
        columns: the other ends, shape (m,), int32, each once in a row.
        weight: of ties, shape (m,), float64, above 0.
        strength: of nodes, shape (n,), float64; of a node that stands for many,
            with the ties among these.
    """

    bounds: NDArray[np.int64]
    columns: NDArray[np.int32]
    weight: NDArray[np.float64]
    strength: NDArray[np.float64]


@compiled
def move_nodes(
    level: Level,
    label: NDArray[np.int32],
    order: NDArray[np.int32],
    price: float,
    enough: float,
) -> float:
    """Move nodes between communities, in rounds, until that gains no more.

    The first round visits everyone. Later ones visit those with a neighbour who
    has since moved to another community than theirs.

    Args:
        level: the network.
        label: community of each node, shape (n,), in [0, n); changed in place.
        order: of visits, each node once, shape (n,).
        price: of company, resolution / 2m.
        enough: the last round is the one that gains no more than this.

    Returns:
        The sum of what the moves gained.
    """
    total, members, vacant = _take_stock(label, level.strength)
    n_vacant = len(label) - np.count_nonzero(members)
    pull = np.zeros(len(label))
    near = np.empty(len(label) + 1, np.int32)
    restless = np.ones(len(label), np.bool_)
    before, gained = -np.inf, 0.0
    while gained - before > enough:
        before = gained
        for node in order:
            if not restless[node]:
                continue
            restless[node] = False
            home, strength = label[node], level.strength[node]
            n_near = feel(level, label, node, pull, near)
            total[home] -= strength
            stays = pull[home] - price * strength * total[home]
            best, suits = _choose(near[:n_near], pull, total, price * strength)
            if suits <= stays + _LEAST * strength:
                best, suits = home, stays
            if suits < 0.0 and members[home] > 1:  # better off on one's own
                best, suits = vacant[n_vacant - 1], 0.0
            total[best] += strength
            if best == home:
                continue
            gained += suits - stays
            label[node] = best
            n_vacant -= members[best] == 0
            members[best] += 1
            members[home] -= 1
            if members[home] == 0:
                vacant[n_vacant] = home
                n_vacant += 1
            _rouse(level, label, node, restless)
    return gained


@compiled
def _take_stock(
    label: NDArray[np.int32], strength: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
    """Strength and members of each community, and a stack of those without any."""
    total = np.zeros(len(label))
    members = np.zeros(len(label), np.int32)
    for node in range(len(label)):
        total[label[node]] += strength[node]
        members[label[node]] += 1
    vacant = np.empty(len(label), np.int32)
    n_vacant = 0
    for community in range(len(label)):
        vacant[n_vacant] = community
        n_vacant += members[community] == 0
    return total, members, vacant


@compiled
def feel(
    level: Level,
    label: NDArray[np.int32],
    node: int,
    pull: NDArray[np.float64],
    near: NDArray[np.int32],
) -> int:
    """Sum the pull on a node by community, and list the communities that pull.

    Args:
        level: the network.
        label: community of each node, shape (n,).
        node: who is pulled.
        pull: by community, shape (n,), all 0; those near are added to, and it is
            for the caller to set them back.
        near: to be overwritten with communities near, shape (n + 1,).

    Returns:
        How many communities are near.
    """
    # Whether a community is new to the list cannot be predicted, so nothing branches
    # on it: each is written at the end of the list, which grows only if it is new.
    n_near = 0
    for k in range(level.bounds[node], level.bounds[node + 1]):
        there = label[level.columns[k]]
        so_far = pull[there]
        near[n_near] = there
        n_near += so_far == 0.0
        pull[there] = so_far + level.weight[k]
    return n_near


@compiled
def _choose(
    near: NDArray[np.int32],
    pull: NDArray[np.float64],
    total: NDArray[np.float64],
    cost: float,
) -> tuple[np.int32, float]:
    """The community that suits best, and how; their pull is set back to 0."""
    best, suits = np.int32(-1), -np.inf
    for there in near:
        gain = pull[there] - cost * total[there]
        pull[there] = 0.0
        if gain > suits:
            best, suits = there, gain
    return best, suits


@compiled
def _rouse(
    level: Level, label: NDArray[np.int32], node: int, restless: NDArray[np.bool_]
) -> None:
    """Have those neighbours of a node visited that are in other communities."""
    for k in range(level.bounds[node], level.bounds[node + 1]):
        other = level.columns[k]
        restless[other] |= label[other] != label[node]
