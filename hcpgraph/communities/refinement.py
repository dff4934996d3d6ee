"""Refinement: well-connected parts of each community.

Local moving may leave a community in pieces, when a linking node has moved.
So before communities are folded into nodes, each is built up again from single
nodes, and only what joins along ties is folded. What had fallen apart stays apart,
and can go separate ways on the next level. Communities are independent
here: the ties within one are set down by themselves, close together in memory, and
it is built up from these. So runs of communities are built up side by side, and
none of it shows in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hcpgraph.communities.level_graph import group, runs
from hcpgraph.communities.local_moving import feel
from hcpgraph.compiled import compiled, parallel_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.communities.level_graph import Amounts, LevelGraph, NodeGroups


class _Inside(NamedTuple):
    """One community by itself: its members are the nodes 0, 1, 2...

    Space for the largest of a run; set up once and used for one after the other.

    Attributes:
        ends: where the row of each member ends, from ends[0] = 0, int64.
        columns: the other ends of ties within the community, int32.
        weight: of these ties, float64; not used where each weighs 1.
        strength: of members, ties to other communities included, float64.
        part: of each member, one of its members, who is its head, int32.
        joined: whether a member has joined a part, or been joined, bool.
        total: strength of the part that a member heads, float64.
        inward: weight of its ties to the rest of the community, float64.
        weight_to: from the joining node to each part, else 0, float64.
        near: the parts that pull, int32.
    """

    ends: NDArray[np.int64]
    columns: NDArray[np.int32]
    weight: NDArray[np.float64]
    strength: NDArray[np.float64]
    part: NDArray[np.int32]
    joined: NDArray[np.bool_]
    total: NDArray[np.float64]
    inward: NDArray[np.float64]
    weight_to: NDArray[np.float64]
    near: NDArray[np.int32]


def refine(
    level: LevelGraph,
    label: NDArray[np.int32],
    order: NDArray[np.int32],
    null_cost: float,
) -> NDArray[np.int32]:
    """Merge nodes within their communities into parts, each of them connected.

    Everyone starts as a part of their own. Each node in turn, if nobody has joined
    it yet, joins the part of its community that suits it best, as in local moving.
    Both must be well connected: a part P of a community C is, if the ties between P
    and the rest of C weigh at least the weight expected at random,
    price x K(P) x K(C without P).

    Args:
        level: the network.
        label: community of each node, shape (n,), in [0, n).
        order: of visits, each node once, shape (n,).
        null_cost: of company, resolution / 2m.

    Returns:
        The part of each node, shape (n,): one of its members, who is its own part.
    """
    groups = group(label, order, len(label))
    place = np.empty(len(label), np.int32)  # of each node among the members of all
    place[groups.members] = np.arange(len(label), dtype=np.int32)
    found = np.empty(len(label), np.int32)

    def build(run: tuple[int, int]) -> None:
        _build_up(level, level.weight, (groups, place), (run, null_cost), found)

    parallel_map(build, runs(level, groups))
    return found


@compiled
def _build_up(
    level: LevelGraph,
    weight: Amounts | None,
    who: tuple[NodeGroups, NDArray[np.int32]],
    terms: tuple[tuple[int, int], float],
    found: NDArray[np.int32],
) -> None:
    """Build up a run of communities, one after the other; note the parts."""
    run, null_cost = terms
    (starts, members), place = who
    inside = _space(weight, _largest(level.bounds, who[0], run))
    for community in range(run[0], run[1]):
        first, size = starts[community], starts[community + 1] - starts[community]
        if size == 0:
            continue
        _look_inside(level, weight, (members, place), (first, size), inside)
        _join(inside, weight, null_cost, size)
        for i in range(size):
            found[members[first + i]] = members[first + inside.part[i]]


@compiled
def _space(weight: Amounts | None, largest: tuple[int, int]) -> _Inside:
    """Space for a community with so many members and ties."""
    members, ties = largest
    return _Inside(
        np.zeros(members + 1, np.int64),
        np.empty(ties + 1, np.int32),
        np.empty(1 if weight is None else ties + 1),
        np.empty(members),
        np.empty(members, np.int32),
        np.empty(members, np.bool_),
        np.empty(members),
        np.empty(members),
        np.zeros(members),
        np.empty(members + 1, np.int32),
    )


@compiled
def _largest(
    bounds: NDArray[np.int64], groups: NodeGroups, run: tuple[int, int]
) -> tuple[int, int]:
    """The most members that a community of a run has, and the most ties."""
    most_members, most_ties = 0, 0
    for community in range(run[0], run[1]):
        begin, end = groups.starts[community], groups.starts[community + 1]
        ties = 0
        for node in groups.members[begin:end]:
            ties += bounds[node + 1] - bounds[node]
        most_members, most_ties = max(most_members, end - begin), max(most_ties, ties)
    return most_members, most_ties


@compiled
def _look_inside(
    level: LevelGraph,
    weight: Amounts | None,
    who: tuple[NDArray[np.int32], NDArray[np.int32]],
    span: tuple[int, int],
    inside: _Inside,
) -> None:
    """Set down the ties that members have with each other; each is a part."""
    (members, place), (first, size) = who, span
    n_inside = 0
    for i in range(size):
        node, within = members[first + i], 0.0
        for k in range(level.bounds[node], level.bounds[node + 1]):
            other = place[level.columns[k]] - first
            is_inside = 0 <= other < size
            inside.columns[n_inside] = other  # stays if the list grows: no branch
            if weight is not None:
                inside.weight[n_inside] = weight[k]
                within += weight[k] if is_inside else 0.0
            n_inside += is_inside
        inside.ends[i + 1] = n_inside
        inside.strength[i] = inside.total[i] = level.strength[node]
        if weight is None:
            within = float(n_inside - inside.ends[i])
        inside.inward[i] = within
        inside.part[i], inside.joined[i] = i, False


@compiled
def _join(inside: _Inside, weight: Amounts | None, null_cost: float, size: int) -> None:
    """Have the members of a community join parts, one by one."""
    ends, columns, heft, strength, part, joined, total, inward, weight_to, near = inside
    rows = ends, columns, strength
    whole = _sum(strength[:size])
    for i in range(size):
        expected = null_cost * strength[i] * (whole - strength[i])
        if joined[i] or inward[i] < expected:
            continue
        if weight is None:
            n_near = feel(rows, None, part, i, (weight_to, near))
        else:
            n_near = feel(rows, heft, part, i, (weight_to, near))
        parts = weight_to, total, inward
        best, link = _choose(near[:n_near], parts, whole, null_cost, strength[i])
        if best >= 0:
            part[i] = best
            joined[i] = joined[best] = True
            total[best] += strength[i]
            inward[best] += inward[i] - 2 * link


@compiled
def _sum(numbers: NDArray[np.float64]) -> float:
    """The sum, added up in order."""
    total = 0.0
    for number in numbers:
        total += number
    return total


@compiled
def _choose(
    near: NDArray[np.int32],
    parts: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    whole: float,
    null_cost: float,
    strength: float,
) -> tuple[int, float]:
    """The well connected part that suits best, and its pull; -1 if being alone does.

    The pulls of all are set back to 0.
    """
    weight_to, total, inward = parts
    best, gain_of, link = -1, 0.0, 0.0
    for there in near:
        gain = weight_to[there] - null_cost * strength * total[there]
        if gain > gain_of:
            expected = null_cost * total[there] * (whole - total[there])
            if inward[there] >= expected:
                best, gain_of, link = there, gain, weight_to[there]
        weight_to[there] = 0.0
    return best, link
