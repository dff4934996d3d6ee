"""Signals: one number per account, with name, meaning and unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """The description of a signal, for lists and explanations.

    Attributes:
        name: its column in a ``SignalTable``.
        family: the contribution it counts towards, one of ``names.CONTRIBUTIONS``.
        meaning: what it measures.
        unit: what one unit is.
        source: which ties or columns it is read from.
    """

    name: str
    family: str
    meaning: str
    unit: str
    source: str
