"""Ask a study whom to approach next, given whom one knows already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import prospects, ranking
from hcpgraph.errors import ThinRecord
from hcpgraph.model.prospects import Prospects
from hcpgraph.ranking import rising
from hcpgraph.study import prospect_rows, selecting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hcpgraph.model.people import PersonList
    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects import Wish
    from hcpgraph.store import Store
    from hcpgraph.study.scoring import Field, Question


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Which accounts a list of people names.

    Attributes:
        accounts: account numbers, ascending, distinct.
        missing: entries that name nobody in the study.
        sha256: digest of the file the list came from, if it came from one.
    """

    accounts: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    missing: tuple[str, ...] = ()
    sha256: str | None = None

    def parameters(self) -> dict[str, object]:
        """What provenance says of the list: how long it was, and its digest."""
        entries = len(self.accounts) + len(self.missing)
        return {"entries": entries, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """The lists of people that come with the question."""

    known: Found
    exclude: Found
    include: Found

    def notes(self, here: NDArray[np.int32]) -> Iterator[str]:
        """How many of each are in the study, and among the accounts that are asked of.

        Args:
            here: account numbers of the area and the period.
        """
        for what, found in (
            ("known", self.known),
            ("excluded", self.exclude),
            ("to include", self.include),
        ):
            count, missing = len(found.accounts), len(found.missing)
            if missing and not count:
                yield (
                    f"{what}: none of {missing} entries is in the study; are ids"
                    " damaged (1.0E+18), or of another platform?"
                )
            elif count:
                met = int(np.isin(found.accounts, here).sum())
                note = f"{what}: {count} people found in the study, {met} of them here"
                yield f"{note}; {missing} not found" if missing else note

    def parameters(self) -> dict[str, object]:
        """How long each list was, and its digest."""
        return {
            "known": self.known.parameters(),
            "exclude": self.exclude.parameters(),
            "include": self.include.parameters(),
        }


def find_people(store: Store, people: PersonList | None) -> Found:
    """Look up everyone on a list; nothing of the list is stored."""
    if people is None:
        return Found()
    meant = [
        *zip(people.names, store.resolve_many(people.names), strict=True),
        *zip(people.npis, store.resolve_many(people.npis, npi=True), strict=True),
    ]
    # a name on two platforms means both: whoever it is, is known, or to be left alone
    found = sorted({number for _, numbers in meant for number in numbers.values()})
    missing = tuple(name for name, numbers in meant if not numbers)
    return Found(np.array(found, np.int32), missing, people.sha256)


def plan(
    store: Store, place: Field, question: Question, wish: Wish, lists: Lists
) -> Prospects:
    """The people to approach next, each with a reason in words."""
    found = prospects.suggest(
        place.ties,
        place.accounts,
        place.standings,
        wish,
        prospects.People(
            allowed=place.allowed,
            profiles=store.read_profiles,
            introducing=prospect_rows.introducing(place),
            working=None if place.area is None else store.read_working(place.area),
            hopes=_hopes(place, question),
            record=_record(store, question),
        ),
        layers=question.selection.layers,
    )
    table, untold = prospect_rows.table(store, found, place, question.selection)
    told = lists.notes(place.accounts.account)
    return Prospects(
        table=table,
        area=place.area,
        notes=(*place.notes, *told, *found.notes, *untold),
        parameters={
            **question.selection.parameters(),
            **lists.parameters(),
            **wish.parameters(),
        },
        reach=found.reach,
        certificate=found.certificate,
    )


def _record(store: Store, question: Question) -> Ties | None:
    """The ties of the whole study, where the question is about an area."""
    if question.selection.area is None:
        return None
    whole = replace(question.selection, area=None)
    return next(iter(selecting.ties_by_area(store, whole)))[1]


def _hopes(place: Field, question: Question) -> prospects.Hopes | None:
    """Who may enter the first tenth, where the record tells; None where it does not."""
    if len(place.ties) > ranking.LEARNED_UP_TO:
        return None
    try:
        course = rising.follow(
            place.ties,
            place.accounts,
            among=place.accounts.account[place.allowed],
            layers=question.selection.layers,
            measure=question.measure,
            seed=question.seed,
        )
    except ThinRecord:
        return None
    weight = rising.fit(course.past, rising.prior())
    return prospects.Hopes(course.now.account, rising.foretell(weight, course.now.x))
