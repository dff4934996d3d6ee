"""``gaps``: what to collect next, to narrow the first intervals of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import ranking
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.gaps import Gaps
from hcpgraph.model.gaps_columns import COLLECTED
from hcpgraph.narrative import notes, reasons
from hcpgraph.narrative.partly import missing_first
from hcpgraph.study.scored_area import scored_area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.query import Query
    from hcpgraph.model.table import Cell, Table
    from hcpgraph.ranking import ExpectedNarrowing
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import ScoredArea

_LISTS: Final = {"follow": "followers", "connection": "connections"}
_PER_PAGE: Final = 1_000  # ids of followers
_POSTS: Final = 100  # a page
_REACHED: Final = 3_200  # posts of an account that platforms give


@dataclass(frozen=True, slots=True)
class _Suggestion:
    """One thing to collect of one person."""

    account: int
    collect: str
    cost: int
    gain: float | None
    reason: str


def answer(opened: OpenStudy, query: Query, *, top: int) -> Gaps:
    """What to collect for the intervals of the first *top*, the most valuable first.

    Raises:
        UnknownArea: if the study has no such area.
        ValueError: if *top* is below 1, or every area is asked for.
    """
    if top < 1:
        raise ValueError(f"top must be 1 or more, got {top}")
    query.one_area("gaps are of")
    place = scored_area(opened, query)
    alone = any(not one.left_out for one in place.partial)
    found = None if alone else _narrowing(place, top)
    if alone:
        lists = _by_audience(opened, place, top)
    elif found is not None:
        lists = _by_gain(opened, place, found, top)
    else:
        lists = _first_lists(opened, place, top)
    profiles = _profiles(opened, place, top, alone=alone)
    suggested = [*lists, *_posts(opened, place, top), *profiles]
    table, emptied = _table(opened, place, suggested)
    width = None if found is None else found.width
    first = min(top, len(place.listed))
    said = notes.gaps(width, first, len(suggested), alone=alone)
    return Gaps(
        table=table,
        area=query.area,
        width=width,
        notes=missing_first((*said, *place.notes, *emptied)),
        parameters={**query.parameters(), "top": top, "seed": query.seed},
    )


def _narrowing(place: ScoredArea, top: int) -> ExpectedNarrowing | None:
    """The value of each missing list; None where none is missing."""
    if place.unknown is None or not len(place.listed):
        return None
    return ranking.expected_narrowing(
        place.listed,
        place.counted.ties,
        place.counted.accounts,
        weights=place.weights,
        layers=place.layers,
        first=top,
        seed=place.query.seed,
        unknown=place.unknown,
    )


def _by_gain(
    opened: OpenStudy, place: ScoredArea, found: ExpectedNarrowing, top: int
) -> Iterator[_Suggestion]:
    """Missing lists of followers or connections, by their value."""
    accounts = found.account[:top]
    cost = _pages(opened, place, accounts)
    for row, account in enumerate(accounts.tolist()):
        what = _lacking(place, accounts[row])
        among = float(found.among[row])
        said = reasons.missing_list(what, among, min(top, len(place.listed)))
        yield _Suggestion(account, what, cost[row], float(found.gain[row]), said)


def _by_audience(
    opened: OpenStudy, place: ScoredArea, top: int
) -> Iterator[_Suggestion]:
    """Missing lists where people are ranked by lists alone: the most followed first.

    Nothing else tells the people without a list apart.
    """
    accounts = _unlisted(place, place.listed.account)
    claimed = opened.store.read_holdings(accounts)["followers"]
    order = np.argsort(-claimed, kind="stable")
    order = order[claimed[order] >= 0][:top]
    accounts, claimed = accounts[order], claimed[order]
    cost = _pages(opened, place, accounts)
    for row, account in enumerate(accounts.tolist()):
        what = _lacking(place, accounts[row])
        said = reasons.claimed_list(what, int(claimed[row]))
        yield _Suggestion(account, what, cost[row], None, said)


def _first_lists(
    opened: OpenStudy, place: ScoredArea, top: int
) -> Iterator[_Suggestion]:
    """Lists of the first people, if the study has none of anybody."""
    if "follow" in place.query.layers and opened.layer_counts("follow") is None:
        said = reasons.no_list("followers")
        for account in place.listed.account[:top].tolist():
            yield _Suggestion(account, "followers", 1, None, said)


def _unlisted(place: ScoredArea, accounts: NDArray[np.int32]) -> NDArray[np.int32]:
    """The accounts that lack the list of a partial layer."""
    lacking = np.zeros(len(accounts), np.bool_)
    for one in place.partial:
        lacking |= ~one.is_known(accounts)
    return accounts[lacking]


def _lacking(place: ScoredArea, account: np.int32) -> str:
    """The lists that a person lacks, in words."""
    one = np.array([account], np.int32)
    return " and ".join(
        _LISTS[layer.layer] for layer in place.partial if not layer.is_known(one)[0]
    )


def _pages(
    opened: OpenStudy, place: ScoredArea, accounts: NDArray[np.int32]
) -> list[int]:
    """Pages of each missing list: by the profile, else the median of known lists."""
    claimed = opened.store.read_holdings(accounts)["followers"]
    known = [
        counts.of(one.known)[0]
        for one in place.partial
        if (counts := opened.layer_counts(one.layer)) is not None
    ]
    usual = float(np.median(np.concatenate(known)))
    size = np.where(claimed >= 0, claimed, usual)
    return [int(pages) for pages in np.maximum(np.ceil(size / _PER_PAGE), 1)]


def _posts(opened: OpenStudy, place: ScoredArea, top: int) -> Iterator[_Suggestion]:
    """Posts of the first people that a study of posts lacks."""
    if not opened.texts()[1]:
        return
    accounts = place.listed.account[:top]
    held = opened.store.read_holdings(accounts)
    for account, own, claimed in zip(
        *(accounts.tolist(), held["held"].tolist(), held["posts"].tolist()),
        strict=True,
    ):
        reached = min(claimed, _REACHED)
        if own == 0 if claimed < 0 else own < reached:
            pages = -(-(reached - own) // _POSTS) if claimed >= 0 else 1
            said = reasons.missing_posts(own, claimed)
            yield _Suggestion(account, "posts", pages, None, said)


def _profiles(
    opened: OpenStudy, place: ScoredArea, top: int, *, alone: bool
) -> Iterator[_Suggestion]:
    """Profiles of people whose list is missing, and who have no follower count.

    Of the first people; of everybody where people are ranked by lists *alone*.
    """
    listed = place.listed.account
    accounts = _unlisted(place, listed if alone else listed[:top])
    claimed = opened.store.read_holdings(accounts)["followers"]
    for account in accounts[claimed < 0][:top].tolist():
        yield _Suggestion(account, "profile", 1, None, reasons.missing_profile())


def _table(
    opened: OpenStudy, place: ScoredArea, suggested: Sequence[_Suggestion]
) -> tuple[Table, tuple[str, ...]]:
    """The suggestions with what is known of each person."""
    listed = place.listed
    rank_of = dict(zip(listed.account.tolist(), listed.ranks().tolist(), strict=True))
    accounts = [one.account for one in suggested]
    people, emptied = opened.profiles(np.array(accounts, np.int32))
    columns: dict[str, Sequence[Cell]] = {
        **{name: people[name] for name in profile_fields("gaps")},
        "rank": [rank_of[account] for account in accounts],
        **{
            column.name: [getattr(one, column.name) for one in suggested]
            for column in COLLECTED
        },
    }
    table = opened.table("gaps", columns)
    return table, (*emptied, *opened.withheld(table))
