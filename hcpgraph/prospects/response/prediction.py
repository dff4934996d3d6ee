"""Response prediction: training, calibration and validation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import freeze
from hcpgraph.prospects.response.history import SLICES, open_history
from hcpgraph.prospects.response.model import check, learn
from hcpgraph.ranking.record.history import dated_interactions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects.response.calibration import ResponseCalibration

ENOUGH: Final = 120  # interactions with a time, below which nothing is predicted
CAME: Final = 15  # responses in each period that is learned from, at least
_DAY: Final = 86_400.0
_FEW: Final = 4.0  # days, below which hours are printed


@dataclass(frozen=True, slots=True, eq=False)
class ResponsePrediction:
    """How likely each of some people is to respond, and how well that was predicted.

    Attributes:
        account: account numbers, ascending, shape (c,).
        probability: to respond to at least one of the known in the period that
            follows, shape (c,), in (0, 1); None where the data are too sparse.
        days: how long that period is; 0 where nothing is predicted.
        check: the same method on held-out ties; None where nothing is predicted.
        note: in words what the probability means and how well it did, or why there
            is none.
    """

    account: NDArray[np.int32]
    probability: NDArray[np.float64] | None
    days: float
    check: ResponseCalibration | None
    note: str

    def __post_init__(self) -> None:
        freeze(self)


def likely_responses(
    ties: Ties,
    candidates: NDArray[np.int32],
    known: NDArray[np.int32],
    layers: Mapping[str, float],
    *,
    seed: int = 0,
) -> ResponsePrediction:
    """Response prediction: probability to respond to one of the known people.

    The study's own past is cut into six periods of equally many interactions. At the
    end of the third, what was known of each pair of a candidate and a known person
    (``pairs.FEATURES``) is compared with the interactions
    in the fourth: logistic regression, shrunk to zero. People with as many responders
    then as the known have now represent them, in groups of as many.
    Of pairs without a tie or a common neighbour less is known (``pairs.FAR``), and
    they are learned from by themselves.

    A person responds to at least one of the known with 1 - product(1 - p) if they
    decide on each alone. They do not, so that is bent until its prediction for groups
    in the fifth period comes true (beta calibration). The sixth period, of which
    nothing is known, is predicted and compared. What is given is learned in the same
    way, one period on.

    With nobody known, the probability is that of turning to anyone in *ties*.

    Args:
        ties: the ties of the study, over as many areas as there are, so that there is
            a past to learn from. Ties without a time count as known at every cut-off.
        candidates: account numbers, ascending, shape (c,); each has a tie, and none is
            known.
        known: account numbers of those already known; those without ties count for
            nothing, and of more than 200 the 200 that are responded to most.
        layers: weight of each layer that counts.
        seed: of the communities.

    Returns:
        Probabilities for the period that follows the last tie, as long as the last
        sixth of the period; or none, with the reason, where fewer than ``ENOUGH``
        interactions have a time or hardly anybody responded in one of the periods.

    Raises:
        ValueError: if *layers* names no known layer, or a candidate is known or
            has no tie.

    References:
        Liben-Nowell and Kleinberg (2007), "The link-prediction problem for social
        networks", JASIST 58, 1019-1031. doi:10.1002/asi.20591
    """
    if np.isin(candidates, known).any():
        raise ValueError("a candidate is known already; ask for the others alone")
    ends = _ends(ties, layers)
    if isinstance(ends, str):
        return _nothing(candidates, ends)
    history = open_history(ties, known, layers, ends, seed=seed)
    periods = range(SLICES // 2, SLICES)
    first, second, third = (history.case(k, candidates) for k in periods)
    fewest = min(int(case.came.sum()) for case in (first, second, third))
    if fewest < CAME:
        why = f"one period has {fewest} responses, {CAME} are needed in each"
        return _nothing(candidates, why)
    seen = check(learn(first, second), third)
    if seen is None:
        return _nothing(candidates, "everyone or nobody responded in the last period")
    model = learn(second, third)
    probability = np.concatenate(
        [model.of_persons(case)[0] for case in history.now(candidates)]
    )
    days = (ends[-1] - ends[-2]) / _DAY
    target = "one of your contacts" if len(history.known) else "anybody"
    note = f"likely response: to {target} within {_long(days)}; {seen}"
    return ResponsePrediction(candidates, probability, days, seen, note)


def _long(days: float) -> str:
    """A time in words.

    >>> _long(0.06), _long(1.75), _long(122.4)
    ('1 hour', '42 hours', '122 days')
    """
    if days >= _FEW:
        return f"{days:.0f} days"
    hours = max(round(24 * days), 1)
    return f"{hours} hours" if hours > 1 else "1 hour"


def _nothing(candidates: NDArray[np.int32], why: str) -> ResponsePrediction:
    return ResponsePrediction(
        candidates, None, 0.0, None, f"likely response: not predicted, as {why}"
    )


def _ends(ties: Ties, layers: Mapping[str, float]) -> list[int] | str:
    """The last second before the period and of each period, or why there are none."""
    when = np.sort(ties.at[dated_interactions(ties, layers)])
    if len(when) < ENOUGH:
        return f"{len(when)} interactions have a time, {ENOUGH} are needed"
    last = np.ceil(len(when) * np.arange(1, SLICES + 1) / SLICES).astype(int) - 1
    ends = [int(when[0]) - 1, *when[last].tolist()]
    if len(set(ends)) <= SLICES:
        return "nearly all interactions have the same time"
    return ends
