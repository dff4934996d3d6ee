"""``prospects``: the people to approach next, given the people known already."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import prospects, ranking
from hcpgraph.errors import ThinRecord
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.prospects import Prospects
from hcpgraph.model.ranks import order_of_choice
from hcpgraph.narrative import consent, notes, phrases
from hcpgraph.narrative import prospects as wording
from hcpgraph.narrative.partly import missing_first
from hcpgraph.ranking.change import rising
from hcpgraph.study import person_lists, releasing_tags, viewing
from hcpgraph.study.scored_area import measure_of, scored_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.introductions import Introduction
    from hcpgraph.model.people import GivenLists
    from hcpgraph.model.prospects import Pick, PlanOptions, ProspectPlan
    from hcpgraph.model.query import Query
    from hcpgraph.model.table import Table
    from hcpgraph.model.ties import Ties
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.person_lists import FoundLists
    from hcpgraph.study.scored_area import ScoredArea

_TOPICS: Final = 3


def answer(
    opened: OpenStudy, query: Query, given: GivenLists, options: PlanOptions
) -> Prospects:
    """The people to approach next, each with a reason in words.

    Args:
        opened: the study.
        query: what is asked.
        given: people known, to be left alone, or to be on the list.
        options: how the plan is made.

    Raises:
        UnknownArea: if the study has no such area.
        ExportError: if a list of people cannot be read.
        UnmatchedList: if nobody of those to exclude is in the study.
        InfeasibleLimits: if no list keeps all limits.
        ValueError: if a number is out of its range, or every area is asked for.
    """
    query.one_area("prospects are for")
    return plan(opened, query, person_lists.find_lists(opened, given), options)


def shortfalls(opened: OpenStudy, given: GivenLists) -> tuple[str, ...]:
    """Who of some lists is not in the study, in words."""
    return person_lists.find_lists(opened, given).shortfalls()


def plan(
    opened: OpenStudy, query: Query, met: FoundLists, options: PlanOptions
) -> Prospects:
    """The same, of lists whose people are found already."""
    viewing.check_limits(opened.viewer, options.limits)
    place = scored_area(opened, query)
    here = place.accounts.account
    left = opened.uncontacted(options.channel)
    objecting = np.intersect1d(left, here)
    listed = here[place.allowed]
    unfounded = opened.without_basis(listed, options.channel)
    unfounded = np.setdiff1d(unfounded, objecting)
    barred = (met.exclude.accounts, left, unfounded)
    request = prospects.ProspectRequest(
        known=met.known.accounts, exclude=reduce(np.union1d, barred),
        include=met.include.accounts, budget=options.budget, limits=options.limits,
        anyone=options.anyone, probability=options.probability, model=options.model,
        error=options.error, seed=query.seed,
    )  # fmt: skip
    found = prospects.suggest(
        place.ties,
        place.accounts,
        place.scored,
        request,
        _people(opened, place),
        layers=place.layers,
    )
    table, untold = _table(opened, found, place, query)
    told = (
        *met.notes(here),
        *consent.unsuggested(len(objecting)),
        *consent.without_basis(len(unfounded)),
    )
    return Prospects(
        table=table,
        area=place.area,
        notes=missing_first(
            (*met.shortfalls(), *place.notes, *told, *found.notes, *untold)
        ),
        parameters={
            **query.parameters(),
            **met.parameters(),
            **request.parameters(),
            "channel": options.channel,
        },
        reach=found.reach,
        certificate=found.certificate,
    )


def _people(opened: OpenStudy, place: ScoredArea) -> prospects.PeopleData:
    """What is known of people beyond their ties."""
    store, area = opened.store, place.area
    return prospects.PeopleData(
        allowed=place.allowed,
        profiles=opened.groups,
        introducing=_introducers(opened, place),
        working=None if area is None else store.read_working(area),
        rise=_rise_probabilities(place),
        record=None if area is None else _whole(opened, place.query),
    )


def _whole(opened: OpenStudy, query: Query) -> Ties:
    """The ties of the whole study."""
    return opened.ties(replace(query, area=None))[0][1]


def _rise_probabilities(place: ScoredArea) -> prospects.RiseProbabilities | None:
    """Who may enter the top decile; None where there is too little data to say."""
    if len(place.ties) > ranking.LEARNED_UP_TO:
        return None
    try:
        history = rising.follow(
            place.counted.ties,
            place.counted.accounts,
            among=place.counted.accounts.account[place.counted.allowed],
            layers=place.layers,
            measure=measure_of(place.query),
            seed=place.query.seed,
        )
    except ThinRecord:
        return None
    weight = rising.fit(history.past, rising.prior())
    return prospects.RiseProbabilities(
        history.now.account, rising.predict(weight, history.now.x)
    )


def _table(
    opened: OpenStudy, plan: ProspectPlan, place: ScoredArea, query: Query
) -> tuple[Table, tuple[str, ...]]:
    """One row per pick, in the order to approach them, and what a reader must know.

    Whoever the policy does not let through is not named here, neither on the path nor
    as the introducer; that one need not be of the audience, see ``_introducers``.
    Nor is anybody in the words of posts.
    """
    picks = plan.picks
    profiles, emptied = opened.profiles([pick.account for pick in picks])
    names = _names(opened, picks, place)
    paths = _shown_paths(picks, names)
    topics, links, said = _talk(opened, query, paths)
    shown = [paths.get(pick.account) for pick in picks]
    of = int(place.allowed.sum())
    rows = opened.table(
        "prospects",
        {
            "rank": order_of_choice(len(picks)),
            "kind": [pick.kind for pick in picks],
            "gain": [pick.gain for pick in picks],
            "coverage": [pick.coverage for pick in picks],
            "reason": [wording.word(pick, names, place.area, of=of) for pick in picks],
            "response": [pick.response for pick in picks],
            "introducer": [None if way is None else names[way.known] for way in shown],
            "path": [
                None if way is None else wording.word_introduction(way, names)
                for way in shown
            ],
            "topics": [topics.get(pick.account) for pick in picks],
            "evidence": [links.get(pick.account) for pick in picks],
            "community": [pick.community for pick in picks],
            **{name: profiles[name] for name in profile_fields("prospects")},
        },
    )
    return rows, (*said, *emptied, *opened.withheld(rows))


def _introducers(opened: OpenStudy, place: ScoredArea) -> NDArray[np.bool_]:
    """Which accounts may be named as the one to ask, if the user knows them.

    Any person who may be listed, of whatever audience, as the user brought them; no
    bot, company, organisation or medium, and nobody who must never be listed. Whoever
    objects to contact is not asked either.
    """
    asked = opened.released(place.accounts, "all").mask
    return asked & ~np.isin(place.accounts.account, opened.uncontacted())


def _names(
    opened: OpenStudy, picks: Sequence[Pick], place: ScoredArea
) -> dict[int, str]:
    """How those on the ways to the picks are called, if the policy lets them be."""
    account = place.accounts.account
    allowed = set(account[place.allowed].tolist()) - set(opened.uncontacted().tolist())
    asked = set(account[_introducers(opened, place)].tolist())
    ways = [way for pick in picks for way in pick.introductions]
    known = {way.known for way in ways} & asked
    between = {one for way in ways for one in way.people} & allowed
    return opened.names(known | between)


def _shown_paths(
    picks: Sequence[Pick], names: Mapping[int, str]
) -> dict[int, Introduction]:
    """The strongest way to each pick on which everyone may be named."""
    found = {}
    for pick in picks:
        for way in pick.introductions:
            if set(way.people[:-1]) <= names.keys():
                found[pick.account] = way
                break
    return found


def _talk(
    opened: OpenStudy, query: Query, paths: Mapping[int, Introduction]
) -> tuple[dict[int, str], dict[int, str], tuple[str, ...]]:
    """What was talked about on the way to each pick, and the latest post of it.

    The notes count the topics that may not leave.

    Only those on the way wrote such posts, and all of them may be named.
    """
    posts = {
        account: [post for step in way.steps for post in step.posts]
        for account, way in paths.items()
    }
    store = opened.store
    numbers = np.array(sorted({p for some in posts.values() for p in some}), np.int32)
    if not len(numbers):
        return {}, {}, ()
    tags = store.read_hashtags(numbers)
    where = {post.post: post for post in store.read_posts(numbers)}
    every = {tag for some in tags.values() for tag in some}
    free = releasing_tags.release_tags(opened, opened.audience(query), every)
    topics, links = {}, {}
    for account, some in posts.items():
        count = Counter(
            tag.lower()
            for post in some
            for tag in set(tags.get(post, ()))
            if tag.lower() in free
        )
        most = sorted(count, key=lambda tag: (-count[tag], tag))[:_TOPICS]
        if most:
            topics[account] = " ".join(f"#{tag}" for tag in most)
        found = [where[post] for post in some if post in where]
        if found:
            links[account] = phrases.link(found[0].platform, found[0].native_id)
    left = len({tag.lower() for tag in every} - free)
    return topics, links, (notes.topics_left_out(left),) if left else ()
