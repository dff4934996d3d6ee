"""Incoming edges alone: the one orientation that influence needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hcpgraph.errors import GraphError
from hcpgraph.graph.checks import check_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Incoming:
    """Incoming ties row by row, and how much each account gives in all.

    A ``Graph`` lists out-neighbours; this lists the in-neighbours of each account,
    from which influence is read. It takes half the memory of
    a graph with its transpose, so that the largest networks fit. It owns its arrays,
    which are made read-only. There are no self loops and no parallel ties.

    Attributes:
        indptr: row bounds, shape (n + 1,), int64, starting at 0.
        indices: sources of the ties to each account, ascending, shape (m,), int32.
        weight: how much attention, shape (m,), float32, positive and finite, or
            None where each tie weighs 1.
        given: the weight of the ties that each account gives, their number without
            weights, shape (n,), float64.
        ids: the account behind each position, shape (n,), ascending; integers
            or text.

    Raises:
        GraphError: if the arrays contradict each other.

    >>> from hcpgraph.graph import Graph
    >>> rows = Graph.from_edges(["ann", "bob", "ann"], ["cem", "cem", "bob"]).incoming()
    >>> rows
    Incoming(3 nodes, 3 ties, unweighted)
    >>> rows.indptr.tolist(), rows.indices.tolist(), rows.given.tolist()
    ([0, 0, 1, 3], [0, 0, 1], [2.0, 1.0, 0.0])
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32] | None
    given: NDArray[np.float64]
    ids: NDArray[Any]

    def __post_init__(self) -> None:
        check_rows(self.indptr, self.indices, self.weight, self.ids)
        if self.given.dtype != np.float64 or self.given.shape != self.ids.shape:
            raise GraphError(
                f"given must be {self.n_nodes} of float64, not {self.given.dtype} of "
                f"shape {self.given.shape}"
            )
        for array in (self.indptr, self.indices, self.weight, self.given, self.ids):
            if array is not None:
                array.setflags(write=False)

    @property
    def n_nodes(self) -> int:
        """How many accounts."""
        return len(self.ids)

    @property
    def n_edges(self) -> int:
        """How many ties."""
        return len(self.indices)

    @property
    def is_weighted(self) -> bool:
        """Whether ties carry weights."""
        return self.weight is not None

    def __repr__(self) -> str:
        kind = "weighted" if self.is_weighted else "unweighted"
        return f"Incoming({self.n_nodes} nodes, {self.n_edges} ties, {kind})"
