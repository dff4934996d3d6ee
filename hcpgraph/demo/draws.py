"""Weighted draws that give the same numbers everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def stream(seed: int, step: int) -> np.random.Generator:
    """The random numbers of one step, whatever the steps before it have used."""
    return np.random.default_rng([seed, step])


def weighted(
    rng: np.random.Generator, weights: NDArray[np.float64], count: int
) -> NDArray[np.int64]:
    """Draw *count* positions with replacement, in proportion to *weights*."""
    bounds = np.cumsum(weights)
    heights = rng.random(count) * bounds[-1]
    drawn: NDArray[np.int64] = np.searchsorted(bounds, heights, side="right")
    return drawn


def spread(
    rng: np.random.Generator, middle: float, sigma: float, count: int
) -> NDArray[np.float64]:
    """Log-normal values around the median *middle*, shape (count,)."""
    return middle * np.exp(sigma * rng.standard_normal(count))


def quota(shares: Sequence[float], count: int) -> NDArray[np.int64]:
    """Split *count* by *shares*, largest remainders first.

    >>> quota([0.5, 0.3, 0.2], 11).tolist()
    [6, 3, 2]
    """
    exact = np.asarray(shares) / np.sum(shares) * count
    parts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    rest = np.argsort(parts - exact, kind="stable")[: count - int(parts.sum())]
    parts[rest] += 1
    return parts
