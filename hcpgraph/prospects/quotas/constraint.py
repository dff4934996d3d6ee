"""The quota constraint: candidates for the next pick."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.errors import InfeasibleLimits
from hcpgraph.model.quotas import Quota, fold
from hcpgraph.prospects.quotas.conflict import conflict
from hcpgraph.prospects.quotas.feasibility import (
    Demand,
    repaired,
    swaps,
    without_idle,
)
from hcpgraph.prospects.quotas.groups import classes_of, groups_of, notes_of, people
from hcpgraph.prospects.quotas.integer_programs import completion
from hcpgraph.prospects.quotas.upper_bound import best_sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.quotas import Quotas
    from hcpgraph.prospects.quotas.feasibility import Counts
    from hcpgraph.prospects.quotas.groups import Group

_FULL: Final = 16  # full lists remembered of each list begun

_TRIES: Final = 8  # to repair a full list, before only programs are solved


@dataclass(frozen=True, slots=True, eq=False)
class QuotaConstraint:
    """What the limits of a list allow, for one set of candidates.

    Places are positions among the candidates, from 0. Made by ``make_rule``.

    Attributes:
        groups: every group with a limit that matters.
        group: of each candidate, one column per limited column, shape (c, columns),
            int64: positions in *groups*; -1 for none.
        demand: what the list must keep, by sort of candidate.
        sort: of each candidate, shape (c,), int64.
        include: places that must be on the list, ascending.
        notes: notes for the reader of the limits, as sentences.
    """

    groups: tuple[Group, ...]
    group: NDArray[np.int64]
    demand: Demand
    sort: NDArray[np.int64]
    include: NDArray[np.int64]
    notes: tuple[str, ...]
    # what was found out of lists begun, by the sorts of those on them
    _known: dict[bytes, _Begun] = field(default_factory=dict, init=False, repr=False)

    def open(
        self, picked: Sequence[int], gain: NDArray[np.number] | None = None
    ) -> NDArray[np.bool_]:
        """Who may be picked next, so that the list can still keep every limit.

        Required people come first, so that the others are picked to go
        with them. An open candidate can be followed by others until all least numbers
        are met, within the budget. Picking only open candidates, until it
        leaves nobody, gives a list that keeps every limit.

        Args:
            picked: places on the list already, in the order of picking, each of
                them open when it was picked.
            gain: what each candidate would add, shape (c,), where only the best of
                those open is looked for. It saves proofs: a candidate of less gain than
                the best may then be called closed without having been looked at.

        Returns:
            Truth per candidate, shape (c,); false for those on the list.

        Raises:
            ValueError: if those picked can be part of no list.
        """
        taken = self._taken(picked)
        if not taken[self.include].all():
            first = np.zeros_like(taken)
            first[self.include] = True
            return first & ~taken
        begun = self._begun(picked)
        worth = np.full(len(begun.held), np.inf)
        if gain is not None:
            worth[:] = -np.inf
            np.maximum.at(worth, self.sort[~taken], gain[~taken])
        begun = _settled(self.demand, begun, worth)
        self._known[begun.held.tobytes()] = begun
        return begun.open[self.sort] & ~taken

    def most(self, gain: NDArray[np.float64], size: int) -> float:
        """No list of *size* people that keeps the limits gains more than this.

        For each limited column alone the best list is known exactly: the best of
        each group that needs some, then the best of all with room in their group
        for. A list keeps all columns at once, so the least of these sums is a bound.

        Args:
            gain: what each candidate adds, shape (c,), from 0 up.
            size: people on the list.

        Returns:
            The bound; where nothing is limited, the sum of the *size* largest gains.
        """
        if not self.groups and not len(self.include) and size < len(gain):
            # all sums run over sorted gains, so that equal lists have equal sums
            first = len(gain) - size
            return float(np.sort(np.partition(gain, first - 1)[first:]).sum())
        must = np.zeros(len(gain), np.bool_)
        must[self.include] = True
        if not self.groups:
            alone = np.full(len(gain), -1)
            return best_sum(gain, alone, self.demand, must, size=size)
        return min(
            best_sum(gain, column, self.demand, must, size=size)
            for column in self.group.T
        )

    def short(self, picked: Sequence[int]) -> str | None:
        """Why a list ends before its budget, in words; None if no limit ends it.

        Args:
            picked: places on the list.
        """
        budget, taken = self.demand.budget, self._taken(picked)
        if len(picked) >= budget or taken.all() or self.open(picked).any():
            return None
        full = self.demand.count(self._held(taken)) >= self.demand.most
        left_out = Counter[Quota]()
        for place in np.flatnonzero(full).tolist():
            limit = self.groups[place].asked
            if limit is not None:
                inside = (self.group == place).any(axis=1)
                left_out[limit] += int((inside & ~taken).sum())
        words = "; ".join(
            f"{limit} ({people(n)} left out)"
            for limit, n in sorted(
                left_out.items(), key=lambda one: (-one[1], str(one[0]))
            )
            if n
        )
        return f"the list ends at {len(picked)} of {budget} people: {words}"

    def _taken(self, picked: Sequence[int]) -> NDArray[np.bool_]:
        taken = np.zeros(len(self.sort), np.bool_)
        taken[np.asarray(picked, np.int64)] = True
        return taken

    def _held(self, taken: NDArray[np.bool_]) -> Counts:
        """Classes of the people on the list and of required people."""
        on = taken.copy()
        on[self.include] = True
        return np.bincount(self.sort[on], minlength=len(self.demand.supply))

    def _begun(self, picked: Sequence[int]) -> _Begun:
        """What is known of a list begun, or follows from what was one step earlier."""
        demand, held = self.demand, self._held(self._taken(picked))
        if held.tobytes() in self._known:
            return self._known[held.tobytes()]
        before = _Begun(held, np.ones(len(held), np.bool_), np.zeros(0, np.bool_), ())
        if len(picked):
            earlier = self._held(self._taken(picked[:-1]))
            before = self._known.get(earlier.tobytes(), before)
        # a candidate closed a step earlier stays closed
        possible = before.possible & demand.useful(held)
        if not demand.lacking(held).any() and demand.allows(held):
            return _Begun(held, possible, possible, ())
        fulls = [_with(demand, before, full, held) for full in before.fulls]
        kept = [full for full in fulls if full is not None]
        if not kept:
            full = completion(demand, held)
            if full is None:
                raise ValueError("those picked leave no way to keep every limit")
            kept.append(without_idle(demand, held, full))
        shown = np.zeros_like(possible)
        for full in kept:
            shown |= _shown_by(demand, held, full, possible & ~shown)
        return _Begun(held, possible, shown, tuple(kept))


@dataclass(frozen=True, slots=True, eq=False)
class _Begun:
    """A list begun, by sorts.

    Attributes:
        held: how many of each sort are on it.
        possible: sorts not known to be closed.
        open: sorts of which one more is on, or fits on, some full list.
        fulls: full lists that hold it; whatever sort is open, one of them shows it.
    """

    held: Counts
    possible: NDArray[np.bool_]
    open: NDArray[np.bool_]
    fulls: tuple[Counts, ...]


def _settled(demand: Demand, begun: _Begun, worth: NDArray[np.float64]) -> _Begun:
    """Until no sort is in doubt that is worth as much as the best known to be open."""
    held, possible, shown = begun.held, begun.possible.copy(), begun.open.copy()
    fulls, tried = list(begun.fulls), 0
    while True:
        best = worth[shown].max(initial=-np.inf)
        doubt = possible & ~shown & (worth >= best)
        if not doubt.any():
            break
        found = None
        if tried < _TRIES:  # a try at the most worthwhile is cheaper than a program
            first = int(np.where(doubt, worth, -np.inf).argmax())
            found = repaired(demand, held, fulls[tried % len(fulls)], first)
            tried += 1
        if found is None:
            found = completion(demand, held, doubt)
        if found is None:  # no full list has one more of any of them
            possible &= ~doubt
            continue
        fulls.append(without_idle(demand, held, found))
        shown |= _shown_by(demand, held, fulls[-1], possible & ~shown)
    return _Begun(held, possible, shown, tuple(fulls[-_FULL:]))


def _shown_by(
    demand: Demand, held: Counts, full: Counts, doubt: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Sorts in doubt that a full list has, has room for, or can take in by a swap."""
    shown = full > held
    if full.sum() < demand.budget:
        shown |= demand.room(full)
    left = np.flatnonzero(doubt & ~shown)
    shown[left] = swaps(demand, held, full, left) >= 0
    return doubt & shown


def _with(demand: Demand, before: _Begun, full: Counts, held: Counts) -> Counts | None:
    """A full list of one step earlier, made to hold all that is held now, if it can."""
    found = full.copy()
    for sort in np.flatnonzero(held > full).tolist():
        if found.sum() >= demand.budget or not demand.room(found)[sort]:
            leaves = int(swaps(demand, before.held, found, np.array([sort]))[0])
            if leaves < 0:
                return None
            found[leaves] -= 1
        found[sort] += 1
    return without_idle(demand, held, found)


def make_constraint(
    limits: Quotas,
    values: Mapping[str, Sequence[str | None]],
    *,
    n_candidates: int,
    budget: int,
    include: Sequence[int] | NDArray[np.integer] = (),
) -> QuotaConstraint:
    """What limits mean for the candidates at hand.

    Someone whose value is not known (None, or blank) belongs to no group of that
    column: may be picked whatever its limits, and helps to meet none of them.

    Args:
        limits: what the list must keep.
        values: column -> the value of each candidate, each of length *n_candidates*;
            holds every column of *limits*.
        n_candidates: how many there are.
        budget: people on the list at most, from 0 up.
        include: places of required people.

    Raises:
        InfeasibleLimits: if no list keeps all limits, naming a smallest set of
            limits that cannot be kept together.
        ValueError: if *budget* is negative, a column is missing or of another
            length, or *include* names no candidate.

    >>> from hcpgraph.model.quotas import Quotas
    >>> rule = make_constraint(
    ...     Quotas.parse(["country=1"], ["specialty:oncology=1"]),
    ...     {"country": ["DE", "de", "FR"], "specialty": ["Oncology", None, None]},
    ...     n_candidates=3,
    ...     budget=2,
    ... )
    >>> rule.open([]).tolist(), rule.open([2]).tolist()
    ([True, False, True], [True, False, False])
    """
    must = _check(limits, values, n_candidates, budget, include)
    groups: list[Group] = []
    columns = []
    for column in limits.columns:
        found = groups_of(column, values[column], limits, budget)
        place = {fold(group.value): len(groups) + i for i, group in enumerate(found)}
        code = {one: place.get(fold(one or ""), -1) for one in set(values[column])}
        codes = [code[one] for one in values[column]]
        if found:
            groups += found
            columns.append(np.array(codes, np.int64))
    group = (
        np.stack(columns, axis=1) if columns else np.empty((n_candidates, 0), np.int64)
    )
    kinds, sort = classes_of(group)
    demand = Demand(
        group=kinds,
        supply=np.bincount(sort, minlength=len(kinds)),
        least=np.array([one.least for one in groups], np.int64),
        most=np.array(
            [n_candidates if one.most is None else one.most for one in groups], np.int64
        ),
        budget=budget,
    )
    rule = QuotaConstraint(
        tuple(groups), group, demand, sort, must, notes_of(limits, values)
    )
    _require(rule)
    return rule


def _check(
    limits: Quotas,
    values: Mapping[str, Sequence[str | None]],
    n_candidates: int,
    budget: int,
    include: Sequence[int] | NDArray[np.integer],
) -> NDArray[np.int64]:
    """The places that must be on the list, ascending, once all is known to be sound."""
    if budget < 0:
        raise ValueError(f"budget must be 0 or more, got {budget}")
    for column in limits.columns:
        if column not in values:
            raise ValueError(f"limits of {column} need the {column} of every candidate")
        if len(values[column]) != n_candidates:
            raise ValueError(
                f"{column} has {len(values[column])} values for {n_candidates}"
                " candidates"
            )
    must = np.unique(np.asarray(include, np.int64))
    if len(must) and not 0 <= must[0] <= must[-1] < n_candidates:
        raise ValueError(f"'include' names places beyond the {n_candidates} candidates")
    return must


def _require(rule: QuotaConstraint) -> None:
    """See that a list exists, or say why none does."""
    held = rule._held(rule._taken([]))
    if completion(rule.demand, held) is not None:
        return
    why = conflict(rule.demand, held)
    alone = len(why.least) + len(why.most) + why.held + why.budget == 1
    limits, reasons = [], []
    if why.held:
        reasons.append(f"{people(len(rule.include))} to include")
    if why.budget:
        reasons.append(f"a budget of {rule.demand.budget}")
    for place in why.least:
        group = rule.groups[place]
        limit = Quota(group.column, group.value, least=group.least)
        limits.append(limit)
        has = _has_it(group.size, alone)
        reasons.append(f"{limit}, but {has}" if alone else f"{limit} ({has})")
    for place in why.most:
        group = rule.groups[place]
        limit = Quota(group.column, group.value, most=group.most)
        limits.append(limit)
        must = int(rule.demand.count(held)[place]) if why.held else 0
        note = f" ({must} to include)" if must else ""
        reasons.append(f"{limit}{note}")
    raise InfeasibleLimits(
        reasons,
        limits=limits,
        included=len(rule.include) if why.held else 0,
        budget=rule.demand.budget if why.budget else None,
    )


def _has_it(count: int, alone: bool) -> str:
    """How many candidates belong to a group, in words."""
    if not count:
        return "no candidate has it"
    has = "1 candidate has it" if count == 1 else f"{count} candidates have it"
    return f"only {has}" if alone else has
