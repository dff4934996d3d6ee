"""Compressed sparse rows as bare arrays: sort, merge, turn round, symmetrise.

The loops beneath ``Graph``. They run compiled, and their result depends on the
set of ties alone, never on the order in which the ties came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bounds: TypeAlias = NDArray[np.int64]
    Columns: TypeAlias = NDArray[np.int32]
    Amounts: TypeAlias = NDArray[np.float32]
    Rows: TypeAlias = tuple[Bounds, Columns, Amounts | None]


def compress(
    source: Columns,
    target: Columns,
    weight: NDArray[np.float64] | None,
    n_nodes: int,
) -> Rows:
    """Sort ties by (source, target) and merge parallel ones.

    Args:
        source: row of each tie, shape (m,), in [0, n_nodes).
        target: column of each tie, shape (m,), in [0, n_nodes).
        weight: positive weights, shape (m,), or None; parallel ties are summed
            when there are weights and counted once when there are none.
        n_nodes: number of rows.

    Returns:
        Row bounds, columns ascending within a row, and weights or None.
    """
    by_target = _stable_order(target, np.arange(len(target)), n_nodes)
    order = _stable_order(source, by_target, n_nodes)
    indices = target[order]
    indptr, kept = _merge_bounds(source, target, order, n_nodes)
    if weight is None:
        return indptr, indices[kept[:-1]], None
    summed = _sum_runs(weight[order], kept)
    return indptr, indices[kept[:-1]], _single(summed)


def transposed(indptr: Bounds, indices: Columns, weight: Amounts | None) -> Rows:
    """The same ties read from target to source."""
    bounds, sources, place = _turn(indptr, indices)
    return bounds, sources, None if weight is None else weight[place]


def symmetrised(forward: Rows, backward: Rows) -> Rows:
    """Rows of both directions merged: w(u, v) + w(v, u), or 1 without weights."""
    bounds, indices = _union(forward[0], forward[1], backward[0], backward[1])
    total = np.zeros(len(indices))
    for part_bounds, part_indices, weight in (forward, backward):
        if weight is None:
            return bounds, indices, None
        place = _places(bounds, indices, part_bounds, part_indices)
        total[place] += weight  # no place comes twice within one direction
    return bounds, indices, _single(total)


def _sum_runs(weight: NDArray[np.float64], starts: Bounds) -> NDArray[np.float64]:
    """Sum each run in ascending order, so that input order leaves no trace."""
    total, length = weight[starts[:-1]], np.diff(starts)
    parallel = length > 1
    if not parallel.any():
        return total
    amount, length = weight[np.repeat(parallel, length)], length[parallel]
    run = np.repeat(np.arange(len(length), dtype=np.int32), length)
    order = _stable_order(run, np.argsort(amount), len(length))
    total[parallel] = np.add.reduceat(amount[order], np.cumsum(length) - length)
    return total


def _single(weight: NDArray[np.float64]) -> Amounts:
    """Weights in single precision; what does not fit shows as infinite."""
    with np.errstate(over="ignore"):
        return weight.astype(np.float32)


def row_of_each(indptr: Bounds) -> Columns:
    """The row that every stored tie belongs to, shape (m,)."""
    rows = np.arange(len(indptr) - 1, dtype=np.int32)
    return np.repeat(rows, np.diff(indptr))


def columns_ascend(indptr: Bounds, indices: Columns) -> bool:
    """Whether columns ascend within each row, so that none comes twice."""
    return bool(_columns_ascend(indptr, indices))


def weigh(
    indptr: Bounds, indices: Columns, weight: Amounts | None, label: NDArray[np.integer]
) -> tuple[NDArray[np.float64], float]:
    """Weight of the rows of each label, from 0, and of ties within labels.

    Args:
        indptr: row bounds, shape (n + 1,).
        indices: columns, shape (m,).
        weight: of ties, shape (m,), or None where each weighs 1.
        label: class of each row and column, shape (n,), from 0.
    """
    dense = np.asarray(label, np.int32)
    return _weigh(indptr, indices, weight, dense, int(dense.max(initial=-1)) + 1)


@compiled
def _weigh(
    indptr: Bounds,
    indices: Columns,
    weight: Amounts | None,
    label: Columns,
    n_labels: int,
) -> tuple[NDArray[np.float64], float]:
    total = np.zeros(n_labels)
    within = 0.0
    for row in range(len(label)):
        here, inner, every = label[row], 0.0, 0.0
        for k in range(indptr[row], indptr[row + 1]):
            amount = 1.0 if weight is None else np.float64(weight[k])
            every += amount
            inner += amount if label[indices[k]] == here else 0.0
        total[here] += every
        within += inner
    return total, within


@compiled
def _columns_ascend(indptr: Bounds, indices: Columns) -> bool:
    for row in range(len(indptr) - 1):
        for k in range(indptr[row] + 1, indptr[row + 1]):
            if indices[k] <= indices[k - 1]:
                return False
    return True


@compiled
def _stable_order(key: Columns, order: Bounds, n_nodes: int) -> Bounds:
    """Positions in *order*, sorted by their key; equal keys stay as they were."""
    slot = np.zeros(n_nodes + 1, np.int64)
    for k in key:
        slot[k + 1] += 1
    slot = np.cumsum(slot)
    result = np.empty_like(order)
    for position in order:
        k = key[position]
        result[slot[k]] = position
        slot[k] += 1
    return result


@compiled
def _merge_bounds(
    source: Columns, target: Columns, order: Bounds, n_nodes: int
) -> tuple[Bounds, Bounds]:
    """Row bounds after merging, and where each run of parallel ties starts."""
    indptr = np.zeros(n_nodes + 1, np.int64)
    starts = np.empty(len(order) + 1, np.int64)
    found = 0
    for i in range(len(order)):
        here, before = order[i], order[i - 1]
        new = i == 0 or source[here] != source[before] or target[here] != target[before]
        if new:
            starts[found] = i
            indptr[source[here] + 1] += 1
            found += 1
    starts[found] = len(order)
    return np.cumsum(indptr), starts[: found + 1].copy()


@compiled
def _turn(indptr: Bounds, indices: Columns) -> tuple[Bounds, Columns, Bounds]:
    """Counting sort by column; rows are walked in order, so columns ascend."""
    n_nodes = len(indptr) - 1
    bounds = np.zeros(n_nodes + 1, np.int64)
    for column in indices:
        bounds[column + 1] += 1
    bounds = np.cumsum(bounds)
    slot = bounds[:-1].copy()
    sources = np.empty(len(indices), np.int32)
    place = np.empty(len(indices), np.int64)
    for row in range(n_nodes):
        for k in range(indptr[row], indptr[row + 1]):
            to = slot[indices[k]]
            sources[to] = row
            place[to] = k
            slot[indices[k]] += 1
    return bounds, sources, place


@compiled
def _union(
    ptr_a: Bounds, ind_a: Columns, ptr_b: Bounds, ind_b: Columns
) -> tuple[Bounds, Columns]:
    """Row by row, the ascending union of the columns of a and of b."""
    n_nodes = len(ptr_a) - 1
    bounds = np.zeros(n_nodes + 1, np.int64)
    merged = np.empty(len(ind_a) + len(ind_b), np.int32)
    size = 0
    for row in range(n_nodes):
        i, j = ptr_a[row], ptr_b[row]
        while i < ptr_a[row + 1] or j < ptr_b[row + 1]:
            if j == ptr_b[row + 1] or (i < ptr_a[row + 1] and ind_a[i] <= ind_b[j]):
                column = ind_a[i]
            else:
                column = ind_b[j]
            merged[size] = column
            size += 1
            i += i < ptr_a[row + 1] and ind_a[i] == column
            j += j < ptr_b[row + 1] and ind_b[j] == column
        bounds[row + 1] = size
    return bounds, merged[:size].copy()


@compiled
def _places(
    bounds: Bounds, columns: Columns, indptr: Bounds, indices: Columns
) -> Bounds:
    """Where each column of a row stands in the longer row that contains it."""
    places = np.empty(len(indices), np.int64)
    for row in range(len(bounds) - 1):
        place = bounds[row]
        for k in range(indptr[row], indptr[row + 1]):
            while columns[place] != indices[k]:
                place += 1
            places[k] = place
    return places
