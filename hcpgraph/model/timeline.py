"""Responders over time, for figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Burst:
    """A period in which far more accounts responded to a person than usual.

    Attributes:
        person: row of the person, from 0.
        period: number of the period, from 0.
        at: the time with as many responders before as after it within the period.
        responders: distinct accounts that responded in the period.
        usual: how many a period of the person has on average otherwise.
    """

    person: int
    period: int
    at: datetime
    responders: int
    usual: float


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Attention over time: who is responded to, period by period.

    Attributes:
        table: the people, the foremost first: at least ``id, handle, name``; then
            ``recent`` and ``before``, distinct responders in the last stretch and in
            the one before it, ``change``, the recent over what the change of all
            attention would make of those before (empty if nobody responded before),
            and ``sure``, whether the change is significant.
        area: the disease area; None for the whole study.
        unit: ``day``, ``week``, ``month``, ``quarter`` or ``year``.
        starts: where each period begins, and where the last ends, ascending.
        responders: distinct accounts that respond to each person in each period,
            shape (people, periods).
        everyone: distinct accounts that respond to anybody, shape (periods,).
        bursts: at most a few for each person, by person and time.
        stretch: periods in the last stretch, which is compared with as many before.
        dated: mentions, replies, reposts and quotes whose time is known.
        undated: ties whose time is not known, which are in no period.
    """

    table: Table
    area: str | None
    unit: str
    starts: tuple[datetime, ...]
    responders: NDArray[np.int64]
    everyone: NDArray[np.int64]
    bursts: tuple[Burst, ...]
    stretch: int
    dated: int
    undated: int

    def __post_init__(self) -> None:
        self.responders.setflags(write=False)
        self.everyone.setflags(write=False)
        shape = (len(self.table), len(self.starts) - 1)
        if self.responders.shape != shape or self.everyone.shape != shape[1:]:
            raise ValueError(
                f"responders of shape {self.responders.shape} do not fit"
                f" {shape[0]} people and {shape[1]} periods"
            )

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        where = self.area or "whole study"
        return (
            f"Timeline({where}, {len(self)} people, {len(self.everyone)} {self.unit}s)"
        )
