"""What a signal is: a number per account, with its meaning said beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal in words, so that a list can explain itself.

    Attributes:
        name: its column in a ``SignalTable``.
        family: the contribution it counts towards, one of ``names.CONTRIBUTIONS``.
        meaning: what a high value says about a person.
        unit: what one unit is.
        source: which ties or columns it is read from.
    """

    name: str
    family: str
    meaning: str
    unit: str
    source: str
