"""A plan as a table for people: names that may leave, reasons, ways in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import policy
from hcpgraph.model.table import Table
from hcpgraph.narrative import phrases
from hcpgraph.narrative import prospects as wording
from hcpgraph.study import naming, releasing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.introductions import Introduction
    from hcpgraph.model.prospects import Pick, ProspectPlan
    from hcpgraph.model.query import Selection
    from hcpgraph.store import Store
    from hcpgraph.study.scoring import ScoredArea

_PERSON: Final = ("role", "specialty", "institution", "country", "region")
_TOPICS: Final = 3
_LEFT_OUT: Final = "topics left out: {} that few accounts use or that may name somebody"


def table(
    store: Store, plan: ProspectPlan, place: ScoredArea, selection: Selection
) -> tuple[Table, tuple[str, ...]]:
    """One row per pick, in the order to approach them, and what a reader must know.

    Whoever the policy does not let through is not named here, neither on the way nor
    as the person to ask; that one need not be of the audience, see ``introducing``.
    Nor is anybody in the words of posts.
    """
    picks = plan.picks
    profiles, emptied = releasing.read_profiles(store, [one.account for one in picks])
    names = _names(store, picks, place)
    ways = _shown_ways(picks, names)
    topics, links, notes = _talk(store, selection, ways)
    shown = [ways.get(pick.account) for pick in picks]
    of = int(place.allowed.sum())
    rows = Table(
        {
            "rank": list(range(1, len(picks) + 1)),
            "id": profiles["id"],
            "handle": profiles["handle"],
            "name": profiles["name"],
            "kind": [pick.kind for pick in picks],
            "gain": [pick.gain for pick in picks],
            "coverage": [pick.coverage for pick in picks],
            "reason": [wording.word(pick, names, place.area, of=of) for pick in picks],
            "response": [pick.response for pick in picks],
            "introducer": [None if way is None else names[way.known] for way in shown],
            "path": [
                None if way is None else wording.word_way(way, names) for way in shown
            ],
            "topics": [topics.get(pick.account) for pick in picks],
            "evidence": [links.get(pick.account) for pick in picks],
            "community": [pick.community for pick in picks],
            **{name: profiles[name] for name in _PERSON},
        }
    )
    return rows, (*notes, *emptied)


def introducing(place: ScoredArea) -> NDArray[np.bool_]:
    """Which accounts may be named as the one to ask, if the user knows them.

    Any person who may be listed, of whatever audience, as the user brought them; no
    bot, company, organisation or medium, and nobody who must never be listed.
    """
    return policy.release(place.accounts, audience="all").mask


def _names(store: Store, picks: Sequence[Pick], place: ScoredArea) -> dict[int, str]:
    """How those on the ways to the picks are called, if the policy lets them be."""
    account = place.accounts.account
    allowed = set(account[place.allowed].tolist())
    asked = set(account[introducing(place)].tolist())
    ways = [way for pick in picks for way in pick.ways]
    known = {way.known for way in ways} & asked
    between = {one for way in ways for one in way.people} & allowed
    return naming.call(store, known | between)


def _shown_ways(
    picks: Sequence[Pick], names: Mapping[int, str]
) -> dict[int, Introduction]:
    """The strongest way to each pick on which everyone may be named."""
    found = {}
    for pick in picks:
        for way in pick.ways:
            if set(way.people[:-1]) <= names.keys():
                found[pick.account] = way
                break
    return found


def _talk(
    store: Store, selection: Selection, ways: Mapping[int, Introduction]
) -> tuple[dict[int, str], dict[int, str], tuple[str, ...]]:
    """What was talked about on the way to each pick, and the latest post of it.

    The notes count the topics that may not leave.

    Only those on the way wrote such posts, and all of them may be named.
    """
    posts = {
        account: [post for step in way.steps for post in step.posts]
        for account, way in ways.items()
    }
    numbers = np.array(sorted({p for some in posts.values() for p in some}), np.int32)
    if not len(numbers):
        return {}, {}, ()
    tags = store.read_hashtags(numbers)
    where = {post.post: post for post in store.read_posts(numbers)}
    every = {tag for some in tags.values() for tag in some}
    free = releasing.release_tags(store, selection, every)
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
    return topics, links, (_LEFT_OUT.format(left),) if left else ()
