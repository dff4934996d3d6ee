"""From the ties of a study to a graph of the layers that count."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph.csr import Graph
from hcpgraph.model.names import LAYERS, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties


def from_ties(ties: Ties, layers: Mapping[str, float]) -> Graph:
    """One graph out of many kinds of attention, each worth its layer's weight.

    Two accounts are joined by the sum of tie weight x layer weight over all
    their ties, whatever the times, posts and areas of these: take a period or an
    area with ``ties.where`` first. Layers that are absent from *layers*, or
    weigh 0, are left out, and so are accounts that occur in no other.

    Args:
        ties: who pays attention to whom.
        layers: layer name -> weight, finite, at least 0.

    Returns:
        A weighted graph whose ids are account numbers, int32.

    Raises:
        ValueError: if a layer does not exist or its weight cannot be used.
    """
    worth = layer_weights(layers)[ties.layer]
    kept = worth > 0
    return Graph.from_edges(
        ties.source[kept],
        ties.target[kept],
        ties.weight[kept].astype(np.float64) * worth[kept],
    )


def layer_weights(layers: Mapping[str, float]) -> NDArray[np.float64]:
    """The weight of every layer by its code, 0 for those not named.

    Raises:
        ValueError: if a name is no layer, or a weight is negative or not finite.

    >>> layer_weights({"follow": 1.0, "reply": 2.0})[:4].tolist()
    [1.0, 0.0, 2.0, 0.0]
    """
    weight = np.zeros(len(LAYERS))
    for name, value in layers.items():
        if name not in LAYERS:
            raise ValueError(f"no layer {name!r}; {suggest(name, LAYERS)}")
        if not (isfinite(value) and value >= 0):
            raise ValueError(
                f"layer {name!r} must weigh a finite number of at least 0, got {value}"
            )
        weight[LAYERS.index(name)] = value
    return weight
