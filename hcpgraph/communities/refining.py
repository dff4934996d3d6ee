"""Refinement: which parts of each community hold together by themselves.

Local moving may leave a community in pieces: whoever held them together has gone.
So before communities are folded into nodes, each is built up anew from single
nodes, and only what joins along ties is folded. What had fallen apart stays apart,
and can go separate ways on the next level. Communities do not heed each other
here, so runs of them are built up side by side, and none of it shows in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.communities.level import group, runs
from hcpgraph.compiled import compiled, side_by_side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.level import Amounts, Level


def refine(
    level: Level, label: NDArray[np.int32], order: NDArray[np.int32], price: float
) -> NDArray[np.int32]:
    """Merge nodes within their communities into parts, each of them connected.

    Everyone starts as a part of their own. Each node in turn, if nobody has joined
    it yet, joins the part of its community that suits it best, as in local moving.
    Both must be well connected: a part P of a community C is, if the ties between P
    and the rest of C weigh at least what chance would have,
    price x K(P) x K(C without P).

    Args:
        level: the network.
        label: community of each node, shape (n,), in [0, n).
        order: of visits, each node once, shape (n,).
        price: of company, resolution / 2m.

    Returns:
        The part of each node, shape (n,): one of its members, who is its own part.
    """
    part = np.arange(len(label), dtype=np.int32)
    groups = group(label, order, len(label))

    def build(run: tuple[int, int]) -> None:
        members = groups.members[groups.starts[run[0]] : groups.starts[run[1]]]
        _build_up(level, level.weight, (label, members), price, part)

    side_by_side(build, runs(level, groups))
    return part


@compiled
def _measure(
    level: Level,
    weight: Amounts | None,
    label: NDArray[np.int32],
    members: NDArray[np.int32],
    inward: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum the ties of members within their communities; strength of each one's."""
    bounds, columns, _, strength = level
    whole = np.zeros(len(members))
    first = 0
    for i in range(len(members)):
        node = members[i]
        home = label[node]
        if label[members[first]] != home:
            whole[first:i] = whole[first]
            first = i
        whole[first] += strength[node]
        if weight is None:
            count = 0  # in integers, so that several are compared at once
            for k in range(bounds[node], bounds[node + 1]):
                count += label[columns[k]] == home
            inward[node] = count
        else:
            within = 0.0
            for k in range(bounds[node], bounds[node + 1]):
                within += weight[k] if label[columns[k]] == home else 0.0
            inward[node] = within
    whole[first:] = whole[first] if len(members) else 0.0
    return whole


@compiled
def _build_up(
    level: Level,
    weight: Amounts | None,
    who: tuple[NDArray[np.int32], NDArray[np.int32]],
    price: float,
    found: NDArray[np.int32],
) -> None:
    """Have members join parts of their communities, one by one; note the parts."""
    strengths = level.strength
    label, members = who
    # space set up here is known to overlap nothing, which makes for faster loops;
    # of the first four, only what belongs to members is ever touched
    part = np.empty(len(label), np.int32)
    joined = np.empty(len(label), np.bool_)
    total = np.empty(len(label))  # strength of each part
    inward = np.empty(len(label))  # weight of its ties to the rest of the community
    pull = np.zeros(len(label))
    near = np.empty(len(label) + 1, np.int32)
    heft = np.empty(1 if weight is None else len(label) + 1)
    part[members] = members
    joined[members] = False
    total[members] = strengths[members]
    whole = _measure(level, weight, label, members, inward)
    for i in range(len(members)):
        node = members[i]
        strength = strengths[node]
        chance = price * strength * (whole[i] - strength)
        if joined[node] or inward[node] < chance:
            continue
        n_inside = _look_inside(level, weight, label, node, (near, heft))
        n_near = 0
        for k in range(n_inside):
            there = part[near[k]]
            so_far = pull[there]
            near[n_near] = there
            n_near += so_far == 0.0
            pull[there] = so_far + (1.0 if weight is None else heft[k])
        best, suits, link = node, 0.0, 0.0
        for there in near[:n_near]:
            gain = pull[there] - price * strength * total[there]
            if gain > suits:
                chance = price * total[there] * (whole[i] - total[there])
                if inward[there] >= chance:
                    best, suits, link = there, gain, pull[there]
            pull[there] = 0.0
        if best != node:
            part[node] = best
            joined[node] = joined[best] = True
            total[best] += strength
            inward[best] += inward[node] - 2 * link
    found[members] = part[members]


@compiled
def _look_inside(
    level: Level,
    weight: Amounts | None,
    label: NDArray[np.int32],
    node: int,
    found: tuple[NDArray[np.int32], NDArray[np.float64]],
) -> int:
    """List a node's ties within its community: to whom, how heavy; how many."""
    near, heft = found
    home, n_inside = label[node], 0
    for k in range(level.bounds[node], level.bounds[node + 1]):
        near[n_inside] = level.columns[k]  # stays if the list grows, without a branch
        if weight is not None:
            heft[n_inside] = weight[k]
        n_inside += label[level.columns[k]] == home
    return n_inside
