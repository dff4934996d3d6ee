"""Neighbourhood intersection: the step beneath triangle counts.

Whether two neighbourhoods overlap is asked of every tie. Walking along one of them
costs as many steps as it has members, and a popular account would be walked along by
each of its followers, millions of times millions of steps. Searching the longer
for each member of the shorter bounds the cost by the shorter one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@compiled
def place_of(wanted: int, columns: NDArray[np.uint32], first: int, last: int) -> int:
    """Where *wanted* is in ``columns[first:last]``, which ascend; -1 if it is not."""
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if columns[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < last and columns[low] == wanted else -1


@compiled
def is_shorter_by_far(few: int, many: int) -> bool:
    """Whether *few* searches among *many* cost less than *many* steps."""
    steps = 2  # of one search, each some four times as dear as a step along a row
    left = many
    while left > 0:
        steps += 4
        left >>= 1
    return few * steps < many
