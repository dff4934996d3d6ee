"""Refinement: which parts of each community hold together by themselves.

Local moving may leave a community in pieces: whoever held them together has gone.
So before communities are folded into nodes, each is built up anew from single
nodes, and only what joins along ties is folded. What had fallen apart stays apart,
and can go separate ways on the next level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.communities.moving import feel
from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.moving import Level


@compiled
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
    part = np.arange(len(label)).astype(np.int32)
    joined = np.zeros(len(label), np.bool_)
    total = level.strength.copy()  # by part
    inward, whole = _measure(level, label)
    pull = np.zeros(len(label))
    near = np.empty(len(label) + 1, np.int32)
    for node in order:
        home, strength = label[node], level.strength[node]
        chance = price * strength * (whole[home] - strength)
        if joined[node] or inward[node] < chance:
            continue
        n_near = feel(level, part, node, pull, near)
        best, suits, link = node, 0.0, 0.0
        for there in near[:n_near]:
            gain = pull[there] - price * strength * total[there]
            # a part of another community seldom comes so far, so it is asked last
            if gain > suits and label[there] == home:
                chance = price * total[there] * (whole[home] - total[there])
                if inward[there] >= chance:
                    best, suits, link = there, gain, pull[there]
            pull[there] = 0.0
        if best != node:
            part[node] = best
            joined[node] = joined[best] = True
            total[best] += strength
            inward[best] += inward[node] - 2 * link
    return part


@compiled
def _measure(
    level: Level, label: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weight of each node's ties within its community; strength by community."""
    inward = np.zeros(len(label))
    whole = np.zeros(len(label))
    for node in range(len(label)):
        home, within = label[node], 0.0
        whole[home] += level.strength[node]
        for k in range(level.bounds[node], level.bounds[node + 1]):
            inside = label[level.columns[k]] == home
            within += level.weight[k] if inside else 0.0
        inward[node] = within
    return inward, whole
