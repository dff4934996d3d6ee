"""Lists of people given to a study: read, and looked up in it; never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.errors import UnmatchedList
from hcpgraph.importers import person_cells
from hcpgraph.importers.mapping_file import read_mapping
from hcpgraph.importers.person_list import read_person_list
from hcpgraph.model.people import Entry, GivenLists, PersonList
from hcpgraph.narrative import notes
from hcpgraph.study import pipes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hcpgraph.model.people import People
    from hcpgraph.study.open_study import OpenStudy


@dataclass(frozen=True, slots=True, eq=False)
class FoundPeople:
    """Which accounts a list of people names.

    Attributes:
        accounts: account numbers, ascending, distinct.
        missing: lines of the file, or places among the values, of those who are not
            in the study.
        entries: how many people are on the list.
        source: name of the file the list came from, if it came from one.
        sha256: digest of that file.
    """

    accounts: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    missing: tuple[int, ...] = ()
    entries: int = 0
    source: str | None = None
    sha256: str | None = None

    def parameters(self) -> dict[str, object]:
        """The list in the provenance: its length and its digest."""
        return {"entries": self.entries, "sha256": self.sha256}

    def shortfall(self, what: str) -> str | None:
        """Who of the list is not in the study, by line; None if everyone is.

        Args:
            what: the list is of, such as ``"excluded"``.
        """
        return notes.shortfall(what, self.source, self.entries, self.missing)


@dataclass(frozen=True, slots=True, eq=False)
class FoundLists:
    """The lists of people that come with the question."""

    known: FoundPeople
    exclude: FoundPeople
    include: FoundPeople

    def shortfalls(self) -> tuple[str, ...]:
        """Who of which list is not in the study; to be said before all else."""
        # whom to leave alone comes first
        named = sorted(self._named(), key=lambda one: one[1] is not self.exclude)
        lacking = (found.shortfall(what) for what, found in named)
        return tuple(said for said in lacking if said is not None)

    def notes(self, here: NDArray[np.int32]) -> Iterator[str]:
        """How many of each are in the study, and among the accounts that are asked of.

        Args:
            here: account numbers of the area and the period.
        """
        for what, found in self._named():
            count, missing = len(found.accounts), len(found.missing)
            if count:
                met = int(np.isin(found.accounts, here).sum())
                yield notes.found_on_list(what, count, met, missing)

    def _named(self) -> tuple[tuple[str, FoundPeople], ...]:
        return (
            ("known", self.known),
            ("excluded", self.exclude),
            ("to include", self.include),
        )

    def parameters(self) -> dict[str, object]:
        """How long each list was, and its digest."""
        return {
            "known": self.known.parameters(),
            "exclude": self.exclude.parameters(),
            "include": self.include.parameters(),
        }


def read_lists(given: GivenLists) -> GivenLists:
    """The same lists, read: a pipe gives its own but once.

    Raises:
        ExportError: if a list cannot be read.
    """
    lists = (given.known, given.exclude, given.include)
    known, exclude, include = (as_person_list(one, given.mapping) for one in lists)
    return GivenLists(known, exclude, include, given.allow_unmatched)


def find_lists(opened: OpenStudy, given: GivenLists) -> FoundLists:
    """Look up everyone on the lists that come with a question.

    Raises:
        ExportError: if a list cannot be read.
        UnmatchedList: if nobody on *exclude* is in the study, unless that is allowed.
    """
    read = read_lists(given)
    lists = [as_person_list(p) for p in (read.known, read.exclude, read.include)]
    found = FoundLists(*(find_people(opened, one) for one in lists))
    barred = found.exclude
    if barred.entries and not len(barred.accounts) and not given.allow_unmatched:
        raise UnmatchedList(barred.source, barred.entries)
    return found


def find_people(opened: OpenStudy, people: PersonList | None) -> FoundPeople:
    """Look up everyone on a list; nothing of the list is stored.

    Whoever any identifier of an entry means is known, or to be left alone; so are
    both of those who bear a name on two platforms.
    """
    if people is None:
        return FoundPeople()
    meant = {
        npi: dict(zip(texts, opened.resolve_many(texts, npi=npi), strict=True))
        for npi, texts in (
            (False, sorted({name for one in people.entries for name in one.names})),
            (True, sorted({npi for one in people.entries for npi in one.npis})),
        )
    }
    found: set[int] = set()
    missing = []
    for one in people.entries:
        numbers = {
            number
            for npi, texts in ((False, one.names), (True, one.npis))
            for text in texts
            for number in meant[npi][text].values()
        }
        found |= numbers
        if not numbers:
            missing.append(one.line)
    return FoundPeople(
        np.array(sorted(found), np.int32),
        tuple(missing),
        len(people),
        people.source,
        people.sha256,
    )


def as_person_list(people: People, mapping: str | None = None) -> PersonList | None:
    """The list behind a path to a CSV file, or behind ids and ``@handles``.

    A pipe and a generator give it once; the list can be given on.

    Args:
        people: the file, or the ids.
        mapping: name or path of a mapping of the columns of the file.

    Raises:
        ExportError: if the file or the mapping cannot be read.
        ValueError: if a value is an id that was rounded.
    """
    if people is None or isinstance(people, PersonList):
        return people
    if isinstance(people, str | Path):
        path = Path(people)
        with pipes.waited_for(path):
            said = None if mapping is None else read_mapping(mapping)
            return read_person_list(path, said)
    found: dict[str, Entry] = {}
    for place, given in enumerate(people, start=1):
        name = person_cells.read_id(str(given)) or str(given)
        found.setdefault(name, Entry((name,), line=place))
    return PersonList(tuple(found.values()))
