"""The step that iterative measures share: attention collected along ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.graph import Graph


def gather(graph: Graph, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each node, the sum of weight x *value* over the nodes in its row.

    On ``graph`` this reads from those a node attends to, on
    ``graph.transpose()`` from those who attend to it.

    Args:
        graph: rows to read along.
        value: one number per node, shape (n,).

    Returns:
        Sums, shape (n,). Each is added up in row order, so the result is the
        same to the last bit however often it is computed.
    """
    return _gather(graph.indptr, graph.indices, graph.weight, value)


def row_sums(graph: Graph) -> NDArray[np.float64]:
    """The total weight of each row, shape (n,); its length without weights."""
    return gather(graph, np.ones(graph.n_nodes))


@compiled
def _gather(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    weight: NDArray[np.float32] | None,
    value: NDArray[np.float64],
) -> NDArray[np.float64]:
    result = np.empty(len(indptr) - 1)
    for row in range(len(result)):
        total = 0.0
        for k in range(indptr[row], indptr[row + 1]):
            if weight is None:
                total += value[indices[k]]
            else:
                total += weight[k] * value[indices[k]]
        result[row] = total
    return result
