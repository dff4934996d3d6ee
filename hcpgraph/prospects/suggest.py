"""Prospects: influence maximisation within quotas, with descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.prospects import Certificate, ProspectPlan
from hcpgraph.model.ranks import best_first
from hcpgraph.prospects.candidates import barred_people
from hcpgraph.prospects.descriptions import (
    additional_audience,
    describe,
    known_audience,
)
from hcpgraph.prospects.influence.maximizing import choose
from hcpgraph.prospects.people import limited_values
from hcpgraph.prospects.problem import set_out
from hcpgraph.prospects.quotas.constraint import make_constraint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.prospects.influence.maximizing import Choice
    from hcpgraph.prospects.influence.opim import SelectionRule
    from hcpgraph.prospects.people import PeopleData
    from hcpgraph.prospects.problem import ProblemInstance
    from hcpgraph.prospects.quotas.constraint import QuotaConstraint
    from hcpgraph.prospects.request import ProspectRequest

_LEAST_GAIN: Final = 1.2  # accounts, the person included


def suggest(
    ties: Ties,
    accounts: Accounts,
    scored: Scored,
    request: ProspectRequest,
    people: PeopleData,
    *,
    layers: Mapping[str, float],
) -> ProspectPlan:
    """The set of people with the largest additional reach beyond the known.

    Influence is thought to run from a person to their in-neighbours, each moved
    with a probability (see ``area``). Picks are greedy on random reverse-reachable
    sets, with a certificate (see ``maximizing``), among people who are ranked, free
    and fit (see ``candidates``), within the limits of the wish. Of people who add as
    much, the better ranked comes first; who adds nobody comes last.

    Args:
        ties: the ties of the area and the period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        scored: everyone ranked, best first.
        request: what the list is to be.
        people: attributes of people beyond their ties.
        layers: weight of each layer that counts, from 0 up.

    Returns:
        At most as many picks as the budget, fewer only if candidates or limits end;
        coverage never falls.

    Raises:
        InfeasibleLimits: if no list keeps all limits.
        ValueError: if *people* does not fit *accounts*, or somebody who must be on the
            list cannot be.
    """
    problem = set_out(ties, accounts, scored, request, people, layers=layers)
    area, found = problem.area, problem.found
    values = limited_values(request.limits, area, found, people, kinds=problem.kinds)
    rule = make_constraint(
        request.limits,
        values,
        n_candidates=len(found),
        budget=request.budget,
        include=found.places_of(request.include),
    )
    if not area.pairs.n_accounts:
        note = "nobody to suggest: no ties of this area and period"
        return ProspectPlan((), {"chosen": (0.0,)}, None, (note,))
    choice = _choose(problem, rule)
    place = _places(problem)[choice.positions]
    picks, foretold = describe(problem, choice, place)
    sure = Certificate(choice.lower, choice.upper, choice.probability)
    short = rule.short(place.tolist())
    return ProspectPlan(
        picks=picks,
        reach=_reach(problem, choice, rule),
        certificate=sure if picks else None,
        notes=(
            *_notes(problem, choice),
            *rule.notes,
            *((short,) if short else _ends(problem, choice)),
            *_kept_out(problem, choice),
            foretold,
        ),
    )


def _choose(problem: ProblemInstance, rule: QuotaConstraint) -> Choice:
    """Choose among the candidates, on sets that tell of the barred as well.

    Candidates stand in the order in which ties are broken, the barred behind them.
    """
    request, found = problem.request, problem.found
    barred = barred_people(problem.area, problem.accounts, request)
    barred = barred[~np.isin(barred, found.position)]
    if len(barred) > len(found):  # the loud among them: others are on no list
        loud = np.argsort(-problem.area.pairs.audience()[barred], kind="stable")
        barred = barred[np.sort(loud[: len(found)])]
    among = np.concatenate([found.position, barred])
    return choose(
        problem.area.probabilities,
        min(request.budget, len(found)),
        known=problem.known,
        candidates=among,
        order=np.arange(len(among)),
        rule=_OfCandidates(rule, len(found), len(barred)),
        model=request.model,
        error=request.error,
        seed=request.seed,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _OfCandidates:
    """A selection rule for candidates that are followed by barred people.

    Attributes:
        rule: of the candidates.
        candidates: how many of them.
        barred: how many others.
    """

    rule: SelectionRule
    candidates: int
    barred: int

    def open(self, picked: list[int], gain: NDArray[np.int64]) -> NDArray[np.bool_]:
        mine = self.rule.open(picked, gain[: self.candidates])
        return np.concatenate([mine, np.zeros(self.barred, np.bool_)])

    def most(self, gain: NDArray[np.float64], size: int) -> float:
        return self.rule.most(gain[: self.candidates], size)


def _places(problem: ProblemInstance) -> NDArray[np.intp]:
    """The place among the candidates of each position in the area; -1 for others."""
    place = np.full(problem.area.pairs.n_accounts, -1, np.intp)
    place[problem.found.position] = np.arange(len(problem.found))
    return place


def _reach(
    problem: ProblemInstance, choice: Choice, rule: QuotaConstraint
) -> dict[str, tuple[float, ...]]:
    """What the choice reaches, and what obvious lists within the limits would."""
    size, pairs = len(choice.positions), problem.area.pairs
    ranked = problem.found.position
    leading = np.arange(len(ranked))
    loud = best_first(pairs.audience()[ranked])
    spread = {
        "chosen": choice.spread,
        "ranking": choice.reach_of(ranked[_first(leading, rule, size)]),
        "in-degree": choice.reach_of(ranked[_first(loud, rule, size)]),
    }
    return {
        name: tuple((reached / pairs.n_accounts).tolist())
        for name, reached in spread.items()
    }


def _first(order: NDArray[np.intp], rule: QuotaConstraint, size: int) -> list[int]:
    """The first *size* places in an order that the rule lets stand together."""
    worth = np.empty(len(order), np.int64)
    worth[order] = np.arange(len(order), 0, -1)
    picked: list[int] = []
    while len(picked) < size:
        left = np.where(rule.open(picked, worth), worth, 0)
        if not left.any():
            break
        picked.append(int(left.argmax()))
    return picked


def _notes(problem: ProblemInstance, choice: Choice) -> Iterator[str]:
    """How good the choice is, and what it rests on."""
    n = problem.area.pairs.n_accounts
    yield problem.area.note
    for reason, count in problem.found.unfit.items():
        yield f"left out: {count} {reason} (--anyone includes them)"
    if len(choice.positions):
        yield (
            f"audience: {len(known_audience(problem)):,} of {n:,} accounts follow or"
            " respond to someone you know; the list adds"
            f" {additional_audience(problem, choice.positions):,}"
        )
        yield (
            f"expected reach{problem.area.period}: {choice.spread[0] / n:.1%} of"
            f" accounts by your contacts, {choice.spread[-1] / n:.1%} with the"
            f" {len(choice.positions)} prospects; at least {choice.certificate:.0%} of"
            f" the optimum, with probability {choice.probability:.3f}"
        )


def _ends(problem: ProblemInstance, choice: Choice) -> Iterator[str]:
    """Where the list ends for want of people, and from where on it adds little."""
    count, budget = len(choice.positions), problem.request.budget
    if not count and budget:
        yield "nobody to suggest: everyone is known, excluded or may not be listed"
    elif count < budget:
        yield f"the list ends at {count} of {budget}: no further candidates"
    gaining = np.flatnonzero(choice.gains >= _LEAST_GAIN)
    last = int(gaining[-1]) + 1 if len(gaining) else 0
    if last < count:
        yield (
            f"from rank {last + 1} on, each person adds fewer than {_LEAST_GAIN:g}"
            " accounts"
        )


def _kept_out(problem: ProblemInstance, choice: Choice) -> Iterator[str]:
    """How many would have been chosen, but are excluded or must not be listed."""
    free = choice.without_rule(problem.request.budget)
    kept = int((_places(problem)[free] < 0).sum())
    if kept:
        yield (
            f"exclusions: {kept} of the {len(free)} people of highest reach"
            " are excluded or must not be listed, and not on the list"
        )
