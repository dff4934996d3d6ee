"""Empirical Bayes shrinkage of noisy scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POINTS: Final = 240
_STEPS: Final = 60
_SMOOTH: Final = 0.5  # of the typical error: finer detail cannot be seen through it
_CHUNK: Final = 1 << 14
_LEARN_FROM: Final = 10_000


def shrink(
    value: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Empirical Bayes shrinkage: mean and variance of each true value.

    The top of a list is there by merit and by noise, so true values lie below the
    observed ones, by more for larger noise and in sparser tails [1]. The distribution
    of the true values is found by expectation and maximisation with smoothing [2],
    without assuming a shape.

    Args:
        value: as observed, from the highest, shape (p,).
        variance: of the error of each, positive, shape (p,).

    Returns:
        Two arrays of shape (p,); the variance is positive.

    References:
        [1] Efron (2010), "Large-Scale Inference", chapters 1 and 11.
            doi:10.1017/CBO9780511761362
        [2] Silverman, Jones, Wilson, Nychka (1990), "A smoothed EM approach to
            indirect estimation problems", JRSS B 52, 271-324.
            doi:10.1111/j.2517-6161.1990.tb01788.x

    >>> value = np.linspace(1.0, -1.0, 50)
    >>> mean, variance = shrink(value, np.full(50, 0.5))
    >>> round(float(mean[0]), 1), bool((variance < 0.5).all())
    (0.5, True)
    """
    if not len(value):
        return value.copy(), variance.copy()
    error = float(np.sqrt(np.median(variance[:_LEARN_FROM])))
    grid = np.linspace(value.min() - 2 * error, value.max() + 2 * error, _POINTS)
    prior = _learned(value[:_LEARN_FROM], variance[:_LEARN_FROM], grid, error)
    mean, left = np.empty_like(value), np.empty_like(value)
    for start in range(0, len(value), _CHUNK):
        part = slice(start, start + _CHUNK)
        share = _likelihood(value[part], variance[part], grid) * prior
        share /= share.sum(axis=1, keepdims=True)
        mean[part] = share @ grid
        left[part] = np.maximum(share @ grid**2 - mean[part] ** 2, 0.0)
    step = grid[1] - grid[0]
    return mean, left + step**2 / 12


def _learned(
    value: NDArray[np.float64],
    variance: NDArray[np.float64],
    grid: NDArray[np.float64],
    error: float,
) -> NDArray[np.float64]:
    """How the true values are spread over *grid*, adding up to 1."""
    likelihood = _likelihood(value, variance, grid)
    apart = (grid[:, None] - grid) / (_SMOOTH * error)
    kernel = np.exp(-0.5 * apart**2)
    kernel /= kernel.sum(axis=0)
    prior = np.full(len(grid), 1.0 / len(grid))
    for _ in range(_STEPS):
        seen = likelihood @ prior
        prior = kernel @ (prior * (likelihood.T @ (1.0 / seen)) / len(value))
        prior /= prior.sum()
    return prior


def _likelihood(
    value: NDArray[np.float64],
    variance: NDArray[np.float64],
    grid: NDArray[np.float64],
) -> NDArray[np.float64]:
    """How well each point of *grid* explains each value, at best 1 a row."""
    apart = (value[:, None] - grid) ** 2 / variance[:, None]
    apart -= apart.min(axis=1, keepdims=True)
    return np.exp(-0.5 * apart)
