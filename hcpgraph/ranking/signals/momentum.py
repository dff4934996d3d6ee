"""Momentum: new responders, recency, steadiness and age of responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.recency import LATELY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.ranking.record.responses import Responses
    from hcpgraph.ranking.signals.record import Record

SLICES: Final = 8
_RESPONSES = "mentions, replies, reposts and quotes with a time"

NEW_RESPONDERS: Final = Signal(
    name="new_listeners",
    family="resonance",
    meaning="new responders",
    unit="distinct accounts, by age of the first response, half-life one sixth of the"
    " period",
    source=_RESPONSES,
)
LAST_RESPONSE: Final = Signal(
    name="last_heard",
    family="resonance",
    meaning="recency of last response",
    unit="(1 = at the end; half-life one sixth of the period)",
    source=_RESPONSES,
)
STEADINESS: Final = Signal(
    name="steadiness",
    family="resonance",
    meaning="responses throughout the period, not in one burst",
    unit=f"eighths of the period with a response, 0 to {SLICES}",
    source=_RESPONSES,
)
FIRST_RESPONSE: Final = Signal(
    name="first_heard",
    family="resonance",
    meaning="age of the first response",
    unit="as a share of the period",
    source=_RESPONSES,
)


def new_responders(record: Record) -> NDArray[np.float64]:
    """Distinct new responders, each by the recency of its first response."""
    heard = _dated(record)
    # the least fresh response is the first; a maximum of what is missing finds it
    lost = heard.over_responders(1.0 - fresh(heard.age, LATELY))
    return np.maximum(heard.over_responders(np.ones(len(heard.age))) - lost, 0.0)


def last_response(record: Record) -> NDArray[np.float64]:
    """Recency of the last response."""
    heard = _dated(record)
    value = np.zeros(record.n_accounts)
    np.maximum.at(value, heard.target, fresh(heard.age, LATELY))
    return value


def steadiness(record: Record) -> NDArray[np.float64]:
    """In how many parts of the period people responded."""
    heard = _dated(record)
    part = np.minimum(heard.age * SLICES, SLICES - 1).astype(np.int64)
    seen = np.zeros((record.n_accounts, SLICES), np.bool_)
    seen[heard.target, part] = True
    return np.asarray(seen.sum(axis=1), np.float64)


def first_response(record: Record) -> NDArray[np.float64]:
    """The age of the first response."""
    heard = _dated(record)
    value = np.zeros(record.n_accounts)
    np.maximum.at(value, heard.target, heard.age)
    return value


def _dated(record: Record) -> Responses:
    heard = record.responses
    if not record.own.dated:
        return heard.part(np.zeros(len(heard.age), np.bool_))
    acts = heard.of(("mention", "reply", "repost", "quote", "mention_in_repost"))
    return heard.part(acts & ~np.isnan(heard.age))
