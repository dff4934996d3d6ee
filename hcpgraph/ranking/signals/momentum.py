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
    responses = _dated(record)
    # the least fresh response is the first; a maximum of what is missing finds it
    lost = responses.over_responders(1.0 - fresh(responses.age, LATELY))
    return np.maximum(
        responses.over_responders(np.ones(len(responses.age))) - lost, 0.0
    )


def last_response(record: Record) -> NDArray[np.float64]:
    """Recency of the last response."""
    responses = _dated(record)
    value = np.zeros(record.n_accounts)
    np.maximum.at(value, responses.target, fresh(responses.age, LATELY))
    return value


def steadiness(record: Record) -> NDArray[np.float64]:
    """In how many parts of the period people responded."""
    responses = _dated(record)
    part = np.minimum(responses.age * SLICES, SLICES - 1).astype(np.int64)
    seen = np.zeros((record.n_accounts, SLICES), np.bool_)
    seen[responses.target, part] = True
    return np.asarray(seen.sum(axis=1), np.float64)


def first_response(record: Record) -> NDArray[np.float64]:
    """The age of the first response."""
    responses = _dated(record)
    value = np.zeros(record.n_accounts)
    np.maximum.at(value, responses.target, responses.age)
    return value


def _dated(record: Record) -> Responses:
    responses = record.responses
    if not record.own.dated:
        return responses.part(np.zeros(len(responses.age), np.bool_))
    acts = responses.of(("mention", "reply", "repost", "quote", "mention_in_repost"))
    return responses.part(acts & ~np.isnan(responses.age))
