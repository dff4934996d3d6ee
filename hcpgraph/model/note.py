"""What a reader must know of a result: a sentence, its kind and what it is made of."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROUTINE: Final = 1  # how the list was made; true of most
USEFUL: Final = 2  # what a reader of this list wants to know
CAUTION: Final = 3  # what limits how far the list can be trusted


class Note(str):
    """A note prints, compares and is saved as its sentence.

    Programs and tests read its kind and data instead of the words.

    Attributes:
        kind: what it is about, such as ``"not listed"``.
        data: the numbers and names in it.
        weight: how much it matters: ``ROUTINE``, ``USEFUL`` or ``CAUTION``.

    >>> note = Note("12 undated ties", "undated", {"ties": 12}, CAUTION)
    >>> note, note.kind, note.data["ties"]
    ('12 undated ties', 'undated', 12)
    """

    __slots__ = ("data", "kind", "weight")

    kind: str
    data: Mapping[str, Any]
    weight: int

    def __new__(
        cls,
        text: str,
        kind: str = "",
        data: Mapping[str, Any] | None = None,
        weight: int = USEFUL,
    ) -> Note:
        made = super().__new__(cls, text)
        made.kind, made.weight = kind, weight
        made.data = MappingProxyType(dict(data or {}))
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        # copies and pickles are made of plain values
        return str(self), self.kind, dict(self.data), self.weight

    def __getstate__(self) -> None:
        return None

    def of_area(self, area: str | None) -> Note:
        """The same of one area among several."""
        data = {**self.data, "area": area}
        return Note(f"{area}: {self}", self.kind, data, self.weight)


def cautions_first(notes: Iterable[str]) -> list[str]:
    """Notes as people read them: what limits a result first, the rest as given.

    >>> few = Note("few ties", weight=CAUTION)
    >>> cautions_first(["audience: all", few, "7 not listed"])
    ['few ties', 'audience: all', '7 not listed']
    """
    return sorted(notes, key=lambda note: getattr(note, "weight", USEFUL) < CAUTION)
