"""How people are responded to: named, answered, passed on or quoted."""

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

_WAYS = {
    "mentioners": ("mention", "name this person"),
    "repliers": ("reply", "answer this person"),
    "reposters": ("repost", "pass on what this person says"),
    "quoters": ("quote", "comment on what this person says"),
}
BY_LAYER: Final = tuple(
    Signal(
        name=name,
        family="resonance",
        meaning=f"many accounts {doing}, and lately",
        unit="distinct accounts, halved with every sixth of the record since",
        source=f"{layer} ties",
    )
    for name, (layer, doing) in _WAYS.items()
)


def by_layer(record: Record, layer: str) -> NDArray[np.float64]:
    """Distinct accounts that respond in one way, each by its freshest response."""
    heard = record.responses.part(record.responses.of([layer]))
    return heard.voices(heard.worth * fresh(heard.age, LATELY))


READ_BY_LAYER: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(by_layer, layer=layer) for name, (layer, _) in _WAYS.items()
}
