"""Sort and deduplicate the rows of a CSR matrix.

The result depends on the set of ties alone, never on the order in which they came,
nor on the number of threads: a row is the work of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.compiled import compiled, parallel_map
from hcpgraph.graph.rows import in_chunks

if TYPE_CHECKING:
    from hcpgraph.graph.csr_construction import Worth
    from hcpgraph.graph.rows import Amounts, Bounds, Columns, Rows


def sort_and_merge(
    bounds: Bounds, columns: Columns, worth: Worth | None, *, add: bool
) -> Rows:
    """Sort each row and merge what is in it twice; arrays given are used up.

    Args:
        bounds: where each row starts, and the end, shape (n + 1,).
        columns: in any order within a row, shape (m,).
        worth: above 0, shape (m,), or None where each tie is worth 1.
        add: merged ties are worth their sum; else, without *worth*, they count once.

    Returns:
        Row bounds, columns ascending within a row, each once, and weights: None
        where each tie weighs 1.
    """
    parts = in_chunks(bounds)
    distinct = np.empty_like(bounds)
    distinct[0] = 0
    parallel_map(lambda p: _sort_rows(p, bounds, columns, worth, distinct), parts)
    np.cumsum(distinct, out=distinct)
    if distinct[-1] == len(columns):
        return bounds, columns, None if worth is None else _single(worth)
    kept = np.empty(distinct[-1], np.int32)
    total = None
    if add or worth is not None:
        total = np.empty(distinct[-1], np.float32)
    parallel_map(
        lambda p: _merge_rows(p, (bounds, distinct), columns, worth, kept, total),
        parts,
    )
    return distinct, kept, total


def _single(worth: Worth) -> Amounts:
    """Weights in single precision; what does not fit shows as infinite."""
    with np.errstate(over="ignore"):
        return worth.astype(np.float32, copy=False)


@compiled
def _sort_rows(
    part: tuple[int, int],
    bounds: Bounds,
    columns: Columns,
    worth: Worth | None,
    distinct: Bounds,
) -> None:
    """Sort rows that are not in order; count what is different in each."""
    for row in range(part[0], part[1]):
        start, stop = bounds[row], bounds[row + 1]
        for k in range(start + 1, stop):
            if columns[k] < columns[k - 1]:
                if worth is None:
                    columns[start:stop].sort()
                else:
                    order = np.argsort(columns[start:stop])
                    columns[start:stop] = columns[start:stop][order]
                    worth[start:stop] = worth[start:stop][order]
                break
        found = min(1, stop - start)
        for k in range(start + 1, stop):
            found += columns[k] != columns[k - 1]
        distinct[row + 1] = found


@compiled
def _merge_rows(
    part: tuple[int, int],
    bounds: tuple[Bounds, Bounds],
    columns: Columns,
    worth: Worth | None,
    kept: Columns,
    total: Amounts | None,
) -> None:
    """Sum each run of equal columns, the least first, so that order leaves no trace."""
    before, after = bounds
    for row in range(part[0], part[1]):
        to, k = after[row], before[row]
        while k < before[row + 1]:
            start = k
            while k < before[row + 1] and columns[k] == columns[start]:
                k += 1
            kept[to] = columns[start]
            if total is not None:
                if worth is None:
                    total[to] = k - start
                else:
                    run = worth[start:k]
                    if len(run) > 1:
                        run.sort()
                    amount = 0.0
                    for one in run:
                        amount += one
                    total[to] = amount
            to += 1
