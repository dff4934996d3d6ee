"""A list of people that a user brings for one run: known, or not to be approached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonList:
    """People by what identifies them, one entry a person.

    Attributes:
        names: ids, ``platform:id`` or ``@handle``.
        npis: registry numbers, for people listed by number alone.
        sha256: digest of the file the list came from; None if it came as values.
    """

    names: tuple[str, ...] = ()
    npis: tuple[str, ...] = ()
    sha256: str | None = None

    def __len__(self) -> int:
        return len(self.names) + len(self.npis)
