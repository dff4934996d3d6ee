"""Rankings that anyone could make: what a score has to be better than."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.ties import NO_TIME, in_layers
from hcpgraph.ranking.record.incoming_edges import (
    STANDING_CODES,
    everyone,
    fold,
    pair_graph,
    responders,
)
from hcpgraph.ranking.record.recency import UNDATED, fresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.signals import GraphMeasure

_HALF_LIFE: Final = 1 / 3  # of the time between the first interaction and the last
_LAST: Final = 1 / 3  # of the interactions: the last period


def simple_counts(
    ties: Ties, layers: Mapping[str, float]
) -> dict[str, NDArray[np.float64]]:
    """What can be counted without a model, of everyone who occurs in *ties*.

    * ``in-degree, distinct``  accounts that respond: mention, reply, repost, quote,
      nominate
    * ``in-degree, weighted``  their responses, by the weight of the layer
    * ``in-degree, recent``    the accounts, each by its fading responses, at most one
    * ``recent x activity``    the same times log(1 + own interactions)
    * ``persistence``          accounts that respond in the last third of the
      interactions: who led lately goes on leading
    * ``followers``            accounts with a standing tie, where there is any

    Args:
        ties: the ties of an area and a period, nothing later.
        layers: weight of each layer that counts.

    Returns:
        A value per account of ``everyone(ties)`` by name, shape (n,), from 0.
    """
    among = everyone(ties)
    worth = layer_weights(layers)[ties.layer] * ties.weight
    counts = (worth > 0) & (ties.source != ties.target)
    stands = in_layers(ties.layer, STANDING_CODES)
    interactions = counts & ~stands
    target = np.searchsorted(among, ties.target[interactions])
    recent = _recent(ties.where(interactions), among)
    source = np.searchsorted(among, ties.source[interactions])
    own = np.bincount(source, minlength=len(among))
    found = {
        "in-degree, distinct": responders(ties, interactions, among),
        "in-degree, weighted": _sums(target, worth[interactions], len(among)),
        "in-degree, recent": recent,
        "recent x activity": recent * np.log1p(own),
        "persistence": responders(
            ties, interactions & _lately(ties, interactions), among
        ),
    }
    if (counts & stands).any():
        found["followers"] = responders(ties, counts & stands, among)
    return found


def baselines(
    ties: Ties, layers: Mapping[str, float], *, measure: GraphMeasure
) -> dict[str, NDArray[np.float64]]:
    """The simple baselines, and PageRank of all ties that count.

    Returns:
        As ``simple_counts`` does.
    """
    found = simple_counts(ties, layers)
    pairs = fold(ties, layers)
    if len(pairs.source):
        found["PageRank"] = measure("pagerank", pair_graph(pairs)).value
    return found


def _recent(interactions: Ties, among: NDArray[np.int32]) -> NDArray[np.float64]:
    """Distinct accounts that respond, each by the sum of its fading responses.

    Time is plain calendar time here. Interactions without one count as an average
    interaction does.
    """
    dated = interactions.at != NO_TIME
    if not len(interactions):
        return np.zeros(len(among))
    age = np.full(len(interactions), UNDATED)
    if dated.any():
        last, first = interactions.at[dated].max(), interactions.at[dated].min()
        age[dated] = (last - interactions.at[dated]) / max(int(last - first), 1)
    left = fresh(age, _HALF_LIFE)
    width = int(interactions.source.max()) + 1
    key = interactions.target.astype(np.int64) * width + interactions.source
    # by what is left last, so that the order of the ties leaves no trace in a sum
    order = np.lexsort((left, key))
    first_of = np.flatnonzero(np.diff(key[order], prepend=-1))
    amount = np.minimum(np.add.reduceat(left[order], first_of), 1.0)
    place = np.searchsorted(among, key[order][first_of] // width)
    return _sums(place, amount, len(among))


def _sums(
    place: NDArray[np.intp], amount: NDArray[np.floating], count: int
) -> NDArray[np.float64]:
    return np.bincount(place, amount, count).astype(np.float64)


def _lately(ties: Ties, interactions: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which ties are as late as the last third of the interactions that have a time."""
    when = np.sort(ties.at[interactions & (ties.at != NO_TIME)])
    if not len(when):
        return np.zeros(len(ties), np.bool_)
    start: int = when[int(len(when) * (1.0 - _LAST))]
    late: NDArray[np.bool_] = ties.at >= start
    return late
