"""Long ids as small numbers, in the order in which they were met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST_SLOTS: Final = 2**16
_FULL: Final = 0.7  # share of slots in use from which searches grow long
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
_HALF: Final = np.uint64(32)


class IdTable:
    """Which number each id has, and which id each number.

    A slot is an id and, beside it, its number plus 1, so that one look fetches both;
    0 there is a free slot. The ids themselves may be any integers of 64 bits.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Let go of all ids; there may be gigabytes of them."""
        self._slots = np.zeros(2 * _FIRST_SLOTS, np.uint64)
        self._ids = np.empty(int(_FULL * _FIRST_SLOTS), np.uint64)
        self._count = 0

    @property
    def ids(self) -> NDArray[np.uint64]:
        """The id of each number."""
        return self._ids[: self._count]

    def find(self, ids: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each id, -1 for one never added; any thread may look."""
        numbers = np.empty(len(ids), np.int32)
        _find(self._slots, ids, numbers)
        return numbers

    def add(self, ids: NDArray[np.uint64], numbers: NDArray[np.int32]) -> None:
        """Give new numbers to ids whose entry in *numbers* is -1, and fill them in."""
        done = 0
        while True:
            done, self._count = _add(
                self._slots, (self._ids, self._count), ids, numbers, done
            )
            if done == len(ids):
                return
            self._grow()

    def _grow(self) -> None:
        slots = np.zeros(2 * len(self._slots), np.uint64)
        _fill(slots, self.ids)
        ids = np.empty(int(_FULL * (len(slots) // 2)), np.uint64)
        ids[: self._count] = self.ids
        self._slots, self._ids = slots, ids


@compiled
def _first_slot(number: np.uint64, mask: np.uint64) -> np.uint64:
    """Where to begin to look for an id; platforms count in the low or the high bits."""
    return (((number ^ (number >> _HALF)) * _SPREAD) >> _HALF) & mask


@compiled
def _find(
    slots: NDArray[np.uint64], ids: NDArray[np.uint64], numbers: NDArray[np.int32]
) -> None:
    mask = np.uint64(len(slots) // 2 - 1)
    for i in range(len(ids)):
        slot = _first_slot(ids[i], mask)
        while True:
            place = np.int64(slot) * 2
            entry = slots[place + 1]
            if entry == 0 or slots[place] == ids[i]:
                break
            slot = (slot + np.uint64(1)) & mask
        numbers[i] = np.int32(np.int64(entry) - 1)


@compiled
def _add(
    slots: NDArray[np.uint64],
    known: tuple[NDArray[np.uint64], int],
    ids: NDArray[np.uint64],
    numbers: NDArray[np.int32],
    start: int,
) -> tuple[int, int]:
    """Add the ids from *start* on that have no number, until there is no room.

    Returns:
        The position reached, and how many ids are known.
    """
    mask = np.uint64(len(slots) // 2 - 1)
    known_ids, count = known
    for i in range(start, len(ids)):
        if numbers[i] >= 0:
            continue
        slot = _first_slot(ids[i], mask)
        while True:
            place = np.int64(slot) * 2
            entry = slots[place + 1]
            if entry == 0 or slots[place] == ids[i]:
                break
            slot = (slot + np.uint64(1)) & mask
        if entry == 0:
            if count == len(known_ids):
                return i, count
            known_ids[count] = ids[i]
            count += 1
            slots[place] = ids[i]
            slots[place + 1] = count
            numbers[i] = count - 1
        else:
            numbers[i] = np.int32(np.int64(entry) - 1)
    return len(ids), count


@compiled
def _fill(slots: NDArray[np.uint64], ids: NDArray[np.uint64]) -> None:
    """Put ids into an empty table, numbered as they stand; each comes once."""
    mask = np.uint64(len(slots) // 2 - 1)
    for i in range(len(ids)):
        slot = _first_slot(ids[i], mask)
        while slots[np.int64(slot) * 2 + 1] != 0:
            slot = (slot + np.uint64(1)) & mask
        slots[np.int64(slot) * 2] = ids[i]
        slots[np.int64(slot) * 2 + 1] = i + 1
