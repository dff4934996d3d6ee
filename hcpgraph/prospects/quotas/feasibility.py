"""Feasibility of a partial list under quotas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What a list must keep, with candidates of one sort counted together.

    Candidates are of one sort if they belong to the same groups. A list is how many
    of each sort it holds. It is full if it keeps every demand; it need not use up
    the budget.

    Attributes:
        group: the groups of each sort, one column per column of values, shape
            (sorts, columns), int64; -1 for none. The groups of one column have no
            sort in common.
        supply: candidates of each sort, shape (sorts,).
        least: how many of each group the list must hold, shape (groups,), from 0.
        most: how many it may hold, shape (groups,).
        budget: how many people in all.
    """

    group: Counts
    supply: Counts
    least: Counts
    most: Counts
    budget: int

    def count(self, held: Counts) -> Counts:
        """People of each group in a list, shape (groups,)."""
        sorts = np.flatnonzero(held)
        group = self.group[sorts]
        people = np.repeat(held[sorts], group.shape[1])[group.ravel() >= 0]
        found = np.bincount(group[group >= 0], people, len(self.least))
        return found.astype(np.int64)

    def room(self, held: Counts) -> NDArray[np.bool_]:
        """Sorts of which one more breaks no largest number, shape (sorts,)."""
        # one more entry, for those without a group, who are never too many
        full = np.append(self.count(held) >= self.most, False)
        return (held < self.supply) & ~full[self.group].any(axis=1)

    def lacking(self, held: Counts) -> Counts:
        """How many of each group are still to come, shape (groups,)."""
        missing: Counts = np.maximum(self.least - self.count(held), 0)
        return missing

    def useful(self, held: Counts) -> NDArray[np.bool_]:
        """Sorts that may come next for all that counting tells, shape (sorts,).

        Where all places left are needed for the groups of one column, nobody else
        may come.
        """
        places = self.budget - int(held.sum())
        lacking = np.append(self.lacking(held), 0)
        keep = np.full(len(self.supply), places > 0)
        for column in self.group.T:
            if int(lacking[np.unique(column)].sum()) >= places:
                keep &= lacking[column] > 0
        return keep & self.room(held)

    def allows(self, held: Counts) -> bool:
        """Whether a list has nobody too many."""
        within = bool((self.count(held) <= self.most).all())
        return within and int(held.sum()) <= self.budget


def by_need(demand: Demand, held: Counts) -> Counts | None:
    """A full list by always adding who meets most needs; None if that fails.

    Of equal ones, the one with the least crowded groups.
    """
    found = held.copy()
    crowd = np.append(demand.count(demand.supply) / np.maximum(demand.most, 1), 0.0)
    crowded = crowd[demand.group].sum(axis=1)
    crowded /= 1.0 + crowded.max(initial=0.0)
    while (lacking := demand.lacking(found)).any():
        met = np.append(lacking > 0, False)[demand.group].sum(axis=1)
        met[~demand.room(found)] = 0
        if not met.any() or found.sum() >= demand.budget:
            return None
        found[(met - crowded).argmax()] += 1
    return found if demand.allows(found) else None


def repaired(demand: Demand, held: Counts, full: Counts, sort: int) -> Counts | None:
    """A full list that takes in one more of a sort, made from another, if that works.

    Obstructing people leave, and others for the required groups replace them.
    """
    kept, found = held.copy(), full.copy()
    kept[sort] += 1
    found[sort] += 1
    over = np.append(demand.count(found) > demand.most, False)
    for one in np.flatnonzero(found > kept).tolist():
        if over[demand.group[one]].any():
            found[one] -= 1
            over = np.append(demand.count(found) > demand.most, False)
    return by_need(demand, without_idle(demand, kept, found))


def without_idle(demand: Demand, held: Counts, full: Counts) -> Counts:
    """A full list without those that no least number needs, beyond those held."""
    found = full.copy()
    spare = demand.count(found) - demand.least
    for sort in np.flatnonzero(found > held).tolist():
        groups = demand.group[sort]
        groups = groups[groups >= 0]
        idle = found[sort] - held[sort]
        if len(groups):
            idle = min(idle, int(spare[groups].min()))
        found[sort] -= max(idle, 0)
        spare[groups] -= max(idle, 0)
    return found


def swaps(
    demand: Demand, held: Counts, full: Counts, doubt: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The class of a full list that can be exchanged for another.

    Args:
        demand: what the list keeps.
        held: the people to keep, shape (sorts,).
        full: a full list that holds them.
        doubt: sorts to take in, shape (d,), none with more held than there are.

    Returns:
        For each of *doubt* the first sort that can make way, shape (d,); -1 for none.
    """
    leaving = np.flatnonzero(full > held)
    if not len(leaving):
        return np.full(len(doubt), -1)
    count = demand.count(full)
    # one more entry, for those without a group
    tight = np.append(count <= demand.least, False)
    packed = np.append(count >= demand.most, False)
    can = np.ones((len(doubt), len(leaving)), np.bool_)
    for column in demand.group.T:
        comes, goes = column[doubt][:, None], column[leaving][None]
        # a group that is just large enough loses nobody, one that is packed wins nobody
        can &= (comes == goes) | ~(tight[goes] | packed[comes])
    can &= doubt[:, None] != leaving[None]
    first = can.argmax(axis=1)
    return np.where(can.any(axis=1), leaving[first], -1)
