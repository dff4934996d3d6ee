"""Local moving: each node joins the neighbouring community of largest gain.

With k(u) the strength of a node, K(C) the strength of a community and 2m that of
the network, a node suits a community by

    pull(u, C) - price x k(u) x K(C without u),    price = resolution / 2m

where the pull is the weight of the ties from u into C: what they share, less what
is expected at random. On one's own one suits by 0. What a move gains
in suiting, divided by m, is what it adds to modularity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.communities.parallel_moving import LEAST, move_in_batches, rouse
from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.level_graph import Amounts, LevelGraph


def move_nodes(
    level: LevelGraph,
    label: NDArray[np.int32],
    order: NDArray[np.int32],
    terms: tuple[float, float],
) -> float:
    """Move nodes between communities, in rounds, until that gains no more.

    The first round visits everyone. Later ones visit those with a neighbour who
    has since moved to another community than theirs. As long as these have many
    ties they are visited in batches on all cores, then one by one.

    Args:
        level: the network.
        label: community of each node, shape (n,), in [0, n); changed in place.
        order: of visits, each node once, shape (n,).
        terms: the price of company, resolution / 2m; and what is enough: the last
            round is the one that gains no more than this.

    Returns:
        The sum of what the moves gained.
    """
    queued = np.ones(len(label), np.bool_)
    gained = move_in_batches(level, label, order, terms, queued)
    rows = level.bounds, level.columns, level.strength
    return gained + _move_singly(rows, level.weight, label, (order, queued), terms)


@compiled
def _move_singly(
    rows: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]],
    weight: Amounts | None,
    label: NDArray[np.int32],
    visits: tuple[NDArray[np.int32], NDArray[np.bool_]],
    terms: tuple[float, float],
) -> float:
    """Visit the restless until that gains no more; the sum of what it gained."""
    bounds, columns, strengths = rows
    order, queued = visits
    null_cost, enough = terms
    total, members, vacant = _take_stock(label, strengths)
    n_vacant = len(label) - np.count_nonzero(members)
    # space set up here is known to overlap nothing, which makes for faster loops
    weight_to = np.zeros(len(label))
    near = np.empty(len(label) + 1, np.int32)
    before, gained = -np.inf, 0.0
    while gained - before > enough:
        before = gained
        for node in order:
            if not queued[node]:
                continue
            queued[node] = False
            home, strength = label[node], strengths[node]
            n_near = feel(rows, weight, label, node, (weight_to, near))
            total[home] -= strength
            stays = weight_to[home] - null_cost * strength * total[home]
            best, gain_of = _choose(
                near[:n_near], weight_to, total, null_cost * strength
            )
            if gain_of <= stays + LEAST * strength:
                best, gain_of = home, stays
            if gain_of < 0.0 and members[home] > 1:  # better off on one's own
                best, gain_of = vacant[n_vacant - 1], 0.0
            total[best] += strength
            if best == home:
                continue
            gained += gain_of - stays
            label[node] = best
            n_vacant -= members[best] == 0
            members[best] += 1
            members[home] -= 1
            if members[home] == 0:
                vacant[n_vacant] = home
                n_vacant += 1
            rouse(columns[bounds[node] : bounds[node + 1]], label, best, queued)
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
    rows: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]],
    weight: Amounts | None,
    label: NDArray[np.int32],
    node: int,
    sums: tuple[NDArray[np.float64], NDArray[np.int32]],
) -> int:
    """Sum the pull on a node by community, and list those; how many there are."""
    # Whether a community is new to the list cannot be predicted, so nothing branches
    # on it: each is written at the end of the list, which grows only if it is new.
    weight_to, near = sums
    n_near = 0
    for k in range(rows[0][node], rows[0][node + 1]):
        there = label[rows[1][k]]
        so_far = weight_to[there]
        near[n_near] = there
        n_near += so_far == 0.0
        weight_to[there] = so_far + (1.0 if weight is None else weight[k])
    return n_near


@compiled
def _choose(
    near: NDArray[np.int32],
    weight_to: NDArray[np.float64],
    total: NDArray[np.float64],
    cost: float,
) -> tuple[np.int32, float]:
    """The community that suits best, and how; their pull is set back to 0."""
    best, gain_of = np.int32(-1), -np.inf
    for there in near:
        gain = weight_to[there] - cost * total[there]
        weight_to[there] = 0.0
        if gain > gain_of:
            best, gain_of = there, gain
    return best, gain_of
