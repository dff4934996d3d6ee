"""Families of layers that occur: social, scientific and nominated ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import LAYER_FAMILIES, LAYERS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hcpgraph.model.ties import Ties


def families_among(present: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The families that some layers are of, and those layers.

    Args:
        present: layers of which there are ties.

    Returns:
        Family -> layers; empty where all are of one family, whose ranking is the whole.

    >>> families_among(["nomination", "follow", "mention"])
    {'social': ('follow', 'mention'), 'nominated': ('nomination',)}
    >>> families_among(["follow", "mention"])
    {}
    """
    found = {
        family: tuple(layer for layer in layers if layer in present)
        for family, layers in LAYER_FAMILIES.items()
        if set(layers) & set(present)
    }
    return found if len(found) > 1 else {}


def families_of(ties: Ties, layers: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """The same, of the ties between two accounts that count."""
    counts = layer_weights(layers)[ties.layer] > 0
    codes = np.unique(ties.layer[counts & (ties.source != ties.target)])
    return families_among([LAYERS[code] for code in codes.tolist()])
