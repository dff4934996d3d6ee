"""Accuracy and calibration of predicted responses on held-out data."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.change.calibration import auc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

BANDS: Final = (0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
FIRST: Final = 100
_WORDS: Final = {
    "common": "common neighbours",
    "adamic_adar": "Adamic-Adar",
    "pagerank": "personalised PageRank",
}


@dataclass(frozen=True, slots=True, eq=False)
class ResponseCalibration:
    """Forecasts of a period that nothing was learned from, and what became of them.

    Attributes:
        pair: name -> value of each pair of a person and somebody to respond to, shape
            (q,); ``"given"`` is the probability, the others what anyone could use;
            ``"toward"`` is 0 where the person never turned to the other before.
        came: which pairs came true, shape (q,).
        person: probability of each person to respond to one of a group, shape (r,).
        did: who did, shape (r,).
    """

    pair: Mapping[str, NDArray[np.float64]]
    came: NDArray[np.bool_]
    person: NDArray[np.float64]
    did: NDArray[np.bool_]

    def __post_init__(self) -> None:
        for column in (*self.pair.values(), self.came, self.person, self.did):
            column.setflags(write=False)

    def auc(self, name: str = "given") -> float:
        """AUC: probability that a responding pair has a higher value than another."""
        return auc(self.pair[name], self.came)

    def precision(self, name: str = "given", first: int = FIRST) -> float:
        """Share of the *first* pairs by a value that came true; equals share evenly."""
        value = self.pair[name]
        first = min(first, len(value))
        edge = np.partition(value, -first)[-first]
        above, level = value > edge, value == edge
        left = first - int(above.sum())
        hits = float(self.came[above].sum()) + left * float(self.came[level].mean())
        return hits / first

    @property
    def person_auc(self) -> float:
        """The same as ``auc`` of persons."""
        return auc(self.person, self.did)

    @property
    def brier(self) -> float:
        """Mean squared error of the probabilities of persons."""
        return float(((self.person - self.did) ** 2).mean())

    @property
    def base(self) -> float:
        """The same of the best constant, the share of persons who did."""
        share = float(self.did.mean())
        return share * (1.0 - share)

    def bands(self) -> list[tuple[float, float, int, float, float]]:
        """From, to, people, mean probability, share that did; none empty."""
        found = []
        for low, high in pairwise(BANDS):
            here = (self.person >= low) & ((self.person < high) | (high == BANDS[-1]))
            if here.any():
                said, seen = self.person[here].mean(), self.did[here].mean()
                found.append((low, high, int(here.sum()), float(said), float(seen)))
        return found

    @property
    def off(self) -> float:
        """Calibration error: mean gap of predicted and observed share per band."""
        rows = self.bands()
        gaps = (n * abs(given - came) for _, _, n, given, came in rows)
        return sum(gaps) / len(self.did)

    def __str__(self) -> str:
        rivals = ", ".join(
            f"{words} {_short(self.auc(name))}" for name, words in _WORDS.items()
        )
        predicted, observed = float(self.person.mean()), float(self.did.mean())
        return (
            f"held-out AUC {_short(self.auc())} ({rivals});"
            f" precision@{min(FIRST, len(self.came))} {100 * self.precision():.0f} %"
            f" (base rate {100 * float(self.came.mean()):.1f} %); predicted"
            f" {100 * predicted:.1f} % of people, observed {100 * observed:.1f} %"
        )


def _short(share: float) -> str:
    """Two digits, without the zero before the point."""
    return f"{share:.2f}".removeprefix("0")
