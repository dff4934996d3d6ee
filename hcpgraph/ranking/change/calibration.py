"""Calibration of rise probabilities (Brier score, AUC)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import freeze
from hcpgraph.ranking.change.rising import FEATURES, fit, predict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.ranking.change.rising import RiseCandidates

BANDS: Final = (0.0, 0.05, 0.1, 0.3, 0.5, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """Forecasts of people, each from what was known before, and what became of them.

    Attributes:
        given: the probability, shape (n,).
        entered: who entered, shape (n,).
        rank: the score less that of the edge, as a rival forecast, shape (n,).
        momentum: attention of the last period, as another, shape (n,).
        cutoffs: how many cut-offs they come from.
    """

    given: NDArray[np.float64]
    entered: NDArray[np.bool_]
    rank: NDArray[np.float64]
    momentum: NDArray[np.float64]
    cutoffs: int

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def brier(self) -> float:
        """Mean squared error of the probabilities."""
        return float(((self.given - self.entered) ** 2).mean())

    @property
    def base(self) -> float:
        """The same of the best constant, the share that entered."""
        share = float(self.entered.mean())
        return share * (1.0 - share)

    def bands(self) -> list[tuple[float, float, int, float, float]]:
        """Above, up to, people, mean probability, share that entered; none empty."""
        found = []
        for low, high in pairwise(BANDS):
            here = (self.given >= low) & ((self.given < high) | (high == BANDS[-1]))
            if here.any():
                said, seen = self.given[here].mean(), self.entered[here].mean()
                found.append((low, high, int(here.sum()), float(said), float(seen)))
        return found


def check(past: Sequence[RiseCandidates], start: NDArray[np.float64]) -> Check | None:
    """Predict each cut-off from the cut-offs before it alone, and see what came.

    Args:
        past: cut-offs in order, each with its outcome; that of one is known at the
            next.
        start: the prior, shape (7,); the first cut-off is predicted by it alone.

    Returns:
        None if nobody ever entered, or all did: nothing can be checked then.
    """
    given = [predict(fit(past[:k], start), one.x) for k, one in enumerate(past)]
    entered = np.concatenate([one.entered for one in past])
    if not 0 < entered.sum() < len(entered):
        return None
    x = np.concatenate([one.x for one in past])
    return Check(
        given=np.concatenate(given),
        entered=entered,
        rank=x[:, FEATURES.index("standing")],
        momentum=x[:, FEATURES.index("lately")],
        cutoffs=len(past),
    )


def auc(value: NDArray[np.float64], entered: NDArray[np.bool_]) -> float:
    """AUC: probability that an entrant has a higher value than another.

    >>> auc(np.array([1.0, 2.0, 3.0]), np.array([False, True, True]))
    1.0
    """
    ordered, low = np.sort(value[~entered]), value[entered]
    below = np.searchsorted(ordered, low, side="left")
    level = np.searchsorted(ordered, low, side="right")
    return float(((below + level) / 2.0).mean() / len(ordered))
