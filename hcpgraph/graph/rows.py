"""Compressed sparse rows as bare arrays: turn round, symmetrise, add up.

The loops beneath ``Graph``. They run compiled, and their result depends on the
rows alone, never on the number of threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled, even_chunks, n_threads, parallel_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bounds: TypeAlias = NDArray[np.int64]
    Columns: TypeAlias = NDArray[np.int32]
    Amounts: TypeAlias = NDArray[np.float32]
    Rows: TypeAlias = tuple[Bounds, Columns, Amounts | None]

_PARTS: Final = 64
_NO_COLUMN: Final = np.int32(np.iinfo(np.int32).max)  # after every column
_TIES_PER_PART: Final = 1 << 18  # fewer are done before a thread has started


def transposed(indptr: Bounds, indices: Columns, weight: Amounts | None) -> Rows:
    """The same ties read from target to source."""
    bounds = np.zeros(len(indptr), np.int64)
    sources = np.empty_like(indices)
    if weight is None or alike(weight):  # then they are the same in any order
        _turn((indptr, bounds), indices, sources, None)
        return bounds, sources, weight
    amounts = (weight, np.empty_like(weight))
    _turn((indptr, bounds), indices, sources, amounts)
    return bounds, sources, amounts[1]


def alike(weight: Amounts) -> bool:
    """Whether all ties weigh the same."""
    return not len(weight) or bool(weight.min() == weight.max())


def joined(indptr: Bounds, indices: Columns) -> tuple[Bounds, Columns]:
    """Every tie in the rows of both its ends, so that one that is returned is twice.

    Cheaper than ``symmetrised``: nothing is compared, and no weight is needed to say
    that a tie was returned.

    Returns:
        Row bounds, and columns: first the targets of the row, then its sources.
    """
    received = column_totals(indices, None, len(indptr) - 1).astype(np.int64)
    bounds = indptr.copy()
    bounds[1:] += np.cumsum(received)
    columns = np.empty(2 * len(indices), np.int32)
    # one part per thread: it reads all ties, and the result is the same for any
    parts = even_chunks(bounds, n_threads())
    parallel_map(lambda p: _join(p, (indptr, indices), (bounds, columns)), parts)
    return bounds, columns


def symmetrised(forward: Rows, backward: Rows) -> Rows:
    """Rows of both directions merged: w(u, v) + w(v, u), or 1 without weights."""
    (ptr_a, ind_a, amount_a), (ptr_b, ind_b, amount_b) = forward, backward
    bounds = np.zeros(len(ptr_a), np.int64)
    both = ptr_a + ptr_b

    def merge(part: tuple[int, int]) -> tuple[Columns, Amounts | None]:
        room = int(both[part[1]] - both[part[0]])
        columns, amounts = np.empty(room, np.int32), None
        if amount_a is not None and amount_b is not None:
            amounts = (amount_a, amount_b, np.empty(room, np.float32))
        a, b = (ptr_a, ind_a), (ptr_b, ind_b)
        size = _union(part, a, b, (bounds, columns), amounts)
        return columns[:size], None if amounts is None else amounts[2][:size]

    found = parallel_map(merge, in_chunks(both))
    np.cumsum(bounds, out=bounds)
    columns = _joined([part for part, _ in found], np.dtype(np.int32))
    if amount_a is None or amount_b is None:
        return bounds, columns, None
    amounts = [amount for _, amount in found if amount is not None]
    return bounds, columns, _joined(amounts, np.dtype(np.float32))


def _joined(parts: list[NDArray[Any]], kind: np.dtype[Any]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts])


def row_of_each(indptr: Bounds) -> Columns:
    """The row that every stored tie belongs to, shape (m,)."""
    rows = np.arange(len(indptr) - 1, dtype=np.int32)
    return np.repeat(rows, np.diff(indptr))


def row_totals(indptr: Bounds, weight: Amounts | None) -> NDArray[np.float64]:
    """The weight of each row, added up in row order; its length without weights."""
    if weight is None:
        return np.diff(indptr).astype(np.float64)
    return _row_totals(indptr, weight)


def column_totals(
    indices: Columns, weight: Amounts | None, n_nodes: int
) -> NDArray[np.float64]:
    """The weight of each column, added up in row order; how often it is without."""
    total = np.zeros(n_nodes)
    _column_totals(indices, weight, total)
    return total


def columns_ascend(indptr: Bounds, indices: Columns) -> bool:
    """Whether columns ascend within each row, so that none comes twice."""
    parts = in_chunks(indptr)
    return all(parallel_map(lambda p: _columns_ascend(p, indptr, indices), parts))


def in_chunks(indptr: Bounds) -> list[tuple[int, int]]:
    """Runs of rows with about equally many ties each, for ``side_by_side``."""
    return even_chunks(indptr, max(1, min(_PARTS, int(indptr[-1]) // _TIES_PER_PART)))


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
def _row_totals(indptr: Bounds, weight: Amounts) -> NDArray[np.float64]:
    total = np.zeros(len(indptr) - 1)
    for row in range(len(total)):
        for k in range(indptr[row], indptr[row + 1]):
            total[row] += weight[k]
    return total


@compiled
def _column_totals(
    indices: Columns, weight: Amounts | None, total: NDArray[np.float64]
) -> None:
    for k in range(len(indices)):
        total[indices[k]] += 1.0 if weight is None else weight[k]


@compiled
def _columns_ascend(part: tuple[int, int], indptr: Bounds, indices: Columns) -> bool:
    for row in range(part[0], part[1]):
        for k in range(indptr[row] + 1, indptr[row + 1]):
            if indices[k] <= indices[k - 1]:
                return False
    return True


@compiled
def _turn(
    pointers: tuple[Bounds, Bounds],
    indices: Columns,
    sources: Columns,
    amounts: tuple[Amounts, Amounts] | None,
) -> None:
    """Counting sort by column; rows are walked in order, so columns ascend."""
    indptr, bounds = pointers
    for column in indices:
        bounds[column + 1] += 1
    for row in range(1, len(bounds)):
        bounds[row] += bounds[row - 1]
    slot = bounds[:-1].copy()
    for row in range(len(indptr) - 1):
        for k in range(indptr[row], indptr[row + 1]):
            to = slot[indices[k]]
            slot[indices[k]] = to + 1
            sources[to] = row
            if amounts is not None:
                amounts[1][to] = amounts[0][k]


@compiled
def _join(
    part: tuple[int, int],
    forward: tuple[Bounds, Columns],
    both: tuple[Bounds, Columns],
) -> None:
    """Fill a part of the rows: their targets, then, in order, all who aim at them."""
    (indptr, indices), (bounds, columns) = forward, both
    first, end = part
    slot = bounds[first:end].copy()
    for row in range(first, end):
        for k in range(indptr[row], indptr[row + 1]):
            columns[slot[row - first]] = indices[k]
            slot[row - first] += 1
    for row in range(len(indptr) - 1):
        for k in range(indptr[row], indptr[row + 1]):
            target = indices[k]
            if first <= target < end:
                columns[slot[target - first]] = row
                slot[target - first] += 1


@compiled
def _union(
    part: tuple[int, int],
    a: tuple[Bounds, Columns],
    b: tuple[Bounds, Columns],
    whole: tuple[Bounds, Columns],
    amounts: tuple[Amounts, Amounts, Amounts] | None,
) -> int:
    """Row by row, the ascending union of the columns of a and b, amounts added.

    Returns:
        How many columns the rows of the part have in all.
    """
    (ptr_a, ind_a), (ptr_b, ind_b), (bounds, columns) = a, b, whole
    to = 0
    for row in range(part[0], part[1]):
        i, j, start = ptr_a[row], ptr_b[row], to
        end_a, end_b = ptr_a[row + 1], ptr_b[row + 1]
        while i < end_a or j < end_b:
            left = ind_a[i] if i < end_a else _NO_COLUMN
            right = ind_b[j] if j < end_b else _NO_COLUMN
            columns[to] = min(left, right)
            in_a, in_b = left <= right, right <= left
            if amounts is not None:
                # times 0 or 1: which of the two comes next cannot be predicted
                total = np.float64(amounts[0][i]) * in_a if i < end_a else 0.0
                total += np.float64(amounts[1][j]) * in_b if j < end_b else 0.0
                amounts[2][to] = total
            i += in_a
            j += in_b
            to += 1
        bounds[row + 1] = to - start
    return to
