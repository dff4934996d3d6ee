"""Fruchterman-Reingold layout."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import igraph
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

_EXACT = 300  # nodes up to which every pair repels; beyond, only near ones do
_ROUNDS = 300


def springs(
    count: int, source: Positions, target: Positions, weight: Reals, *, seed: int
) -> Reals:
    """Pull tied nodes together and push all nodes apart.

    Weights enter by their square root over the mean: one very heavy tie must not
    collapse its two ends into one point.

    Args:
        count: nodes, at least 1.
        source: one end of each tie, shape (m,), in [0, count).
        target: the other end, shape (m,).
        weight: positive, shape (m,).
        seed: of the random start.

    Returns:
        Coordinates, shape (count, 2), around their mean, mean distance from it 1
        (or 0 for a single node).

    >>> import numpy as np
    >>> xy = springs(2, np.array([0]), np.array([1]), np.ones(1), seed=0)
    >>> np.round(np.hypot(*xy.T), 9).tolist()
    [1.0, 1.0]

    References:
        Fruchterman and Reingold (1991), "Graph drawing by force-directed
        placement", Software: Practice and Experience 21(11), 1129-1164,
        doi:10.1002/spe.4380211102.
    """
    if count == 1:
        return np.zeros((1, 2))
    pull = np.sqrt(weight)
    graph = igraph.Graph(n=count, edges=np.column_stack([source, target]))
    # igraph draws from one generator for the whole process: hand it ours for the
    # call, and the standard one back after it
    igraph.set_random_number_generator(random.Random(seed))
    try:
        layout = graph.layout_fruchterman_reingold(
            weights=(pull / pull.mean()).tolist() if len(pull) else None,
            niter=_ROUNDS,
            grid="nogrid" if count <= _EXACT else "grid",
        )
    finally:
        igraph.set_random_number_generator(random)
    xy = np.array(layout.coords, np.float64)
    xy -= xy.mean(axis=0)
    reach = float(np.hypot(*xy.T).mean())
    return xy / reach if reach > 0 else xy
