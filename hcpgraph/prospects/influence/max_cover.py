"""Greedy maximum cover: sets covered by candidates, one pick at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from hcpgraph.compiled import compiled, ones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Listed = tuple[NDArray[np.int32], NDArray[np.int64]]  # members, and bounds of sets

_EVERY = np.uint64(0xFFFFFFFFFFFFFFFF)


class Cover(Protocol):
    """What is left to cover; changes with each pick.

    Attributes:
        gain: sets that each candidate would newly cover, shape (c,), int64.
    """

    gain: NDArray[np.int64]

    def take(self, place: int) -> None:
        """Pick a candidate: the sets that hold it are covered."""


class ListedCover:
    """A cover of sets given as lists."""

    def __init__(
        self, members: NDArray[np.int32], bounds: NDArray[np.int64], n_candidates: int
    ) -> None:
        self.gain = np.bincount(members, minlength=n_candidates)
        self._sets = (members, bounds)
        self._open = np.ones(len(bounds) - 1, np.bool_)
        self._held = _turned(self._sets, self.gain)

    def take(self, place: int) -> None:
        _take_listed(place, self._sets, self._held, self._open, self.gain)


class BitCover:
    """A cover of sets given as bits."""

    def __init__(self, bits: NDArray[np.uint64]) -> None:
        self.gain = np.zeros(bits.shape[1], np.int64)
        self._bits = bits
        self._open = np.full(len(bits), _EVERY, np.uint64)
        _count_bits(bits, self.gain)

    def take(self, place: int) -> None:
        _take_bits(place, self._bits, self._open, self.gain)


def first_listed(
    members: NDArray[np.int32],
    bounds: NDArray[np.int64],
    places: NDArray[np.int64],
    n_candidates: int,
) -> NDArray[np.int64]:
    """How many sets each place is the first of *places* to cover."""
    turn = np.full(n_candidates, len(places), np.int64)
    # from the last, so that a place named twice counts where it is named first
    turn[places[::-1]] = np.arange(len(places))[::-1]
    return _first_listed((members, bounds), turn, len(places))[:-1]


@compiled
def first_bits(
    bits: NDArray[np.uint64], places: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many sets each place is the first of *places* to cover."""
    caught = np.zeros(len(places), np.int64)
    for word in range(len(bits)):
        left = _EVERY
        for at in range(len(places)):
            new = bits[word, places[at]] & left
            caught[at] += ones(new)
            left &= ~new
    return caught


@compiled
def _turned(
    sets: Listed, sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The sets that hold each candidate, and where they start for each."""
    members, bounds = sets
    starts = np.zeros(len(sizes) + 1, np.int64)
    starts[1:] = np.cumsum(sizes)
    free = starts[:-1].copy()
    held = np.empty(len(members), np.int32)
    for number in range(len(bounds) - 1):
        for k in range(bounds[number], bounds[number + 1]):
            place = members[k]
            held[free[place]] = number
            free[place] += 1
    return held, starts


@compiled
def _take_listed(
    place: int,
    sets: Listed,
    held: Listed,
    left: NDArray[np.bool_],
    gain: NDArray[np.int64],
) -> None:
    members, bounds = sets
    numbers, starts = held
    for at in range(starts[place], starts[place + 1]):
        number = numbers[at]
        if left[number]:
            left[number] = False
            for k in range(bounds[number], bounds[number + 1]):
                gain[members[k]] -= 1


@compiled
def _first_listed(
    sets: Listed, turn: NDArray[np.int64], last: int
) -> NDArray[np.int64]:
    members, bounds = sets
    caught = np.zeros(last + 1, np.int64)
    for number in range(len(bounds) - 1):
        first = last
        for k in range(bounds[number], bounds[number + 1]):
            first = min(first, turn[members[k]])
        caught[first] += 1
    return caught


@compiled
def _count_bits(bits: NDArray[np.uint64], gain: NDArray[np.int64]) -> None:
    for word in range(len(bits)):
        for place in range(len(gain)):
            gain[place] += ones(bits[word, place])


@compiled
def _take_bits(
    place: int,
    bits: NDArray[np.uint64],
    left: NDArray[np.uint64],
    gain: NDArray[np.int64],
) -> None:
    for word in range(len(bits)):
        new = bits[word, place] & left[word]
        if new:
            left[word] &= ~new
            for other in range(len(gain)):
                gain[other] -= ones(bits[word, other] & new)
