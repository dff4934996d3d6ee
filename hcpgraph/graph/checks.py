"""Invariants of CSR arrays, checked when a graph is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.errors import GraphError
from hcpgraph.graph.rows import columns_ascend

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEAVIEST: Final = 1e38  # both directions of a tie still add up in single precision


def check_rows(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    weight: NDArray[np.float32] | None,
    ids: NDArray[Any],
) -> None:
    """Refuse arrays that are no compressed rows over *ids*.

    Raises:
        GraphError: if the arrays contradict each other.
    """
    _check_dtypes(indptr, indices, weight)
    if ids.dtype.kind not in "iuU" or ids.ndim != 1:
        raise GraphError(f"ids must be integers or text, not {ids.dtype}")
    n, m = len(ids), len(indices)
    if len(indptr) != n + 1:
        raise GraphError(f"indptr has {len(indptr)} entries for {n} nodes")
    if indptr[0] != 0 or indptr[-1] != m or (indptr[1:] < indptr[:-1]).any():
        raise GraphError(f"indptr must rise from 0 to the number of ties, {m}")
    if (ids[1:] <= ids[:-1]).any():
        raise GraphError("ids must ascend, each once")
    if m and not 0 <= indices.min() <= indices.max() < n:
        raise GraphError(f"indices must lie in [0, {n})")
    if not columns_ascend(indptr, indices):
        raise GraphError("indices must ascend in each row, each once")
    _check_weight(weight, m)


def check_heaviest(weight: NDArray[np.float32] | None) -> None:
    """Refuse weights that single precision cannot add up.

    Raises:
        GraphError: if a weight is above 1e38.
    """
    if weight is not None and weight.max(initial=0) > _HEAVIEST:
        raise GraphError(f"a tie weighs more than {_HEAVIEST:g}; scale weights down")


def _check_dtypes(
    indptr: NDArray[Any], indices: NDArray[Any], weight: NDArray[Any] | None
) -> None:
    expected = [
        ("indptr", indptr, np.int64),
        ("indices", indices, np.int32),
        ("weight", weight, np.float32),
    ]
    for name, array, dtype in expected:
        if array is not None and (array.dtype != dtype or array.ndim != 1):
            raise GraphError(
                f"{name} must be one column of {np.dtype(dtype)}, not {array.dtype}; "
                "Graph.from_edges takes any numbers"
            )


def _check_weight(weight: NDArray[np.float32] | None, n_edges: int) -> None:
    if weight is None:
        return
    if len(weight) != n_edges:
        raise GraphError(f"{len(weight)} weights for {n_edges} ties")
    if n_edges and not 0 < weight.min() <= weight.max() < np.inf:
        raise GraphError("weights must be positive and finite in single precision")
