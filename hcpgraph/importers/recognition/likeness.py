"""How much the beginning of a file looks like a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CLEAR: Final = 0.9  # score from which a file may be of a format


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a file looks like a format, and what it would take to be one.

    Attributes:
        score: from 0, nothing alike, to 1, nothing is missing.
        missing: columns or keys that the format has and the file has not.
        against: columns or keys that the format never has.
    """

    score: float
    missing: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def lack(self) -> str:
        """What keeps the file from being of the format, as a clause."""
        parts = []
        if self.missing:
            parts.append(f"{', '.join(self.missing)} is missing")
        if self.against:
            parts.append(f"{', '.join(self.against)} speaks against it")
        return " and ".join(parts)


NOTHING_ALIKE: Final = Likeness(0.0)
SURE: Final = Likeness(1.0)


def lacking(*missing: str) -> Likeness:
    """A file that has some of what a format needs."""
    return Likeness(0.3, missing=missing)


def doubtful(*against: str) -> Likeness:
    """A file that has what a format needs, and what it never has."""
    return Likeness(0.4, against=against)
