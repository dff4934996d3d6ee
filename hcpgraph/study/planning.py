"""Ask a study whom to approach next, given whom one knows already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import prospects
from hcpgraph.model.prospects import Prospects
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.people import PersonList
    from hcpgraph.model.prospects import Pick
    from hcpgraph.store import Store
    from hcpgraph.study.listing import Field, Question

_PERSON = ("role", "specialty", "institution", "country")


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


def plan(  # the five positional values are the five things a plan needs
    store: Store,
    place: Field,
    question: Question,
    known: Found,
    exclude: Found,
    *,
    budget: int,
) -> Prospects:
    """The *budget* best people to approach next, each with a reason in words."""
    picks = prospects.suggest(
        place.ties,
        place.accounts,
        place.standings,
        known=known.accounts,
        exclude=exclude.accounts,
        allowed=place.allowed,
        budget=budget,
        layers=question.selection.layers,
        seed=question.seed,
    )
    return Prospects(
        table=_table(store, picks, place),
        area=place.area,
        notes=(*place.notes, *_notes("known", known), *_notes("excluded", exclude)),
        parameters={
            **question.selection.parameters(),
            "known": known.parameters(),
            "exclude": exclude.parameters(),
            "budget": budget,
            "seed": question.seed,
        },
    )


def _notes(what: str, found: Found) -> tuple[str, ...]:
    if not len(found.accounts) and not found.missing:
        return ()
    note = f"{what}: {len(found.accounts)} people found in the study"
    if found.missing:
        note += f", {len(found.missing)} not"
    return (note,)


def _table(store: Store, picks: Sequence[Pick], place: Field) -> Table:
    profiles = store.read_profiles([pick.account for pick in picks])
    of = int(place.allowed.sum())
    linked = {link.known for pick in picks for link in pick.links}
    accounts = place.accounts
    listable = set(accounts.account[accounts.listable].tolist())
    names = _known_names(store, linked & listable)
    return Table(
        {
            "rank": list(range(1, len(picks) + 1)),
            "id": profiles["id"],
            "handle": profiles["handle"],
            "name": profiles["name"],
            "kind": [pick.kind for pick in picks],
            "gain": [pick.gain for pick in picks],
            "coverage": [pick.coverage for pick in picks],
            "reason": [
                prospects.word(pick, names, place.area, of=of) for pick in picks
            ],
            "community": [pick.community for pick in picks],
            **{name: profiles[name] for name in _PERSON},
        }
    )


def _known_names(store: Store, known: Iterable[int]) -> dict[int, str]:
    """How the user's own known people are called in a reason.

    Those who must not be listed are not named here either: a reason that rests on
    them leaves them out.
    """
    numbers = sorted(known)
    profiles = store.read_profiles(numbers)
    shown = zip(profiles["handle"], profiles["id"], strict=True)
    return {
        number: f"@{handle}" if handle else str(printed)
        for number, (handle, printed) in zip(numbers, shown, strict=True)
    }
