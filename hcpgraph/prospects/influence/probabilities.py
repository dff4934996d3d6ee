"""Influence probabilities of the edges of a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.graph.rows import row_totals

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from hcpgraph.graph import Graph

WEIGHTED: Final = "weighted"


@dataclass(frozen=True, slots=True, eq=False)
class InfluenceProbabilities:
    """The out-neighbours of each account, with influence probabilities.

    Edges run from source to target, influence back: my out-neighbours may
    activate me. Row v therefore lists the out-neighbours of v, in the order in which a
    ``Graph`` lists the out-neighbours of v. It owns its arrays, which are made
    read-only.

    Attributes:
        ids: the account behind each position, shape (n,), ascending.
        indptr: row bounds, shape (n + 1,), int64, starting at 0.
        influencer: positions of the out-neighbours of the row's account, shape (m,),
            int32.
        probability: that each moves it once it is active itself, shape (m,),
            float32, in [0, 1]; None where all of a row are equally likely and
            sum to 1.

    Raises:
        ValueError: if the arrays contradict each other, or a probability lies
            outside [0, 1].
    """

    ids: NDArray[Any]
    indptr: NDArray[np.int64]
    influencer: NDArray[np.int32]
    probability: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        _check_rows(self.ids, self.indptr, self.influencer)
        if self.probability is not None:
            _check_probability(self.probability, len(self.influencer))
        for array in (self.ids, self.indptr, self.influencer, self.probability):
            if array is not None:
                array.setflags(write=False)

    @property
    def n_nodes(self) -> int:
        """How many accounts."""
        return len(self.ids)

    @property
    def n_edges(self) -> int:
        """How many ties along which influence may run."""
        return len(self.influencer)

    def row_sums(self) -> NDArray[np.float64]:
        """Sum of the probabilities of each row, shape (n,)."""
        if self.probability is None:
            return (np.diff(self.indptr) > 0).astype(np.float64)
        return row_totals(self.indptr, self.probability)

    def __repr__(self) -> str:
        kind = "equal in each row" if self.probability is None else "one per tie"
        return f"Chances({self.n_nodes} nodes, {self.n_edges} ties, {kind})"


def from_graph(
    graph: Graph, probability: str | ArrayLike = WEIGHTED
) -> InfluenceProbabilities:
    """Probabilities of influence where nothing but the graph is known.

    Args:
        graph: edges run from follower to followed.
        probability: ``"weighted"`` for the weighted cascade [1], in which each
            account splits a probability of 1 among its out-neighbours, by weight;
            a number in (0, 1] for all ties; or one number in [0, 1] per tie, in the
            order of ``graph.indices``, shape (m,).

    Returns:
        One row per node of *graph*.

    Raises:
        ValueError: if *probability* is none of these.

    >>> from hcpgraph.graph import Graph
    >>> probabilities = from_graph(Graph.from_edges([1, 1, 2], [2, 3, 3], [3, 1, 1]))
    >>> probabilities.probability.tolist()
    [0.75, 0.25, 1.0]

    References:
        [1] Kempe, Kleinberg and Tardos (2003), "Maximizing the spread of influence
            through a social network", KDD. doi:10.1145/956750.956769
    """
    rows = (graph.ids, graph.indptr, graph.indices)
    if isinstance(probability, str):
        if probability != WEIGHTED:
            raise ValueError(
                f"probability must be {WEIGHTED!r}, a number or one number per tie, "
                f"got {probability!r}"
            )
        return InfluenceProbabilities(*rows, _shares(graph))
    given = np.asarray(probability, np.float32)
    if given.ndim == 0:
        if not 0 < given <= 1:
            raise ValueError(f"probability must lie in (0, 1], got {probability}")
        given = np.full(graph.n_edges, given, np.float32)
    return InfluenceProbabilities(*rows, given)


def _shares(graph: Graph) -> NDArray[np.float32] | None:
    """The part of its row's weight that each tie has."""
    if graph.weight is None:
        return None
    total = np.repeat(row_totals(graph.indptr, graph.weight), np.diff(graph.indptr))
    # a row of one tie may round to more than 1
    return np.minimum(graph.weight / total, 1).astype(np.float32)


def _check_rows(
    ids: NDArray[Any], indptr: NDArray[np.int64], influencer: NDArray[np.int32]
) -> None:
    if indptr.dtype != np.int64 or indptr.shape != (len(ids) + 1,):
        raise ValueError(
            f"indptr must be {len(ids) + 1} of int64, not {indptr.dtype} of shape "
            f"{indptr.shape}"
        )
    if influencer.dtype != np.int32 or influencer.ndim != 1:
        raise ValueError(
            f"influencer must be a column of int32, not {influencer.dtype}"
        )
    if indptr[0] != 0 or indptr[-1] != len(influencer) or (np.diff(indptr) < 0).any():
        raise ValueError(f"indptr must ascend from 0 to {len(influencer)}")
    if len(influencer) and not (influencer.min() >= 0 and influencer.max() < len(ids)):
        raise ValueError(f"influencer must hold positions from 0 to {len(ids) - 1}")


def _check_probability(probability: NDArray[np.float32], length: int) -> None:
    if probability.dtype != np.float32 or probability.shape != (length,):
        raise ValueError(
            f"probability must be {length} of float32, not {probability.dtype} of "
            f"shape {probability.shape}"
        )
    # written so that what is no number fails too
    if length and not (probability.min() >= 0 and probability.max() <= 1):
        raise ValueError("probability must lie in [0, 1] for every tie")
