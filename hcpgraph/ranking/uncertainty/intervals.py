"""How sure a rank is: intervals of ranks, probabilities of the top 10, tiers.

Scores are shrunk by empirical Bayes before they are compared. A tier is a group of
people without significant difference.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import parallel_map
from hcpgraph.progress import step
from hcpgraph.ranking.uncertainty.counter_rng import keys_of, normals
from hcpgraph.ranking.uncertainty.equal_scores import (
    share_ahead,
    shared_interval,
    shared_mean,
)
from hcpgraph.ranking.uncertainty.resampling import in_chunks, open_resamples
from hcpgraph.ranking.uncertainty.unknown import widened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.score.weights import Weights
    from hcpgraph.ranking.uncertainty.resampling import ResampledScores
    from hcpgraph.ranking.uncertainty.unknown import UnknownGain


RESAMPLES: Final = 200
COVERED: Final = 0.9
FIRST: Final = 10
_POOL: Final = 10_000  # people drawn beside those listed, where there are so many
_PER_LISTED: Final = 20
_LEAST_ATTENTION: Final = np.log2(1.0 + 3.0)  # attention from which it can be compared
# Scores and plain attention stand this far apart where there is too little to tell:
# in records of meetings .4 to .5, in synthetic worlds .2 to .35.
_USUAL_GAP: Final = 0.35**2
_USUAL_FROM: Final = 100  # people whose gaps have as much say as the usual one
# The true rate is one of attention, so the evidence lies between the score and what
# attention alone says; so much nearer to the latter, with so much of the variance of
# their gap left. Chosen on the first twelve worlds of tests/validation/cascades.py.
_TO_ATTENTION: Final = 0.7
_LEFT: Final = 0.25
_LEAST: Final = 0.1  # of the variance by resampling that sizes of originals leave
_DRAWS: Final = 1_000  # of what is not known, over the same resamples again
_GAP, _UNTOLD = 1 << 32, 1 << 33  # streams of random numbers

TOLD_APART: Final = 0.95  # of the draws in which the leader of a tier is ahead

_POINTS: Final = 240
_STEPS: Final = 60
_SMOOTH: Final = 0.5  # of the typical error: finer detail cannot be seen through it
_CHUNK: Final = 1 << 14
_LEARN_FROM: Final = 10_000


def with_intervals(  # noqa: PLR0913 - the data of a list, and how to draw
    scored: Scored,
    ties: Ties,
    accounts: Accounts,
    *,
    weights: Weights,
    layers: Mapping[str, float],
    top: int,
    resamples: int = RESAMPLES,
    seed: int = 0,
    unknown: UnknownGain | None = None,
) -> Scored:
    """The first people of a list, with what their ranks are worth.

    The interval of a person holds, with a probability of 90 %, the rank that the person
    would have among the people of the list if everyone's true rate of attention were
    known, of which the data are one sample. Four things keep that from being seen:

    * sampling error: who happened to respond, and when. What can be lost together, an
      original post with all it caused, is resampled as one (``resampling``), which
      gives the error of each score;
    * a few large originals: the mean size of a person's originals is drawn towards
      everyone's (``overdispersion``);
    * what a score holds beside attention, such as activity. How far scores and
      distinct responders stand apart, beyond sampling error, is measured over the
      list, and the evidence is moved towards attention;
    * the winner's curse: scores are shrunk towards where such scores come from
      (``shrink``).

    With d the deviation of resampled evidence from its mean, brought to variance 1,
    and z a normal number, a draw of a person's standing is

        m + sqrt(P) (sqrt(v) d + t z) / sqrt(v + t^2)

    with v the variance of the evidence, t^2 that of its gap to the truth, m and P the
    mean and variance of the truth given the evidence. Each draw is ranked; the interval
    runs from the 5th to the 95th percentile, and is widened to the rank itself. People
    with equal scores share rank, interval and tier.

    Args:
        scored: people who may be listed, all of them, with their signals.
        ties: all ties that the signals were read from, of everyone.
        accounts: everyone who occurs in *ties*.
        weights: those of the score.
        layers: weight of each layer that counts.
        top: how many to give back, from 0.
        resamples: how many draws, from 1; ten or fewer say little.
        seed: of the draws; the same on any number of threads.
        unknown: what layers add that are known for some people only; intervals then
            cover it, also for the first twenty (``widened``).

    Returns:
        The first *top*, with ``low``, ``high``, ``p_top10``, ``tier`` and ``basis``.

    Raises:
        ValueError: if *resamples* or *top* is out of range.
    """
    if resamples < 1 or top < 0:
        raise ValueError(f"cannot resample {resamples} times for a list of {top}")
    listed = scored.head(top)
    pool = scored.head(max(_POOL, _PER_LISTED * top))
    if not len(listed):
        nobody = np.empty(0, np.int32)
        return replace(
            listed, low=nobody, high=nobody, p_top10=np.empty(0), tier=nobody
        )
    sampler = open_resamples(pool, ties, accounts, weights=weights, layers=layers)
    possible = possible_standings(pool, sampler, resamples=resamples, seed=seed)
    # equals of the last one share what it has, whether or not they are listed
    rank = pool.ranks()
    rank = rank[: np.searchsorted(rank, rank[len(listed) - 1], side="right")]
    edge = (1.0 - COVERED) / 2.0
    if unknown is None:
        drawn = ranks_among(possible, len(rank))
    else:
        possible, complete = _with_unknown(possible, pool, unknown, seed=seed)
        every = ranks_among(possible, len(pool))
        edge = widened(every, ranks_among(complete, len(pool)), edge)
        drawn = every[:, : len(rank)]
    low, high = shared_interval(drawn, rank, edge)
    first = shared_mean((drawn <= FIRST).mean(axis=0), rank)
    tier = tiers(possible[:, : len(rank)], rank)
    return replace(
        listed,
        low=low[: len(listed)],
        high=high[: len(listed)],
        p_top10=first[: len(listed)],
        tier=tier[: len(listed)],
        basis=sampler.basis(),
    )


def possible_standings(
    pool: Scored, sampler: ResampledScores, *, resamples: int, seed: int
) -> NDArray[np.float64]:
    """Where everyone of *pool* may truly stand, shape (resamples, p)."""
    # draws are in the order of accounts, and wanted in that of the list
    back = np.searchsorted(sampler.account, pool.account)
    parts = in_chunks(range(resamples), len(pool))
    with step("resampling ranks", resamples) as tick:

        def draw(part: range) -> NDArray[np.float32]:
            # enough digits for deviations, in half the room
            found = np.stack(sampler.draw(seed, part)).astype(np.float32)
            for _ in part:
                tick()
            return found

        drawn = np.concatenate(parallel_map(draw, parts), axis=1)[:, :, back]
    gap, slope = _gap(pool.score, drawn, usual=_USUAL_GAP if sampler.active else None)
    attention = drawn[1]
    found = drawn[0] + np.float32(_TO_ATTENTION) * (
        np.float32(slope) * attention - drawn[0]
    )
    score = pool.score + _TO_ATTENTION * (
        slope * sampler.attention()[back] - pool.score
    )
    gap *= _LEFT
    variance = found.var(axis=0, dtype=np.float64)
    responded = variance > 0
    # people without responders are as uncertain as anyone
    error = np.where(responded, variance, variance.max(initial=0.0))
    doubling, varied = _together(found, attention)
    sizes = sampler.units.sizes
    less = doubling**2 * varied * (sizes.ratio[back] - 1.0)
    error = np.maximum(error + less, _LEAST * error)
    total = np.maximum(error + gap, np.finfo(np.float32).tiny)
    mean, known = shrink(score + doubling * sizes.shift[back], total)
    centre, scale = found.mean(axis=0, dtype=np.float64), np.sqrt(known / total)
    spread = np.where(responded, np.sqrt(variance), 1.0)

    def place(part: range) -> NDArray[np.float64]:
        noise = np.where(
            responded,
            (found[part.start : part.stop] - centre) / spread,
            normals(pool.account, keys_of(seed, part, _UNTOLD)),
        )
        apart = normals(pool.account, keys_of(seed, part, _GAP))
        off = np.sqrt(error) * noise + np.sqrt(gap) * apart
        return np.asarray(mean + scale * off, np.float64)

    return np.concatenate(parallel_map(place, parts))


def _with_unknown(
    possible: NDArray[np.float64], pool: Scored, unknown: UnknownGain, *, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same, with what is not known drawn for every resample, several times.

    Beside it stand the scores as they may be with all layers known.
    """
    times = ceil(_DRAWS / len(possible))
    more = unknown.drawn(pool.account, seed, range(times * len(possible)))
    return np.tile(possible, (times, 1)) + more, pool.score + more


def _together(
    found: NDArray[np.float32], attention: NDArray[np.float32]
) -> tuple[float, NDArray[np.float64]]:
    """What a doubling of attention adds to the evidence, and how attention varies."""
    attention = attention - attention.mean(axis=0)
    # sums of each person in single precision, those over people in double
    both = np.einsum("ij,ij->j", found, attention).sum(dtype=np.float64)
    varied = np.einsum("ij,ij->j", attention, attention).astype(np.float64)
    spread = float(varied.sum())
    slope = float(both) / spread if spread > 0 else 0.0
    return slope, varied / max(len(attention), 1)


def _gap(
    score: NDArray[np.float64], drawn: NDArray[np.float32], *, usual: float | None
) -> tuple[float, float]:
    """Variance of what scores hold beside attention, beyond sampling error; and slope.

    Scores are set against log2 of the attention received, with the slope that is left
    once the errors of both are taken off, among those with some attention.
    """
    compared = drawn[1].mean(axis=0) >= _LEAST_ATTENTION
    scores, attention = drawn[:, :, compared].astype(np.float64)
    people = int(compared.sum())
    before = 0.0 if usual is None else usual
    if people < 2:
        return before, 0.0
    seen = np.cov(score[compared], attention.mean(axis=0), bias=True)
    scores, attention = scores - scores.mean(axis=0), attention - attention.mean(axis=0)
    noise = np.array(
        [
            [(scores**2).mean(), (scores * attention).mean()],
            [(scores * attention).mean(), (attention**2).mean()],
        ]
    )
    true = seen - noise
    slope = true[0, 1] / true[1, 1] if true[1, 1] > 0 else 0.0
    across = np.array([1.0, -slope])
    found = max(float(across @ true @ across), 0.0)
    share = 1.0 if usual is None else people / (people + _USUAL_FROM)
    return share * found + (1.0 - share) * before, slope


def ranks_among(possible: NDArray[np.float64], count: int) -> NDArray[np.int32]:
    """The ranks of the first *count* among everyone, draw by draw."""

    def one(row: NDArray[np.float64]) -> NDArray[np.int32]:
        ahead = len(row) - np.searchsorted(np.sort(row), row[:count], side="right")
        return (1 + ahead).astype(np.int32)

    return np.stack(parallel_map(one, list(possible)))


def tiers(possible: NDArray[np.float64], rank: NDArray[np.int64]) -> NDArray[np.int32]:
    """The tier of each person of a list, from 1 at the top.

    A tier is led by its first person. The next one begins at the first person that
    the leader beats in at least 95 % of the draws, so that within a tier nobody is
    surely behind its leader. People with equal scores lead together, follow together
    and share a tier.

    Args:
        possible: the standing of each listed person, in order, in each draw,
            shape (draws, p).
        rank: of each, equal scores sharing one, ascending, shape (p,).

    Returns:
        Shape (p,), ascending without gaps.

    >>> standing = np.array([[9.0, 8.0, 1.0], [7.0, 8.0, 2.0]])
    >>> tiers(standing, np.array([1, 2, 3])).tolist()
    [1, 1, 2]
    """
    tier = np.zeros(len(rank), np.int32)
    start, number = 0, 0
    while start < len(rank):
        number += 1
        tier[start:] = number
        after = int(np.searchsorted(rank, rank[start], side="right"))
        ahead = share_ahead(possible[:, start:after], possible[:, after:])
        behind = np.flatnonzero(shared_mean(ahead, rank[after:]) >= TOLD_APART)
        start = after + int(behind[0]) if len(behind) else len(rank)
    return tier


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
