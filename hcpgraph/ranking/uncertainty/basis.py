"""What intervals were resampled by, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import NO_POST, NO_TIME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

_HOUR: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Guessed:
    """What was done for responses whose original is not known.

    Attributes:
        share: of all responses.
        longest: gap within an event guessed from times, in seconds; 0 if none was.
        dispersion: over-dispersion of these responses over blocks of time, from 1.
        wider: how many times the variance that events leave out, from 1.
    """

    share: float
    longest: float
    dispersion: float
    wider: float


def basis(
    ties: Ties, rows: NDArray[np.intp], guessed: Guessed, *, size: NDArray[np.float64]
) -> str:
    """The basis of the resampling of the responses *rows*, in words.

    Args:
        ties: the ties of an area and a period.
        rows: the responses among them.
        guessed: what was done where the original is not known.
        size: responses in each unit.
    """
    if not len(rows):
        return "intervals: each tie resampled on its own"
    dispersion = f"{float((size**2).sum() / size.sum()):.1f}"
    known = float((ties.originals()[rows] != NO_POST).mean())
    if known == 1.0:
        return (
            "intervals: resampled by original post"
            f" (over-dispersion of responses {dispersion})"
        )
    some = f"originals known for {known:.0%} of the responses" if known else ""
    return f"intervals: {some or 'originals unknown'}; {_rest(ties, rows, guessed)}"


def _rest(ties: Ties, rows: NDArray[np.intp], guessed: Guessed) -> str:
    """What was done where the original is not known."""
    if not (ties.at[rows] != NO_TIME).any():
        return (
            "times unknown, too; intervals are too narrow if few originals caused many"
            " responses"
        )
    found = f"over-dispersion {guessed.dispersion:.1f} estimated from blocks of time"
    if guessed.longest:
        return (
            f"{found}, responses to one person with gaps up to"
            f" {_duration(guessed.longest)} resampled as one"
        )
    return f"{found}, no significant bursts"


def _duration(seconds: float) -> str:
    if seconds < _HOUR:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / _HOUR:.1f} hours"
