"""A list of people that a user brings for one run: known, or not to be approached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on a list, by everything that identifies them there.

    Attributes:
        names: ids, ``platform:id`` or ``@handle``.
        npis: registry numbers.
        line: of the file, or the place among the values, from 1.
    """

    names: tuple[str, ...] = ()
    npis: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class PersonList:
    """People by what identifies them.

    Attributes:
        entries: one a person, in the order of the list.
        source: name of the file the list came from; None if it came as values.
        sha256: digest of that file.
    """

    entries: tuple[Entry, ...] = ()
    source: str | None = None
    sha256: str | None = None

    def __len__(self) -> int:
        return len(self.entries)


# a CSV file, or ids and @handles; or what was read of them
People = Path | str | PersonList | Iterable[str] | None
_Kept = Path | str | PersonList | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class GivenLists:
    """The lists of people that come with a question; never stored.

    Attributes:
        known: people already known: a CSV file, or ids and ``@handles``.
        exclude: people never to suggest.
        include: people who must be suggested.
        allow_unmatched: go on where nobody of *exclude* is in the study.
        mapping: which columns of such files are what; None for the usual headings.
    """

    known: _Kept = None
    exclude: _Kept = None
    include: _Kept = None
    allow_unmatched: bool = False
    mapping: str | None = None

    @classmethod
    def of(
        cls,
        known: People = None,
        exclude: People = None,
        include: People = None,
        *,
        allow_unmatched: bool = False,
    ) -> Self:
        """The lists as people give them, so that each can be read more than once."""
        return cls(_kept(known), _kept(exclude), _kept(include), allow_unmatched)

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.known, self.exclude, self.include))


def _kept(people: People) -> _Kept:
    if people is None or isinstance(people, str | Path | PersonList):
        return people
    return tuple(str(name) for name in people)
