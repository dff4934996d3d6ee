"""Feasibility by integer programming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from hcpgraph.prospects.quotas.feasibility import by_need

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from hcpgraph.prospects.quotas.feasibility import Counts, Demand

_SOLVED: Final = 0  # status codes of ``milp``
_IMPOSSIBLE: Final = 2


def completion(
    demand: Demand, held: Counts, wanted: NDArray[np.bool_] | None = None
) -> Counts | None:
    """A full list that holds all that is held already.

    Args:
        demand: what to keep.
        held: how many of each sort are on the list, shape (sorts,), int64.
        wanted: sorts of which the list must hold one more than is held, of any of
            them; the more the better. None for the shortest list, or nearly.

    Returns:
        How many of each sort, shape (sorts,), or None if there is no such list,
        which integer programming proves.
    """
    if not demand.allows(held):
        return None
    if wanted is None:
        found = by_need(demand, held)
        if found is not None:
            return found
    open_ = demand.room(held)
    if wanted is None:
        wanted = np.zeros_like(open_)
    else:
        wanted = wanted & open_
        if not wanted.any():
            return None
    # who meets no need is of no use but to be wanted
    lacking = np.append(demand.lacking(held) > 0, False)
    needed = open_ & lacking[demand.group].any(axis=1)
    return _solved(demand, held, needed, wanted)


@dataclass(frozen=True, slots=True, eq=False)
class _Classes:
    """Sorts that no number still to be kept tells apart, taken together.

    Attributes:
        sorts: every sort that may come, ascending, shape (s,).
        of: the class of each, shape (s,).
        rows: which class counts for which group, shape (groups left, classes).
        low: how many more of each group left there must be.
        high: how many more there may be.
        spare: of each sort, how many may come beside one of a wanted sort, shape (s,).
        wanted: which sorts are wanted, shape (s,).
    """

    sorts: NDArray[np.intp]
    of: NDArray[np.intp]
    rows: csr_array
    low: Counts
    high: Counts
    spare: Counts
    wanted: NDArray[np.bool_]


def _classes(
    demand: Demand,
    held: Counts,
    needed: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
) -> _Classes:
    sorts = np.flatnonzero(needed | wanted)
    left = np.where(needed, demand.supply - held, wanted)
    have = demand.count(held)
    # a group that cannot become too large, and needs nobody, tells nobody apart
    matters = (demand.count(left) > demand.most - have) | (demand.least > have)
    place = np.append(np.where(matters, np.cumsum(matters) - 1, -1), -1)
    group = place[demand.group[sorts]]
    kinds, of = np.unique(group, axis=0, return_inverse=True)
    at, column = np.nonzero(kinds >= 0)
    shape = (int(matters.sum()), len(kinds))
    return _Classes(
        sorts=sorts,
        of=of.ravel(),
        rows=csr_array((np.ones(len(at)), (kinds[at, column], at)), shape=shape),
        low=(demand.least - have)[matters],
        high=(demand.most - have)[matters],
        spare=(left - wanted)[sorts],
        wanted=wanted[sorts],
    )


def _solved(
    demand: Demand,
    held: Counts,
    needed: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
) -> Counts | None:
    """A full list with more of the sorts *needed*, and of at least one *wanted*."""
    if not (needed | wanted).any():
        return None if demand.lacking(held).any() else held.copy()
    one = _classes(demand, held, needed, wanted)
    n = one.rows.shape[1]
    # those wanted are variables of their own, so that variety pays
    any_wanted = int(wanted.any())
    own = np.unique(one.of[one.wanted])
    most = np.concatenate(
        [np.bincount(one.of, one.spare, n), np.bincount(one.of, one.wanted, n)[own]]
    )
    is_wanted = np.arange(n + len(own)) >= n
    rows: list[csr_array] = [
        hstack([one.rows, one.rows[:, own]]),
        csr_array(np.stack([np.ones(len(most)), is_wanted])),
    ]
    low: list[ArrayLike] = [one.low, [-np.inf, any_wanted]]
    high: list[ArrayLike] = [one.high, [demand.budget - held.sum(), wanted.sum()]]
    solved = milp(
        np.where(is_wanted, -1.0, 0.0 if any_wanted else 1.0),
        integrality=np.ones(len(most)),
        bounds=Bounds(np.zeros(len(most)), most),
        constraints=LinearConstraint(
            vstack(rows, format="csr"), np.concatenate(low), np.concatenate(high)
        ),
        # any list will do; to simplify these programs takes longer than to solve them
        options={"mip_rel_gap": 0.5, "presolve": False},
    )
    if solved.status == _IMPOSSIBLE:
        return None
    if solved.status != _SOLVED:
        raise RuntimeError(f"the limits could not be checked: {solved.message}")
    count = np.rint(solved.x).astype(np.int64)
    found = held.copy()
    found[one.sorts] += _shared(one.of, one.spare, count[:n])
    extra = np.zeros(n, np.int64)
    extra[own] = count[n:]
    found[one.sorts] += _shared(one.of, one.wanted.astype(np.int64), extra)
    return found


def _shared(of: NDArray[np.intp], most: Counts, count: Counts) -> Counts:
    """People of a class, given to its sorts in order, as many as each can take."""
    order = np.argsort(of, kind="stable")
    before = np.cumsum(most[order]) - most[order]
    first = np.searchsorted(of[order], np.arange(len(count)))
    start = np.append(before, 0)[first]
    taken = np.clip(count[of[order]] - (before - start[of[order]]), 0, most[order])
    found = np.zeros_like(most)
    found[order] = taken
    return found
