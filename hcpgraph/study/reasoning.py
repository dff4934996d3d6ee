"""Ask a study why a person has a rank; names leave through the policy alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import policy, ranking
from hcpgraph.errors import AmbiguousAccount
from hcpgraph.model.explanation import Explanation
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.narrative import robustness, standing
from hcpgraph.ranking.explain.context import open_context
from hcpgraph.ranking.explain.endorsers import endorsers
from hcpgraph.study import naming, releasing, scoring, selecting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.store import Store
    from hcpgraph.study.scoring import Question, ScoredArea

_CARRYING = 60  # endorsers of whom those are shown who may be named


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the explanation is about.

    Attributes:
        account: account number.
        asked: as the caller named them.
        id: as printed in lists.
        who: handle, name, role and place in one line.
    """

    account: int
    asked: str
    id: str
    who: str


def explain(store: Store, question: Question, name: str) -> Explanation:
    """Why a person has the rank that ``rank`` would print.

    Args:
        store: open for reading.
        question: as for a ranking by score, of one area or the whole study.
        name: an id, ``platform:id`` or ``@handle``.

    Raises:
        UnknownAccount: if the study has no such account, or none that may be listed.
        AmbiguousAccount: if several platforms have one.
        UnknownArea: if the study has no such area.
        ValueError: if the person is not ranked there; the message says why.
    """
    person = find_person(store, question, name)
    selecting.area_slugs(store, question.selection)
    fields = _fields(store, question, person)
    place = _place(store, question, fields, person)
    return _explanation(store, question, place, fields, person)


def _fields(store: Store, question: Question, person: Person) -> list[ScoredArea]:
    """The areas in which the person has ties, ranked; the others need no ranking."""

    def asked(area: str | None) -> Question:
        return replace(question, selection=replace(question.selection, area=area))

    areas = [
        area
        for area, ties in selecting.ties_by_area(store, asked(EVERY_AREA).selection)
        if person.account in ties.source or person.account in ties.target
    ]
    return [scoring.read_scored_areas(store, asked(area))[0] for area in areas]


def find_person(store: Store, question: Question, name: str) -> Person:
    """The account called *name*, if the policy lets it be listed.

    Raises:
        UnknownAccount: if there is none, or it must never be listed: which of the two
            is not told.
        ValueError: if it is not listed for this audience; the message says why.
    """
    account = _listable(store, name)
    roles = store.read_roles(np.array([account], np.int32))
    audience = releasing.audience_of(store, question.selection)
    held = policy.release(roles, audience=audience).held
    if held:
        raise ValueError(
            f"{name!r} is held back from lists for audience {audience!r}:"
            f" {', '.join(held)}"
        )
    found, _ = releasing.read_profiles(store, [account])
    profile = {key: cells[0] for key, cells in found.items()}
    handle = f"@{profile['handle']}" if profile["handle"] else None
    known = ("name", "role", "specialty", "institution", "country")
    parts = [handle or profile["id"], *(profile[key] for key in known)]
    who = ", ".join(part for part in parts if part and part != "unknown")
    return Person(account, name, str(profile["id"]), who)


def _listable(store: Store, name: str) -> int:
    """The account called *name*, as if nobody else than who may be listed existed."""
    (found,) = store.resolve_many([name])
    roles = store.read_roles(np.array(sorted(found.values()), np.int32))
    free = set(roles.account[roles.listable].tolist())
    found = {platform: one for platform, one in found.items() if one in free}
    if not found:
        raise store.unknown(name)
    if len(found) > 1:
        raise AmbiguousAccount(name, [f"{platform}:{name}" for platform in found])
    return next(iter(found.values()))


def _place(
    store: Store, question: Question, fields: list[ScoredArea], person: Person
) -> ScoredArea:
    """The field that the question is about; the person is listed in it."""
    area = question.selection.area
    place: ScoredArea | None
    if area is None:
        place = scoring.read_scored_areas(store, question)[0]
    else:
        place = next((field for field in fields if field.area == area), None)
    if place is not None and person.account in _listed(place).account:
        return place
    where = f"in {area}" if area else "in the study"
    if question.selection.since or question.selection.until:
        where += " in this period"
    if place is not None and person.account in place.accounts.account:
        raise ValueError(
            f"{person.asked!r} has a rank {where}, but not among the people asked for;"
            " leave out country, specialty and role"
        )
    others = [
        str(field.area) for field in fields if person.account in _listed(field).account
    ]
    there = f"; ranked in {', '.join(others)}" if others else ""
    raise ValueError(f"{person.asked!r} has no ties {where}, and so no rank{there}")


def _listed(place: ScoredArea) -> Scored:
    return place.standings.only(place.accounts, place.allowed)


def _interval(
    place: ScoredArea, question: Question, case: ExplanationContext
) -> tuple[int | None, int | None, int | None]:
    """Best and worst rank and the tier, if the question has draws."""
    if not question.draws:
        return None, None, None
    found = ranking.with_intervals(
        case.listed,
        place.ties,
        place.accounts,
        weights=place.weights,
        layers=question.selection.layers,
        top=case.rank,
        resamples=question.draws,
        seed=question.seed,
    )
    low, high, tier = (
        None if column is None else int(column[case.place])
        for column in (found.low, found.high, found.tier)
    )
    return low, high, tier


def _case(place: ScoredArea, question: Question, person: Person) -> ExplanationContext:
    return open_context(
        place.ties,
        place.accounts,
        person.account,
        allowed=place.allowed,
        weights=place.weights,
        layers=question.selection.layers,
        measure=question.measure,
        seed=question.seed,
    )


def _explanation(
    store: Store,
    question: Question,
    place: ScoredArea,
    fields: list[ScoredArea],
    person: Person,
) -> Explanation:
    case = _case(place, question, person)
    carrying = endorsers(case, top=_CARRYING)
    layers = standing.posts_of(case)
    posts = store.read_posts(np.array(sorted(layers), np.int32))
    nameable = _nameable(store, question, place)
    wanted = {one.account for one in carrying} | {post.author for post in posts}
    names = naming.call(store, (wanted & nameable) | _around(case))
    low, high, tier = _interval(place, question, case)
    return Explanation(
        id=person.id,
        who=person.who,
        area=place.area,
        rank=case.rank,
        of=len(case.listed),
        score=case.score,
        rank_low=low,
        rank_high=high,
        tier=tier,
        says=_opening(case, place.area, (low, high, tier)),
        contributions=standing.contributions(case),
        signals=standing.signals(case),
        endorsers=standing.endorsed(
            case, carrying, names, len(_attending(case) & nameable)
        ),
        leaning=standing.leaning(case, carrying, nameable, high),
        evidence=standing.evidence(posts, layers, names),
        areas=standing.areas(_over_areas(fields, person)),
        periods=robustness.periods(case),
        gaps=robustness.gaps(case, names),
        layers=robustness.layers(case),
        fakes=robustness.bought(case),
        boosting=robustness.boosted(case),
        notes=place.notes,
        parameters={
            **question.selection.parameters(),
            "own_weights": dict(question.own_weights),
            "person": person.asked,
            "resamples": question.draws,
            "engine": question.engine.name,
            "seed": question.seed,
        },
    )


def _around(case: ExplanationContext) -> set[int]:
    """The person and their neighbours in the list, by account number."""
    rows = slice(max(case.place - 1, 0), case.place + 2)
    return set(case.listed.account[rows].tolist())


def _nameable(store: Store, question: Question, place: ScoredArea) -> set[int]:
    """Everyone of a field who may be named, whatever the filters of the question."""
    plain = replace(question.selection, country=None, specialty=None, role=None)
    allowed, _ = selecting.release(store, plain, place.accounts)
    return set(place.accounts.account[allowed].tolist())


def _attending(case: ExplanationContext) -> set[int]:
    """Everyone who attends to the person, by account number."""
    pairs = case.record.pairs
    return set(pairs.account[pairs.source[pairs.target == case.row]].tolist())


def _opening(
    case: ExplanationContext,
    area: str | None,
    sure: tuple[int | None, int | None, int | None],
) -> tuple[str, ...]:
    """Rank, interval, tier and score in a sentence."""
    low, high, tier = sure
    said = f"Rank {case.rank} of {len(case.listed)} in {area or 'the whole study'}"
    if low is not None and high is not None:
        said += f" (90 % interval {low} to {high})"
    said += f", score {case.score:.2f}"
    if tier is not None:
        said += f", tier {tier}"
    return (f"{said}.",)


def _over_areas(
    fields: list[ScoredArea], person: Person
) -> list[tuple[str, int, int, float]]:
    """(area, rank, of, score) where the person is listed, the best rank first."""
    found = []
    for field in fields:
        listed = _listed(field)
        rows: NDArray[np.intp] = np.flatnonzero(listed.account == person.account)
        if len(rows):
            row = int(rows[0])
            score = float(listed.score[row])
            found.append((str(field.area), row + 1, len(listed), score))
    return sorted(found, key=lambda one: (one[1], one[0]))
