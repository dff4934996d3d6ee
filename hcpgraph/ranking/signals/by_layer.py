"""Responders by layer: mentioners, repliers, reposters, quoters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.recency import LATELY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

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
    return responses.over_responders(responses.worth * fresh(responses.age, LATELY))


READ_BY_LAYER: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(by_layer, layer=layer) for name, layer in _LAYERS.items()
}
