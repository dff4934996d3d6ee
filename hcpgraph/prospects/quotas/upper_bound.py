"""Upper bound of the gain of a list under the quotas of one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.prospects.quotas.feasibility import Demand


def best_sum(
    gain: NDArray[np.float64],
    group: NDArray[np.int64],
    demand: Demand,
    must: NDArray[np.bool_],
    *,
    size: int,
) -> float:
    """The largest sum of gains of *size* people, limited by one column alone.

    Groups of a column have no member in common, so the best list takes the best of
    each group that needs some, and then the best of all whose group has room.

    Args:
        gain: of each candidate, shape (c,), from 0 up.
        group: of each candidate, shape (c,), int64; -1 for none.
        demand: how many of each group there must be, and may be.
        must: who is on the list in any case, shape (c,).
        size: people on the list. Where required people and the least numbers
            need more, least numbers are passed over, and the sum still is a bound.
    """
    n_groups = len(demand.least)
    inside = group >= 0
    have = np.bincount(group[must & inside], minlength=n_groups)
    # one more entry, for those without a group
    room = np.append(demand.most - have, len(gain))
    need = np.append(np.maximum(demand.least - have, 0), 0)
    order = np.argsort(-gain, kind="stable")
    order = order[~must[order]]
    rank = _rank_in_group(order, group, n_groups)
    free = size - int(must.sum())
    needed = rank < need[group[order]]
    if int(needed.sum()) > free:
        needed[:] = False
    allowed = order[~needed & (rank < room[group[order]])]
    rest = allowed[: max(free - int(needed.sum()), 0)]
    picked = np.concatenate([np.flatnonzero(must), order[needed], rest])
    return float(gain[picked].sum())


@compiled
def _rank_in_group(
    order: NDArray[np.int64], group: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """How many of the same group stand before each in *order*; 0 without a group."""
    count = np.zeros(n_groups, np.int64)
    rank = np.zeros(len(order), np.int64)
    for place, one in enumerate(order):
        if group[one] >= 0:
            rank[place] = count[group[one]]
            count[group[one]] += 1
    return rank
