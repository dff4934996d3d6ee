"""Comparison of two periods: significant changes of scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import betainc, erfc, ndtri

from hcpgraph.compiled import parallel_map
from hcpgraph.model.ties import freeze
from hcpgraph.ranking.uncertainty.resampling import in_chunks, open_resamples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.score.weights import Weights

FALSE: Final = 0.1  # of the changes named, at most, on average
DRAWS: Final = 100  # enough for a variance
LEAST_RESPONDERS: Final = 5.0  # of both periods together, below which there is no test
_DRIFT_FROM: Final = 10  # people whose changes tell how a whole field changed
_NORMAL: Final = 1.4826  # standard deviations in a median absolute deviation
_OUTLYING: Final = 3.0
_NEAR: Final = 25  # people on each side whose errors are averaged


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """People ranked by the ties of one period.

    Attributes:
        scored: people who may be listed, best first, with their signals.
        ties: all ties of the period.
        accounts: everyone who occurs in them.
    """

    scored: Scored
    ties: Ties
    accounts: Accounts


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """How far people moved between two periods, and whether that is more than noise.

    Attributes:
        account: who is compared, ascending, shape (n,), int32.
        change: score after less score before, less what the field as a whole changed
            by, shape (n,); a person absent from a period scores 0 in it.
        p: probability of a change so large under no change, corrected for the number of
            people compared, shape (n,), in [0, 1].
        drift: what the field as a whole changed by, at its median.
        noise: how many times as wide as resampling explains the changes of most
            people are spread, from 1; taken for noise, too.
        thin: how many others have too few responders to be compared.
    """

    account: NDArray[np.int32]
    change: NDArray[np.float64]
    p: NDArray[np.float64]
    drift: float
    noise: float
    thin: int

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Whose change exceeds noise, shape (n,): at most one in ten of these not."""
        return self.p <= FALSE


def shifts(
    before: Period,
    after: Period,
    *,
    weights: Weights,
    layers: Mapping[str, float],
    draws: int = DRAWS,
    seed: int = 0,
) -> Shifts:
    """Compare the scores of two periods, person by person.

    The change of a person is

        d = after - before - drift(mean of both)

    with a drift that is linear in the score: in a period with more posts everyone has
    more listeners, those at the top by more doublings. It is held against

        z = d / (noise * sqrt(v_before + v_after))

    where v are the variances of the scores over resampled records, at least those
    that are usual around the mean score, so that nobody is significant for want of
    responders. Attention comes in bursts, which resampling posts does not
    see: where most people's z are spread wider than a normal number (by their median
    absolute deviation), that width is taken for noise (an empirical null [1]).
    Two-sided p are corrected by the step-up rule [2]: of the changes with p up to .1,
    at most a tenth are false on average.

    Args:
        before: the earlier period.
        after: the later one.
        weights: those of both scores.
        layers: weight of each layer that counts.
        draws: how often the scores of each period are resampled, from 2.
        seed: of the draws; the same on any number of threads.

    Returns:
        Everyone with at least ``LEAST_RESPONDERS`` responders in both periods together.
        Only the sum decides on that, which says nothing of a change.

    References:
        [1] Efron (2004), "Large-scale simultaneous hypothesis testing: the choice of
            a null hypothesis", JASA 99, 96-104. doi:10.1198/016214504000000089
        [2] Benjamini and Hochberg (1995), "Controlling the false discovery rate",
            JRSS B 57, 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x
    """
    if draws < 2:
        raise ValueError(f"draws must be 2 or more, got {draws}")
    periods = (before, after)
    everyone = np.union1d(*(one.scored.account for one in periods))
    responders = np.stack(
        [_along(one.scored, everyone, "listeners") for one in periods]
    )
    enough = responders.sum(axis=0) >= LEAST_RESPONDERS
    among, responders = everyone[enough], responders[:, enough]
    score = np.stack([_along(one.scored, among) for one in periods])
    # draws of their own: what one account is given in both periods must not cancel
    numbers = range(draws), range(draws, 2 * draws)
    error = np.stack(
        [
            _errors(one, among, weights, layers, numbers=drawn, seed=seed)
            for one, drawn in zip(periods, numbers, strict=True)
        ]
    )
    middle, raw = score.mean(axis=0), score[1] - score[0]
    both: NDArray[np.bool_] = np.min(score, axis=0) > 0
    drift = _drift(raw, middle, error, both)
    noise = np.maximum(error, _usual(score, error, middle)).sum(axis=0)
    change = raw - drift
    z = np.divide(change, np.sqrt(noise), out=np.zeros(len(among)), where=noise > 0)
    z = np.minimum(np.abs(z), _by_count(responders))
    wide = _NORMAL * float(np.median(z)) if len(z) >= _DRIFT_FROM else 1.0
    noise = max(wide, 1.0)
    return Shifts(
        account=among,
        change=change,
        p=stepped_up(erfc(z / noise / np.sqrt(2.0))),
        drift=float(np.median(drift)) if len(drift) else 0.0,
        noise=noise,
        thin=len(everyone) - len(among),
    )


def stepped_up(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each p corrected for how many there are: cut at q, false ones stay below q.

    >>> stepped_up(np.array([0.01, 0.5, 0.04])).round(2).tolist()
    [0.03, 0.5, 0.06]
    """
    order = np.argsort(p, kind="stable")
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    result = np.empty_like(p)
    result[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return result


def _along(
    scored: Scored, among: NDArray[np.int32], signal: str | None = None
) -> NDArray[np.float64]:
    """The score, or a signal, of each of *among*; 0 for who is not ranked."""
    value = scored.score if signal is None else scored.signal[signal]
    order = np.argsort(scored.account)
    known, value = scored.account[order], value[order]
    found = np.zeros(len(among))
    here = np.isin(among, known)
    found[here] = value[np.searchsorted(known, among[here])]
    return found


def _errors(
    period: Period,
    among: NDArray[np.int32],
    weights: Weights,
    layers: Mapping[str, float],
    *,
    numbers: range,
    seed: int,
) -> NDArray[np.float64]:
    """Variance of the score of each of *among* over resampled records; 0 if absent."""
    here = np.isin(period.accounts.account, among)
    people = period.scored.only(period.accounts, here)
    found = np.zeros(len(among))
    if not len(people):
        return found
    sampler = open_resamples(
        people, period.ties, period.accounts, weights=weights, layers=layers
    )

    def scores(part: range) -> NDArray[np.float64]:
        return sampler.draw(seed, part)[0]

    # summed in the order of the draws: the same bytes on any number of threads
    drawn = np.concatenate(parallel_map(scores, in_chunks(numbers, len(people))))
    found[np.searchsorted(among, sampler.account)] = drawn.var(axis=0, ddof=1)
    return found


def _drift(
    raw: NDArray[np.float64],
    middle: NDArray[np.float64],
    error: NDArray[np.float64],
    both: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """What the field as a whole changed by at each score, shape (n,).

    A line through the changes of most people. The errors of the two scores are taken
    off its slope: where one period is noisier, it alone would tilt the line.
    """
    if both.sum() < _DRIFT_FROM:
        return np.full(len(raw), float(np.median(raw[both])) if both.sum() > 2 else 0.0)
    line = np.full(len(raw), np.median(raw[both]))
    for _ in range(3):
        off = np.abs(raw - line)
        kept = both & (off <= _OUTLYING * _NORMAL * np.median(off[both]))
        d, m = raw[kept], middle[kept]
        if len(d) < _DRIFT_FROM or not np.ptp(m) > 0:
            break
        early, late = error[:, kept].mean(axis=1)
        together = np.cov(d, m, bias=True)
        spread = max(together[1, 1] - (early + late) / 4.0, together[1, 1] / 4.0)
        slope = float(np.clip((together[0, 1] - (late - early) / 2.0) / spread, -1, 1))
        line = d.mean() + slope * (middle - m.mean())
    return line


def _by_count(responders: NDArray[np.float64]) -> NDArray[np.float64]:
    """|z| of a binomial test on counts; infinite where both are large."""
    total = responders.sum()
    if not total > 0:
        return np.full(responders.shape[1], np.inf)
    count = np.round(responders)
    late, both = count[1], count.sum(axis=0)
    share = float(np.clip(responders[1].sum() / total, 1e-6, 1.0 - 1e-6))
    left = both - late
    # P(X >= k) and P(X <= k) of a binomial number, both 1 at the ends of its range
    above = np.where(late > 0, betainc(np.maximum(late, 1), left + 1, share), 1.0)
    below = np.where(left > 0, betainc(np.maximum(left, 1), late + 1, 1 - share), 1.0)
    tail = np.minimum(np.minimum(below, above), 0.5)
    return np.where(responders.min(axis=0) < LEAST_RESPONDERS, -ndtri(tail), np.inf)


def _usual(
    score: NDArray[np.float64],
    error: NDArray[np.float64],
    middle: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The variance that is usual around each score of *middle*, in either period."""
    known, found = score[error > 0], error[error > 0]
    if not len(known):
        return np.zeros(len(middle))
    order = np.argsort(known, kind="stable")
    known, total = known[order], np.append(0.0, np.cumsum(found[order]))
    first = np.maximum(np.searchsorted(known, middle, side="left") - _NEAR, 0)
    last = np.minimum(np.searchsorted(known, middle, side="right") + _NEAR, len(known))
    # past the ends of the list there are fewer, but always some
    first = np.minimum(first, len(known) - 1)
    last = np.maximum(last, first + 1)
    return np.asarray((total[last] - total[first]) / (last - first))
