"""Graphs from ties and layer weights."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.graph.checks import check_heaviest
from hcpgraph.graph.csr import Graph
from hcpgraph.graph.csr_construction import TieArrays, fill
from hcpgraph.graph.incoming import Incoming
from hcpgraph.graph.rows import column_totals
from hcpgraph.graph.sort_merge import sort_and_merge
from hcpgraph.model.names import LAYERS, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.graph.csr_construction import TieStream
    from hcpgraph.model.ties import Ties


def from_ties(ties: Ties, layers: Mapping[str, float]) -> Graph:
    """One graph out of many kinds of attention, each worth its layer's weight.

    Two accounts are joined by the sum of tie weight x layer weight over all
    their ties, whatever the times, posts and areas of these: take a period or an
    area with ``ties.where`` first. Layers that are absent from *layers*, or
    weigh 0, are left out, and so are accounts that occur in no other.

    Args:
        ties: the edges, with layers and times.
        layers: layer name -> weight, finite, at least 0.

    Returns:
        A weighted graph whose ids are account numbers, int32.

    Raises:
        ValueError: if a layer does not exist or its weight cannot be used.
    """
    return from_stream(stream_of(ties, layers))


def stream_of(ties: Ties, layers: Mapping[str, float]) -> TieArrays:
    """The ties of the layers that count, each worth its weight x its layer's.

    Raises:
        ValueError: if a layer does not exist or its weight cannot be used.
    """
    of_layer = layer_weights(layers)[ties.layer]
    worth = ties.weight.astype(np.float64) * of_layer
    kept = of_layer > 0
    source, target = ties.source, ties.target
    if not kept.all():
        source, target, worth = source[kept], target[kept], worth[kept]
    return TieArrays.of(source, target, worth)


def from_stream(stream: TieStream) -> Graph:
    """The graph of a stream of ties; repeated ties add up.

    Self loops and ties worth 0 are no ties, but their accounts are kept. The order of
    the ties leaves no trace.

    Args:
        stream: read twice.

    Returns:
        A weighted graph, also where each tie weighs 1: its undirected form then
        tells whether a tie was returned. Its ids are account numbers, int32.

    Raises:
        GraphError: if there are too many accounts, or weights are too large.

    >>> ends = np.array([1, 1, 4], np.int32), np.array([4, 4, 1], np.int32)
    >>> graph = from_stream(TieArrays.of(*ends))
    >>> graph.ids.tolist(), graph.indices.tolist(), graph.weight.tolist()
    ([1, 4], [1, 0], [2.0, 1.0])
    """
    found = fill(stream, by_target=False)
    bounds, columns, weight = sort_and_merge(
        found.bounds, found.columns, found.worth, add=True
    )
    if weight is None:
        weight = np.ones(len(columns), np.float32)
    check_heaviest(weight)
    return Graph(bounds, columns, weight, found.ids)


def incoming_from_stream(stream: TieStream) -> Incoming:
    """The incoming ties of a stream of ties, without a graph in between.

    As ``from_stream(stream).incoming()``, but without weights where each tie weighs
    1, and with half of its memory.

    Args:
        stream: read twice.

    Raises:
        GraphError: if there are too many accounts, or weights are too large.

    >>> ends = np.array([1, 4, 7], np.int32), np.array([4, 7, 4], np.int32)
    >>> rows = incoming_from_stream(TieArrays.of(*ends))
    >>> rows.ids.tolist(), rows.indptr.tolist(), rows.indices.tolist()
    ([1, 4, 7], [0, 0, 2, 3], [0, 2, 1])
    """
    found = fill(stream, by_target=True)
    bounds, columns, weight = sort_and_merge(
        found.bounds, found.columns, found.worth, add=True
    )
    check_heaviest(weight)
    given = found.turned
    if weight is not None:
        given = column_totals(columns, weight, len(found.ids))
    return Incoming(bounds, columns, weight, given, found.ids)


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
