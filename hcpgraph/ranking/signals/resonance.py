"""Resonance: the response score, a recency-weighted number of responders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.recency import JUST_NOW, LATELY, SLOWLY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

_SOURCE = "mentions, replies, reposts, quotes; nominations, referrals, coauthors"
_DISTINCT = "distinct accounts, each times the weight of its layer"

RESPONDERS: Final = Signal(
    name="listeners",
    family="resonance",
    meaning="distinct responders",
    unit=_DISTINCT,
    source=_SOURCE,
)
RESPONSES: Final = Signal(
    name="responses",
    family="resonance",
    meaning="repeated responses",
    unit="log2(1 + responses) of each account, summed",
    source=_SOURCE,
)
_LATE = {
    "listeners_of_late": (SLOWLY, "half"),
    "listeners_lately": (LATELY, "sixth"),
    "listeners_just_now": (JUST_NOW, "twentieth"),
}
LATE: Final = tuple(
    Signal(
        name=name,
        family="resonance",
        meaning="recency-weighted responders",
        unit=f"{_DISTINCT}; half-life one {part} of the period",
        source=_SOURCE,
    )
    for name, (_, part) in _LATE.items()
)


def responders_of(record: Record) -> NDArray[np.float64]:
    """Distinct responders: accounts that ever responded to a person.

    Returns:
        One value per account, shape (n,), from 0. A further account that responds
        never lowers it.
    """
    return record.responses.over_responders(record.responses.worth)


def repeated(record: Record) -> NDArray[np.float64]:
    """Responses, those of one account counting ever less."""
    return record.responses.totals(record.responses.worth)


def recent_responders(record: Record, half_life: float) -> NDArray[np.float64]:
    """Distinct accounts that respond to a person, each by its freshest response.

    Nominations, referrals and coauthorships do not age.

    Args:
        record: what to read from.
        half_life: the share of the period after which a response counts half.
    """
    responses = record.responses
    return responses.over_responders(responses.worth * fresh(responses.age, half_life))


READ_LATE: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(recent_responders, half_life=span)
    for name, (span, _) in _LATE.items()
}
