"""Rankings by a single measure: the best of people who may be listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from hcpgraph.graph import Graph
from hcpgraph.model.ranking import Scored
from hcpgraph.model.ranks import best_first, levelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Incoming
    from hcpgraph.model.scores import Scores

# Burt's constraint is high for people tied to one community: the free lead, and
# the score shows it with a minus sign.
_LOW_LEADS: Final = frozenset({"constraint"})
_NEAR: Final = 1e-9  # of the largest: far more than equal scores may differ by


class Score(Protocol):
    """Computes a measure by its name, on whatever engine."""

    def __call__(self, name: str, rows: Any, /) -> Scores: ...


def rank_by(
    rows: Graph | Incoming,
    name: str,
    *,
    score: Score,
    allowed: NDArray[np.bool_] | None = None,
    top: int | None = None,
) -> Scored:
    """Order accounts by one measure of the graph of their ties.

    Only the *top* are put in order: of tens of millions, hardly any are listed.

    Args:
        rows: a graph over account numbers, or its incoming ties if these are all
            that the measure reads.
        name: a registered measure, such as ``"pagerank"``.
        score: computes the measure.
        allowed: who is ranked, one per node, shape (n,); everyone if None. All
            count in the measure.
        top: how many to rank, from 0; everyone if None.

    Returns:
        The best first, each once, without contributions. Equal scores are ordered
        by in-degree, then by account. ``cut`` counts those left out with the score of
        the last one.

    Raises:
        UnknownMeasure: if there is no such measure.
    """
    value = score(name, rows).value
    if name in _LOW_LEADS:
        value = -value
    among = np.arange(len(value)) if allowed is None else np.flatnonzero(allowed)
    if top is not None:
        among = _best(value, among, top)
    level = levelled(value[among])
    # ids ascend with positions, so that a position says who has the lower account
    best = best_first(level, -_audience(rows)[among])
    found = Scored(account=rows.ids[among[best]], score=level[best])
    return found if top is None else found.head(top)


def _best(
    value: NDArray[np.float64], among: NDArray[np.intp], top: int
) -> NDArray[np.intp]:
    """Those of *among* who may be one of the *top*: equals of the last one too."""
    if top >= len(among):
        return among
    if not top:
        return among[:0]
    candidate = value[among]
    least = np.partition(candidate, len(among) - top)[len(among) - top]
    # those that equal the last one but for rounding, and some more
    least -= _NEAR * np.abs(candidate).max()
    fit: NDArray[np.bool_] = candidate >= least
    return among[fit]


def _audience(rows: Graph | Incoming) -> NDArray[np.int64]:
    """In-degree of each account; the graph has no parallel edges."""
    if isinstance(rows, Graph):
        return np.bincount(rows.indices, minlength=rows.n_nodes)
    return np.diff(rows.indptr)
