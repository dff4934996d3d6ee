"""Counter-based random numbers: same key, same number, on any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# SplitMix64: Steele, Lea, Flood (2014), "Fast splittable pseudorandom number
# generators", OOPSLA. doi:10.1145/2660193.2660195
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_BITS: Final = np.uint64(11)  # dropped, so that 53 are left for a float
_UNIT: Final = 2.0**-53


@compiled
def mixed(key: np.uint64) -> np.uint64:
    """A key's bits spread over all 64, one to one."""
    z = key + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * _FIRST
    z = (z ^ (z >> np.uint64(27))) * _SECOND
    return z ^ (z >> np.uint64(31))


@compiled
def uniform(state: NDArray[np.uint64]) -> float:
    """The next number in [0, 1) of a stream, whose state moves on, shape (1,)."""
    state[0] = following(state[0])
    return unit(state[0])


@compiled
def following(state: np.uint64) -> np.uint64:
    """The next state of a stream."""
    return state + _GOLDEN


@compiled
def unit(state: np.uint64) -> float:
    """The number in [0, 1) of a state."""
    return float(mixed(state) >> _BITS) * _UNIT


@compiled
def exponential(bits: np.uint64) -> float:
    """An exponential number of mean 1, from random bits."""
    return float(-np.log((np.float64(bits >> _BITS) + 0.5) * _UNIT))


def key_of(seed: int, *numbers: int) -> np.uint64:
    """One key for a seed and some numbers, all from 0."""
    key = mixed(np.uint64(seed))
    for number in numbers:
        key = mixed(np.uint64(key) ^ np.uint64(number))
    return np.uint64(key)


def keys_of(seed: int, numbers: Iterable[int], *others: int) -> NDArray[np.uint64]:
    """The keys of some draws: of a seed, the number of the draw, and others alike."""
    return np.array([key_of(seed, number, *others) for number in numbers], np.uint64)


def mixed_rows(
    first: NDArray[np.integer], second: NDArray[np.integer]
) -> NDArray[np.uint64]:
    """One key for each row of two columns of numbers."""
    result = np.empty(len(first), np.uint64)
    _mix_rows(first.astype(np.uint64), second.astype(np.uint64), result)
    return result


def exponentials(
    names: NDArray[np.integer], keys: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """An exponential number of mean 1 for each name; a row for each key."""
    result = np.empty((len(keys), len(names)))
    _fill_exponentials(names.astype(np.uint64), keys, result)
    return result


def normals(
    names: NDArray[np.integer], keys: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """A standard normal number for each name, by Box and Muller; a row for each key."""
    result = np.empty((len(keys), len(names)))
    _fill_normals(names.astype(np.uint64), keys, result)
    return result


@compiled
def _mix_rows(
    first: NDArray[np.uint64], second: NDArray[np.uint64], result: NDArray[np.uint64]
) -> None:
    for row in range(len(first)):
        result[row] = mixed(mixed(first[row]) ^ second[row])


@compiled
def _fill_exponentials(
    names: NDArray[np.uint64], keys: NDArray[np.uint64], result: NDArray[np.float64]
) -> None:
    for draw in range(len(keys)):
        for row in range(len(names)):
            result[draw, row] = exponential(mixed(mixed(names[row]) ^ keys[draw]))


@compiled
def _fill_normals(
    names: NDArray[np.uint64], keys: NDArray[np.uint64], result: NDArray[np.float64]
) -> None:
    for draw in range(len(keys)):
        for row in range(len(names)):
            bits = mixed(mixed(names[row]) ^ keys[draw])
            turn = np.float64(mixed(bits) >> _BITS) * _UNIT
            radius = np.sqrt(2.0 * exponential(bits))
            result[draw, row] = radius * np.cos(2.0 * np.pi * turn)
