"""``explain``: why a person has a rank; names leave through the policy alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import ranking
from hcpgraph.errors import AmbiguousAccount
from hcpgraph.model.explanation import Explanation
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.narrative import robustness, standing
from hcpgraph.ranking.explain.context import open_context
from hcpgraph.ranking.explain.endorsers import endorsers
from hcpgraph.ranking.explain.gaps import neighbours
from hcpgraph.study import explaining, viewing
from hcpgraph.study.scored_area import draws_of, measure_of, scored_area

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.query import Query
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import ScoredArea

_CARRYING = 60  # endorsers of whom those are shown who may be named


@dataclass(frozen=True, slots=True)
class Person:
    """The person an explanation is about.

    Attributes:
        account: account number.
        asked: as the caller named them.
        id: as printed in lists.
        who: handle, name, role and place in one line.
        notes: how much of that is left out, as it may name somebody.
    """

    account: int
    asked: str
    id: str
    who: str
    notes: tuple[str, ...] = ()


def answer(opened: OpenStudy, query: Query, name: str) -> Explanation:
    """Why a person has the rank that ``rank`` would print.

    Args:
        opened: the study.
        query: as for a ranking by score, of one area or the whole study.
        name: an id, ``platform:id`` or ``@handle``.

    Raises:
        UnknownAccount: if the study has no such account, or none that may be listed.
        AmbiguousAccount: if several platforms have one.
        UnknownArea: if the study has no such area.
        WithheldList: if the viewer sees nothing of an explanation.
        ValueError: if the person is not ranked there; the message says why.
    """
    if query.area == EVERY_AREA:
        raise ValueError("explain is for one area, or the whole study: name one")
    explaining.check(opened.viewer)
    viewing.check_layers(opened.viewer, query)
    person = find_person(opened, query, name)
    opened.slugs(query)
    fields = _fields(opened, query, person)
    place = _place(opened, query, fields, person)
    found = _explanation(opened, query, place, fields, person)
    return explaining.projected(opened.viewer, found)


def _fields(opened: OpenStudy, query: Query, person: Person) -> list[ScoredArea]:
    """The areas in which the person has ties, ranked; the others need no ranking."""
    areas = [
        area
        for area, ties in opened.ties(replace(query, area=EVERY_AREA))
        if person.account in ties.source or person.account in ties.target
    ]
    return [scored_area(opened, replace(query, area=area)) for area in areas]


def find_person(opened: OpenStudy, query: Query, name: str) -> Person:
    """The account called *name*, if the policy lets it be listed.

    Raises:
        UnknownAccount: if there is none, or it must never be listed: which of the two
            is not told.
        ValueError: if it is not listed for this audience; the message says why.
    """
    account = _listable(opened, name)
    roles = opened.store.read_roles(np.array([account], np.int32))
    audience = opened.audience(query)
    held = opened.released(roles, audience).held
    if held and not opened.viewer.shows("role"):  # the reason is a role
        raise opened.unknown(name)
    if held:
        raise ValueError(
            f"{name!r} is not listed for audience {audience!r}: {', '.join(held)}"
        )
    found, emptied = opened.profiles([account])
    profile = {key: cells[0] for key, cells in found.items()}
    (printed,) = opened.printed(np.array([account], np.int32)).tolist()
    handle = f"@{profile['handle']}" if profile["handle"] else None
    known = ("name", "role", "specialty", "institution", "country")
    parts = [handle or printed, *(profile[key] for key in known)]
    who = ", ".join(part for part in parts if part and part != "unknown")
    return Person(account, name, printed, who, emptied)


def _listable(opened: OpenStudy, name: str) -> int:
    """The account called *name*, as if nobody else than who may be listed existed."""
    (found,) = opened.resolve_many([name])
    roles = opened.store.read_roles(np.array(sorted(found.values()), np.int32))
    free = set(roles.account[roles.listable].tolist())
    found = {platform: one for platform, one in found.items() if one in free}
    if not found:
        raise opened.unknown(name)
    if len(found) > 1:
        raise AmbiguousAccount(name, [f"{platform}:{name}" for platform in found])
    return next(iter(found.values()))


def _place(
    opened: OpenStudy, query: Query, fields: list[ScoredArea], person: Person
) -> ScoredArea:
    """The field that the question is about; the person is listed in it."""
    area = query.area
    place: ScoredArea | None
    if area is None:
        place = scored_area(opened, query)
    else:
        place = next((field for field in fields if field.area == area), None)
    if place is not None and person.account in place.listed.account:
        return place
    where = f"in {area}" if area else "in the study"
    if query.has_period:
        where += " in this period"
    if place is not None and person.account in place.counted.accounts.account:
        raise ValueError(
            f"{person.asked!r} has a rank {where}, but not among the people asked for;"
            " leave out country, specialty and role"
        )
    others = [
        str(field.area) for field in fields if person.account in field.listed.account
    ]
    there = f"; ranked in {', '.join(others)}" if others else ""
    raise ValueError(f"{person.asked!r} has no ties {where}, and so no rank{there}")


def _interval(
    place: ScoredArea, query: Query, case: ExplanationContext
) -> tuple[int | None, int | None, int | None]:
    """Best and worst rank and the tier, if the question has draws."""
    draws = draws_of(query)
    if not draws:
        return None, None, None
    found = ranking.with_intervals(
        case.listed,
        place.counted.ties,
        place.counted.accounts,
        weights=place.weights,
        layers=place.layers,
        top=case.place + 1,
        resamples=draws,
        seed=query.seed,
        unknown=place.unknown,
    )
    low, high, tier = (
        None if column is None else int(column[case.place])
        for column in (found.low, found.high, found.tier)
    )
    return low, high, tier


def _case(place: ScoredArea, query: Query, person: Person) -> ExplanationContext:
    return open_context(
        place.counted.ties,
        place.counted.accounts,
        person.account,
        allowed=place.counted.allowed,
        weights=place.weights,
        layers=place.layers,
        measure=measure_of(query),
        seed=query.seed,
    )


def _explanation(
    opened: OpenStudy,
    query: Query,
    place: ScoredArea,
    fields: list[ScoredArea],
    person: Person,
) -> Explanation:
    case = _case(place, query, person)
    carrying = endorsers(case, top=_CARRYING)
    layers = standing.posts_of(case)
    posts = opened.store.read_posts(np.array(sorted(layers), np.int32))
    nameable = _nameable(opened, query, place)
    wanted = {one.account for one in carrying} | {post.author for post in posts}
    names = opened.names((wanted & nameable) | _around(case))
    low, high, tier = _interval(place, query, case)
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
        says=standing.opening(case, place.area, (low, high, tier)),
        contributions=standing.contributions(case),
        signals=standing.signals(case),
        endorsers=standing.endorsed(
            case, carrying, names, len(_attending(case) & nameable)
        ),
        leaning=standing.leaning(case, carrying, nameable, high),
        evidence=standing.evidence(posts, layers, names),
        areas=standing.areas(_over_areas(fields, person), _of_files(opened, person)),
        periods=robustness.periods(case),
        gaps=robustness.gaps(case, names),
        layers=robustness.layers(case),
        discounted=robustness.discounted(case),
        fakes=robustness.bought(case),
        boosting=robustness.boosted(case),
        notes=(*place.notes, *person.notes),
        audience_claimed=opened.store.read_claimed(
            np.array([person.account], np.int32)
        )[0],
        parameters={
            **query.parameters(),
            "own_weights": dict(query.weights),
            "person": person.asked,
            "resamples": draws_of(query),
            "engine": query.engine,
            "seed": query.seed,
        },
    )


def _around(case: ExplanationContext) -> set[int]:
    """The person and the next ones above and below, by account number."""
    rows = [case.place, *(row for row in neighbours(case) if row is not None)]
    return set(case.listed.account[rows].tolist())


def _nameable(opened: OpenStudy, query: Query, place: ScoredArea) -> set[int]:
    """Everyone of a field who may be named, whatever the filters of the question."""
    plain = replace(query, country=None, specialty=None, role=None)
    allowed, _ = opened.release(plain, place.accounts)
    return set(place.accounts.account[allowed].tolist())


def _attending(case: ExplanationContext) -> set[int]:
    """The person's in-neighbours, by account number."""
    pairs = case.record.pairs
    return set(pairs.account[pairs.source[pairs.target == case.row]].tolist())


def _of_files(opened: OpenStudy, person: Person) -> dict[str, str]:
    """Areas that may be named, and the evidence, where a file is of the area."""
    free = opened.area_names()
    found = opened.store.read_file_areas(person.account)
    return {area: evidence for area, evidence in found.items() if area in free}


def _over_areas(
    fields: list[ScoredArea], person: Person
) -> list[tuple[str, int, int, float]]:
    """(area, rank, of, score) where the person is listed, the best rank first."""
    found = []
    for field in fields:
        listed = field.listed
        rows: NDArray[np.intp] = np.flatnonzero(listed.account == person.account)
        if len(rows):
            row = int(rows[0])
            score = float(listed.score[row])
            rank = int(listed.ranks()[row])
            found.append((str(field.area), rank, len(listed), score))
    return sorted(found, key=lambda one: (one[1], one[0]))
