"""Groups of candidates and their quotas."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.quotas import Quota, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.quotas import Quotas


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates who share a value of a column, and what limits them.

    Attributes:
        column: such as ``"country"``.
        value: as first spelled by a candidate, or else by the limit.
        size: how many candidates.
        least: how many the list must hold, from 0.
        most: how many it may hold; None for any number, also where a limit allows as
            many as there are or as the list holds.
        asked: the limit that set *most*, as it was asked for.
    """

    column: str
    value: str
    size: int
    least: int
    most: int | None
    asked: Quota | None


def groups_of(
    column: str, values: Sequence[str | None], limits: Quotas, budget: int
) -> list[Group]:
    """The groups of a column that a limit matters to, by their values."""
    size = Counter[str]()
    for one, count in Counter(values).items():
        if one and one.strip():
            size[fold(one)] += count
    mine = [limit for limit in limits.limits if limit.column == column]
    # the first spelling wins, so it is written last
    spelled = {fold(one.value): one.value for one in mine if one.value}
    spelled |= {fold(one): one for one in reversed(dict.fromkeys(values)) if one}
    least_of = {_key(one): one for one in mine if one.least is not None}
    most_of = {_key(one): one for one in mine if one.most is not None}
    found = []
    for key in sorted({*size, *filter(None, least_of), *filter(None, most_of)}):
        # who asks for some of each group means the groups that candidates have
        least = least_of.get(key) or (least_of.get(None) if size[key] else None)
        most = most_of.get(key) or most_of.get(None)
        number = None if most is None else most.most
        if number is not None and number >= min(size[key], budget):
            number = most = None
        if least or most:
            found.append(
                Group(
                    column=column,
                    value=spelled[key].strip(),
                    size=size[key],
                    least=least.least or 0 if least else 0,
                    most=number,
                    asked=most,
                )
            )
    return found


def _key(limit: Quota) -> str | None:
    return None if limit.value is None else fold(limit.value)


def classes_of(group: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The groups of each sort of candidate, and the sort of each candidate."""
    if not group.shape[1]:
        return np.empty((min(len(group), 1), 0), np.int64), np.zeros(
            len(group), np.int64
        )
    kinds, sort = np.unique(group, axis=0, return_inverse=True)
    return kinds, sort.ravel()


def notes_of(
    limits: Quotas, values: Mapping[str, Sequence[str | None]]
) -> tuple[str, ...]:
    """Limits that no candidate has to do with, and candidates without a value."""
    notes = []
    for column in limits.columns:
        known = {fold(one) for one in set(values[column]) if one} - {""}
        idle = [
            str(limit)
            for limit in limits.limits
            if limit.column == column and limit.value and _key(limit) not in known
        ]
        notes += [f"{limit}: no candidate has it" for limit in idle]
        unknown = sum(not (one and one.strip()) for one in values[column])
        if unknown:
            notes.append(
                f"the {column} of {people(unknown)} is not known: no limit of"
                f" {column} counts them"
            )
    return tuple(notes)


def people(count: int) -> str:
    """A number of people, in words."""
    return "1 person" if count == 1 else f"{count} people"
