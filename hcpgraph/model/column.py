"""What a column of a list is: its name, kind, meaning, unit, and the people in it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["id", "text", "day", "truth", "whole", "number", "score", "share"]
Privacy = Literal["nobody", "listed", "others", "everyone"]

ID: Final = "id"
TEXT: Final = "text"
DAY: Final = "day"
TRUTH: Final = "truth"
WHOLE: Final = "whole"
NUMBER: Final = "number"
SCORE: Final = "score"
SHARE: Final = "share"

# How kinds are called in the reference of columns.
KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        ID: "id or handle, kept as the platform has it",
        TEXT: "text",
        DAY: "day or time (ISO 8601, UTC)",
        TRUTH: "true or false",
        WHOLE: "whole number",
        NUMBER: "number",
        SCORE: "number of points",
        SHARE: "share or probability, 0 to 1",
    }
)

NOBODY: Final = "nobody"
LISTED: Final = "listed"
OTHERS: Final = "others"
EVERYONE: Final = "everyone"

# Whom a column tells of, and so whose consent to be listed it needs.
PRIVACY: Final[Mapping[Privacy, str]] = MappingProxyType(
    {
        NOBODY: "no person: an area, a method, a file",
        LISTED: "a person who may be listed; empty for everybody else",
        OTHERS: "a person who may be listed; it may name others who may be, too",
        EVERYONE: "every account; a running number where it may not be listed",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a list is.

    Attributes:
        name: as printed; ``*`` stands for whatever a question fills in.
        kind: of its values; one of ``KINDS``.
        privacy: whom it tells of; one of ``PRIVACY``.
        meaning: in words, for readers of the list.
        unit: what is counted or measured; empty where nothing is.
        profile: whether it is looked up in what is known of the person.
        of: other columns that its text tells of; who may not see one of them, does
            not see this one either.
    """

    name: str
    kind: Kind
    privacy: Privacy
    meaning: str
    unit: str = ""
    profile: bool = False
    of: tuple[str, ...] = ()
