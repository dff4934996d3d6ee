"""The request for a list of prospects."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import e
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.quotas import Quotas

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEARNED: Final = "learned"
WEIGHTED: Final = "weighted"
MODELS: Final = ("ic", "lt")


def _nobody() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class ProspectRequest:
    """The request for prospects: lists, budget, quotas, and diffusion model.

    Attributes:
        known: account numbers already known. What they reach counts as reached;
            they are never suggested.
        exclude: account numbers never to suggest.
        include: account numbers that must be on the list.
        budget: how many people at most, from 0 up.
        limits: how many of a group there may be, and must be.
        anyone: also people who were silent, or do not work in the area.
        probability: ``"learned"`` from past responses, ``"weighted"`` for the
            weighted cascade, or one number in (0, 1] for every tie.
        model: ``"ic"`` for independent cascade, ``"lt"`` for linear threshold.
        error: approximation error: the list reaches at least 1 - 1/e - error of the
            optimum; in (0, 1 - 1/e).
        seed: of the random steps.

    Raises:
        ValueError: if one of these is out of range.
    """

    known: NDArray[np.int32] = field(default_factory=_nobody)
    exclude: NDArray[np.int32] = field(default_factory=_nobody)
    include: NDArray[np.int32] = field(default_factory=_nobody)
    budget: int = 25
    limits: Quotas = field(default_factory=Quotas)
    anyone: bool = False
    probability: str | float = LEARNED
    model: str = "ic"
    error: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.budget < 0:
            raise ValueError(f"budget must be 0 or more, got {self.budget}")
        if self.model not in MODELS:
            raise ValueError(f"model must be one of {MODELS}, got {self.model!r}")
        if not 0 < self.error < 1 - 1 / e:
            raise ValueError(
                f"error must lie between 0 and {1 - 1 / e:.3f}, got {self.error}"
            )
        if isinstance(self.probability, str):
            if self.probability not in {LEARNED, WEIGHTED}:
                raise ValueError(
                    f"probability must be {LEARNED!r}, {WEIGHTED!r} or a number, got"
                    f" {self.probability!r}"
                )
        elif not 0 < self.probability <= 1:
            raise ValueError(f"probability must lie in (0, 1], got {self.probability}")

    def parameters(self) -> dict[str, object]:
        """The parameters for provenance; people are given by their lists."""
        return {
            "budget": self.budget,
            "limits": [str(limit) for limit in self.limits.limits],
            "anyone": self.anyone,
            "probability": self.probability,
            "model": self.model,
            "error": self.error,
            "seed": self.seed,
        }
