"""Through whom a prospect can be approached."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import LAYERS
from hcpgraph.model.prospects import Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

MOST_LINKS: Final = 3


def links(
    ties: Ties,
    picked: NDArray[np.int32],
    known: NDArray[np.int32],
    layers: Mapping[str, float],
) -> dict[int, tuple[Link, ...]]:
    """The strongest ties between prospects and people already known.

    Two people are tied by the layer in which the number of their ties, times its
    weight, is largest (the earlier layer of ``names.LAYERS`` when equal). Known
    people are ordered by that product, then by account number.

    Args:
        ties: the ties of the area.
        picked: account numbers of the prospects; none is known.
        known: account numbers of those already known.
        layers: weight of each layer that counts.

    Returns:
        Prospect -> one to three links; only those who have any.
    """
    worth = layer_weights(layers)
    toward, back = (
        _count(ties, worth, picked, known),
        _count(ties, worth, known, picked),
    )
    flat = {(a, k, layer): n for (a, k, layer), n in toward.items()}
    for (k, a, layer), n in back.items():
        flat[a, k, layer] = flat.get((a, k, layer), 0) + n
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for (a, k, layer), n in sorted(flat.items()):
        strength = n * float(worth[layer])
        if strength > best.get((a, k), (0.0, 0))[0]:
            best[a, k] = (strength, layer)
    by_prospect = defaultdict(list)
    for (a, k), (_, layer) in sorted(
        best.items(), key=lambda item: (-item[1][0], item[0])
    ):
        by_prospect[a].append(
            Link(
                known=k,
                layer=LAYERS[layer],
                ties=flat[a, k, layer],
                toward_known=(a, k, layer) in toward,
                from_known=(k, a, layer) in back,
            )
        )
    return {a: tuple(found[:MOST_LINKS]) for a, found in by_prospect.items()}


def _count(
    ties: Ties,
    worth: NDArray[np.float64],
    sources: NDArray[np.int32],
    targets: NDArray[np.int32],
) -> Counter[tuple[int, int, int]]:
    """Distinct ties from *sources* to *targets*, by (source, target, layer)."""
    rows = np.flatnonzero(
        (worth[ties.layer] > 0)
        & np.isin(ties.source, sources)
        & np.isin(ties.target, targets)
    )
    columns = (ties.source, ties.target, ties.layer, ties.at, ties.post)
    once = set(zip(*(column[rows].tolist() for column in columns), strict=True))
    return Counter((source, target, layer) for source, target, layer, *_ in once)
