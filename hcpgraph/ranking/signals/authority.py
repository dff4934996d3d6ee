"""Authority: being heard by those who are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Scores
    from hcpgraph.ranking.attention import Attention

AUTHORITY: Final = Signal(
    name="authority",
    meaning="accounts that are attended to attend to this person",
    unit="times the average share of a reader's time",
    source="PageRank of all ties that count, each pair of accounts once",
)


class Measure(Protocol):
    """Computes a registered measure of a graph by its name, on some engine."""

    def __call__(self, name: str, graph: Graph, /) -> Scores: ...


def authority(
    attention: Attention, graph: Graph, measure: Measure
) -> NDArray[np.float64]:
    """Attention weighted by who pays it.

    PageRank times the number of accounts, so that 1 is the average. Someone
    nobody attends to has none, although PageRank grants everyone a little.

    Args:
        attention: the distinct pairs.
        graph: the same pairs as a graph over the same accounts.
        measure: computes PageRank, on whatever engine.

    Returns:
        One value per account, shape (n,), from 0.
    """
    if not len(attention.source):
        return np.zeros(attention.n_accounts)
    value = measure("pagerank", graph).value * attention.n_accounts
    return np.where(attention.audience() > 0, value, 0.0)
