"""Ties sorted into rows: the targets of a source, ascending, each once.

A tie of an account to itself is none: it is counted and left out.

Rows and targets are places: accounts of the file counted in the order of their
numbers in the study. A target that is negative, ``~place``, is a tie that the study
holds already.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled, even_chunks, n_threads, parallel_map

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

_PARTS: Final = 64
_SHORT: Final = 64  # rows up to this length are sorted by insertion
_ALIKE: Final = 2**18  # held ties that one thread looks up together


@dataclass(frozen=True, slots=True)
class TieRows:
    """The ties of neighbouring sources.

    Attributes:
        first: place of the first source.
        bounds: where the targets of each source begin, and the end, shape (n + 1,).
        targets: places, within a row ascending once marks are taken away.
        kept: how many targets of each row count; behind them are repetitions.
        left_out: how many sources were tied to themselves.
    """

    first: int
    bounds: NDArray[np.int64]
    targets: Numbers
    kept: Numbers
    left_out: int = 0

    def mark(self, sources: Numbers, targets: Numbers) -> int:
        """Mark ties that the study holds, given as places; how many are here."""

        def step(start: int) -> int:
            part = slice(start, start + _ALIKE)
            rows = self.bounds, self.kept, self.targets
            return int(_mark(rows, self.first, sources[part], targets[part]))

        return sum(parallel_map(step, range(0, len(sources), _ALIKE)))

    def ties(
        self, accounts: Numbers, *, held: bool, most: int
    ) -> Iterator[tuple[Numbers, Numbers]]:
        """Source and target of the ties that are held or of those that are not.

        Args:
            accounts: the account at each place.
            held: which to give.
            most: how many to give at a time.
        """
        rows = self.bounds, self.kept, self.targets
        row, offset = 0, 0
        while row < len(self.kept):
            ends = np.empty(most, np.int32), np.empty(most, np.int32)
            position = self.first, row, offset
            n, row, offset = _copy(rows, position, accounts, held, ends)
            if n:
                yield ends[0][:n], ends[1][:n]


def sort_into_rows(
    blocks: Iterator[tuple[Numbers, Numbers]],
    places: Numbers,
    bounds: NDArray[np.int64],
    rows: tuple[int, int],
    heed: Callable[[], None],
) -> TieRows:
    """The rows of the sources from *rows*[0] up to *rows*[1].

    Args:
        blocks: source and target of all ties, as numbers.
        places: the place of each number.
        bounds: where the ties of each place begin if all are sorted, and the end.
        rows: places, the second not included.
        heed: called now and then.
    """
    first, last = rows
    own = bounds[first : last + 1] - bounds[first]
    cursor = own[:-1].copy()
    targets = np.empty(own[-1], np.int32)
    cuts = even_chunks(own, n_threads())  # rows of one part are filled in order
    for sources, ends in blocks:
        ties = sources, ends
        fill = partial(_fill, ties, places, first, cursor, targets)
        parallel_map(fill, cuts)
        heed()
    kept = np.empty(last - first, np.int32)
    sort = partial(_sort, own, targets, kept, first)
    left_out = sum(parallel_map(sort, even_chunks(own, _PARTS)))
    return TieRows(first, own, targets, kept, left_out)


@compiled
def _fill(
    ties: tuple[Numbers, Numbers],
    places: Numbers,
    first: int,
    cursor: NDArray[np.int64],
    targets: Numbers,
    part: tuple[int, int],
) -> None:
    """Put the targets of the rows of *part* where their source has its next room."""
    begin, end = part
    sources, ends = ties
    for i in range(len(sources)):
        row = np.int64(places[sources[i]]) - first
        if begin <= row < end:
            targets[cursor[row]] = places[ends[i]]
            cursor[row] += 1


@compiled
def _sort(
    bounds: NDArray[np.int64],
    targets: Numbers,
    kept: Numbers,
    first: int,
    part: tuple[int, int],
) -> int:
    """Sort each row of *part* and move its repetitions behind.

    Returns:
        How many sources were tied to themselves.
    """
    left_out = 0
    for row in range(part[0], part[1]):
        own = targets[bounds[row] : bounds[row + 1]]
        if len(own) <= _SHORT:
            for i in range(1, len(own)):
                target = own[i]
                j = i - 1
                while j >= 0 and own[j] > target:
                    own[j + 1] = own[j]
                    j -= 1
                own[j + 1] = target
        else:
            own.sort()
        n = 0
        itself = False
        for i in range(len(own)):
            if own[i] == first + row:
                itself = True
            elif n == 0 or own[i] != own[n - 1]:
                own[n] = own[i]
                n += 1
        left_out += itself
        kept[row] = n
    return left_out


@compiled
def _mark(
    rows: tuple[NDArray[np.int64], Numbers, Numbers],
    first: int,
    sources: Numbers,
    held: Numbers,
) -> int:
    bounds, kept, targets = rows
    marked = 0
    for i in range(len(sources)):
        row = np.int64(sources[i]) - first
        if held[i] < 0 or row < 0 or row >= len(kept):
            continue
        low = bounds[row]
        end = low + kept[row]
        high = end
        while low < high:
            middle = (low + high) // 2
            target = targets[middle]
            if (target if target >= 0 else ~target) < held[i]:
                low = middle + 1
            else:
                high = middle
        if low < end and targets[low] == held[i]:
            targets[low] = ~held[i]
            marked += 1
    return marked


@compiled
def _copy(
    rows: tuple[NDArray[np.int64], Numbers, Numbers],
    position: tuple[int, int, int],
    accounts: Numbers,
    held: bool,
    ends: tuple[Numbers, Numbers],
) -> tuple[int, int, int]:
    """Copy ties from *position* on until *ends* is full.

    Returns:
        How many were copied, and the row and the offset in it of the next.
    """
    bounds, kept, targets = rows
    first, row, offset = position
    sources, others = ends
    n = 0
    while row < len(kept):
        for i in range(bounds[row] + offset, bounds[row] + kept[row]):
            target = targets[i]
            if (target < 0) != held:
                continue
            if n == len(sources):
                return n, row, i - bounds[row]
            sources[n] = accounts[first + row]
            others[n] = accounts[~target if held else target]
            n += 1
        row += 1
        offset = 0
    return n, row, 0
