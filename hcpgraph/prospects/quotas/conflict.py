"""Conflicting quotas: a smallest infeasible set (QuickXplain)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.prospects.quotas.integer_programs import completion

if TYPE_CHECKING:
    from collections.abc import Callable

    from hcpgraph.prospects.quotas.feasibility import Counts, Demand


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot be kept together; without any one of them, they can.

    Attributes:
        least: groups whose least number is among them, ascending.
        most: groups whose largest number is among them, ascending.
        held: whether required people are.
        budget: whether the budget is.
    """

    least: tuple[int, ...]
    most: tuple[int, ...]
    held: bool
    budget: bool


def conflict(demand: Demand, held: Counts) -> Conflict:
    """Why no list can keep a demand: demands of which none can be left out.

    Found by QuickXplain [1], least numbers first, largest numbers last.

    Args:
        demand: that no list keeps.
        held: required people, shape (sorts,).

    References:
        [1] Junker (2004), "QUICKXPLAIN: preferred explanations and relaxations for
            over-constrained problems", AAAI, 167-172.
    """
    n = len(demand.least)
    people, budget = n, n + 1
    everyone = int(demand.supply.sum())
    parts = [
        *np.flatnonzero(demand.least > 0).tolist(),
        people,
        budget,
        *(n + 2 + np.flatnonzero(demand.most < everyone)).tolist(),
    ]

    def impossible(kept: list[int]) -> bool:
        on = np.zeros(2 * n + 2, np.bool_)
        on[kept] = True
        # as many as there are is no limit
        relaxed = replace(
            demand,
            least=np.where(on[:n], demand.least, 0),
            most=np.where(on[n + 2 :], demand.most, everyone),
            budget=demand.budget if on[budget] else everyone,
        )
        start = held if on[people] else np.zeros_like(held)
        return completion(relaxed, start) is None

    found = _irreducible(impossible, [], parts, grown=False)
    return Conflict(
        least=tuple(sorted(part for part in found if part < n)),
        most=tuple(sorted(part - n - 2 for part in found if part > budget)),
        held=people in found,
        budget=budget in found,
    )


def _irreducible(
    impossible: Callable[[list[int]], bool],
    kept: list[int],
    parts: list[int],
    *,
    grown: bool,
) -> list[int]:
    """Those of *parts* without any of which, beside *kept*, all would be possible.

    Args:
        impossible: whether some demands cannot be kept together.
        kept: demands that stay.
        parts: demands to look at, the preferred first.
        grown: whether *kept* grew since it was last found possible.
    """
    if grown and impossible(kept):
        return []
    if len(parts) == 1:
        return parts
    first, second = parts[: len(parts) // 2], parts[len(parts) // 2 :]
    later = _irreducible(impossible, kept + first, second, grown=True)
    sooner = _irreducible(impossible, kept + later, first, grown=bool(later))
    return sooner + later
