"""Resonance: the response score, a recency-weighted number of responders.

Beside it stand responders by layer (mentioners, repliers, reposters, quoters), peers
(responders who are health professionals, and mutual responses), and momentum: new
responders, recency, steadiness and age of responses.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.incoming_edges import distinct
from hcpgraph.ranking.record.recency import JUST_NOW, LATELY, SLOWLY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hcpgraph.ranking.record.responses import Responses
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

    Responders nobody vouches for count as average ones at most (``discount``).
    Nominations, referrals and coauthorships do not age.

    Args:
        record: what to read from.
        half_life: the share of the period after which a response counts half.
    """
    return record.responses.late(half_life)


READ_LATE: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(recent_responders, half_life=span)
    for name, (span, _) in _LATE.items()
}

_LAYERS = {
    "mentioners": "mention",
    "repliers": "reply",
    "reposters": "repost",
    "quoters": "quote",
}
BY_LAYER: Final = tuple(
    Signal(
        name=name,
        family="resonance",
        meaning=f"recency-weighted {name}",
        unit="distinct accounts, half-life one sixth of the period",
        source=f"{layer} ties",
    )
    for name, layer in _LAYERS.items()
)


def by_layer(record: Record, layer: str) -> NDArray[np.float64]:
    """Recency-weighted in-degree of one layer, each account by its last response."""
    responses = record.responses.part(record.responses.of([layer]))
    return responses.late(LATELY)


READ_BY_LAYER: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(by_layer, layer=layer) for name, layer in _LAYERS.items()
}

PROFESSIONAL_RESPONDERS: Final = Signal(
    name="professional_listeners",
    family="resonance",
    meaning="recency-weighted responders who are health professionals",
    unit="distinct professionals, half-life one sixth of the period",
    source="responses of accounts with a known role",
)
PEER_SHARE: Final = Signal(
    name="peer_share",
    family="resonance",
    meaning="share of health professionals in the audience",
    unit="of all in-neighbours, 0 to 1",
    source="all ties that count, of accounts with a known role",
)
EXCHANGES: Final = Signal(
    name="exchanges",
    family="resonance",
    meaning="mutual responses",
    unit="distinct accounts with responses both ways",
    source="mentions, replies, reposts, quotes, nominations both ways",
)


def professional_responders(record: Record) -> NDArray[np.float64]:
    """Recency-weighted responders among health professionals."""
    responses = record.responses
    probability = record.professional[responses.source]
    return replace(responses, worth=probability * responses.worth).late(LATELY)


def peer_share(record: Record) -> NDArray[np.float64]:
    """The share of health professionals in the audience (in-neighbours)."""
    pairs = record.pairs
    peers = pairs.received(record.professional[pairs.source])
    audience = pairs.audience()
    return peers / np.maximum(audience, 1.0)


def exchanges(record: Record) -> NDArray[np.float64]:
    """Reciprocity: distinct accounts with responses both ways."""
    responses, n = record.responses, record.n_accounts
    to = distinct(responses.source.astype(np.int64) * n + responses.target)
    back = (to % n) * n + to // n if n else to
    mutual = to[np.isin(to, back)]
    return np.bincount(mutual % max(n, 1), minlength=n).astype(np.float64)


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
    name="last_response",
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
    name="first_response",
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
    interactions = responses.of(
        ("mention", "reply", "repost", "quote", "mention_in_repost")
    )
    return responses.part(interactions & ~np.isnan(responses.age))
