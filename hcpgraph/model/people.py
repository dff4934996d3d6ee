"""A list of people that a user brings for one run: known, or not to be approached."""

from __future__ import annotations

from dataclasses import dataclass


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
