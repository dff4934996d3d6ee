"""Logistic regression shrunk to a start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS: Final = 50
_DONE: Final = 1e-8


def fit_logistic(
    x: NDArray[np.float64],
    y: NDArray[np.bool_],
    *,
    start: NDArray[np.float64],
    hold: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The weights under which what happened is likeliest, not far from a start.

    Minimises, by Newton's method,

        -sum_i log P(y_i | x_i, w) + 1/2 sum_k hold_k (w_k - start_k)^2

    Args:
        x: one row per case, shape (n, f).
        y: what happened, shape (n,).
        start: of a constant and of each column, shape (f + 1,).
        hold: how hard each weight is shrunk to its start, positive, shape (f + 1,).

    Returns:
        Shape (f + 1,); *start* where there are no cases.

    >>> x, y = np.array([[-1.0], [-1.0], [1.0], [1.0]]), np.array([0, 1, 1, 1], bool)
    >>> fit_logistic(x, y, start=np.zeros(2), hold=np.ones(2)).round(2).tolist()
    [0.52, 0.52]
    """
    x = np.column_stack([np.ones(len(x)), x])

    def cost(w: NDArray[np.float64]) -> float:
        pull = float((hold * (w - start) ** 2).sum()) / 2.0
        odds = x @ w
        return float((np.logaddexp(0.0, odds) - y * odds).sum()) + pull

    found = start.astype(np.float64)
    least = cost(found)
    for _ in range(_STEPS):
        p = expit(x @ found)
        slope = x.T @ (p - y) + hold * (found - start)
        bend = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        while (trial := cost(found - step)) > least and np.abs(step).max() > _DONE:
            step = step / 2.0
        found, least = found - step, trial
        if np.abs(step).max() < _DONE:
            break
    return found.round(9)


def logistic_probability(
    weight: NDArray[np.float64], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The probability of each case, shape (n,), in [0, 1].

    Args:
        weight: of a constant and of each column, shape (f + 1,).
        x: shape (n, f).
    """
    return np.asarray(expit(weight[0] + x @ weight[1:]), np.float64)
