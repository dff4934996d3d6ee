"""What to collect next: the value of a missing list of followers, in ranks.

Where lists are known for some people only, the interval of a rank covers what others
may have (``unknown``). One more list takes one number out of that. Its value of sample
information (Raiffa and Schlaifer, 1961, "Applied Statistical Decision Theory") is the
expected narrowing of the intervals of the first people: over what the list may add to
the score of its owner, drawn from the same posterior, the mean width of these intervals
now, less that with the number known. What one list says of the regression for all
others is left out, so that the value is a little too low.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import parallel_map
from hcpgraph.model.ties import freeze
from hcpgraph.progress import step
from hcpgraph.ranking.uncertainty.intervals import (
    COVERED,
    RESAMPLES,
    possible_standings,
    ranks_among,
)
from hcpgraph.ranking.uncertainty.resampling import open_resamples
from hcpgraph.ranking.uncertainty.unknown import ends, widened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.score.weights import Weights
    from hcpgraph.ranking.uncertainty.unknown import UnknownGain

_POOL: Final = 2_000  # people drawn, at least
_PER_FIRST: Final = 20
_DRAWS: Final = 1_000  # of what is not known
_MOST: Final = 400  # people without a list that are looked at
_LEAST: Final = 0.01  # of the draws in which the person is among the first
# Quantiles of what a list may add, each with the same weight.
_MAY_ADD: Final = (0.1, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedNarrowing:
    """What the lists of single people would narrow.

    Attributes:
        account: people without a list, by value, the highest first, shape (n,).
        gain: expected narrowing of the mean width of the intervals of the first
            people, in ranks, positive, shape (n,).
        among: probability that the person is among the first, shape (n,).
        width: mean width of their intervals now, in ranks.
    """

    account: NDArray[np.int32]
    gain: NDArray[np.float64]
    among: NDArray[np.float64]
    width: float

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, slots=True, eq=False)
class _Draws:
    """Standings of people, draw by draw, with all layers.

    Attributes:
        known: the part that does not depend on missing lists, shape (d, p).
        added: what missing lists may add, likewise; a constant for people with one.
        whole: their sum.
        ordered: the standings of each draw, ascending, shape (d, p).
        first: how many people are looked at.
        rank: their ranks, shape (d, first).
        edge: share of the draws outside an interval, at each end.
    """

    known: NDArray[np.float64]
    added: NDArray[np.float64]
    whole: NDArray[np.float64]
    ordered: NDArray[np.float64]
    first: int
    rank: NDArray[np.int32]
    edge: float


def expected_narrowing(
    scored: Scored,
    ties: Ties,
    accounts: Accounts,
    *,
    weights: Weights,
    layers: Mapping[str, float],
    first: int,
    seed: int,
    unknown: UnknownGain,
) -> ExpectedNarrowing:
    """The value of each missing list for the intervals of the first people.

    Args:
        scored: people who may be listed, all of them, best first.
        ties: all ties that the signals were read from.
        accounts: everyone who occurs in *ties*.
        weights: those of the score.
        layers: weight of each layer that counts.
        first: how many people, from 1.
        seed: of the draws.
        unknown: what missing lists may add to scores.
    """
    pool = scored.head(max(_POOL, _PER_FIRST * first))
    sampler = open_resamples(pool, ties, accounts, weights=weights, layers=layers)
    possible = possible_standings(pool, sampler, resamples=RESAMPLES, seed=seed)
    draws = _drawn(possible, pool, unknown, first=min(first, len(pool)), seed=seed)
    every = ranks_among(draws.whole, len(pool))
    among = (every <= draws.first).mean(axis=0)
    missing = ~unknown.known[np.searchsorted(unknown.account, pool.account)]
    listed = np.arange(len(pool)) < draws.first
    rows = np.flatnonzero(missing & (listed | (among >= _LEAST)))
    order = np.lexsort((rows, -among[rows], ~listed[rows]))
    rows = rows[order][:_MOST]
    now = _width(draws, draws.rank)
    with step("looking at missing lists", len(rows)) as tick:

        def value(row: int) -> float:
            tick()
            return now - _width_with(draws, row)

        gain = np.array(parallel_map(value, rows.tolist()), np.float64)
    kept = gain > 0
    rows, gain = rows[kept], gain[kept]
    order = np.lexsort((rows, -gain))
    rows = rows[order]
    return ExpectedNarrowing(pool.account[rows], gain[order], among[rows], now)


def _drawn(
    possible: NDArray[np.float64],
    pool: Scored,
    unknown: UnknownGain,
    *,
    first: int,
    seed: int,
) -> _Draws:
    """Standings by what is known, with what is not drawn for each of them."""
    times = ceil(_DRAWS / len(possible))
    added = unknown.drawn(pool.account, seed, range(times * len(possible)))
    known = np.tile(possible, (times, 1))
    whole = known + added
    every = ranks_among(whole, len(pool))
    complete = ranks_among(pool.score + added, len(pool))
    edge = widened(every, complete, (1.0 - COVERED) / 2.0)
    return _Draws(
        known, added, whole, np.sort(whole, axis=1), first, every[:, :first], edge
    )


def _width(draws: _Draws, rank: NDArray[np.int32]) -> float:
    """The mean width of the intervals of ranks, shape (d, first)."""
    low, high = ends(len(rank), draws.edge)
    parted = np.partition(rank, (low, high), axis=0)
    return float((parted[high] - parted[low]).mean())


def _width_with(draws: _Draws, row: int) -> float:
    """The same, expected, if the list of one person were known."""
    before = draws.whole[:, row]
    others = draws.whole[:, : draws.first]
    behind = before[:, None] > others
    found = []
    for added in np.quantile(draws.added[:, row], _MAY_ADD).tolist():
        after = draws.known[:, row] + added
        rank = draws.rank - behind + (after[:, None] > others)
        if row < draws.first:
            rank[:, row] = _rank_of(draws, after, before)
        found.append(_width(draws, rank))
    return float(np.mean(found))


def _rank_of(
    draws: _Draws, standing: NDArray[np.float64], before: NDArray[np.float64]
) -> NDArray[np.int32]:
    """The rank of one person with another standing in each draw than *before*."""
    ahead = np.array(
        [
            len(row) - np.searchsorted(row, one, side="right")
            for row, one in zip(draws.ordered, standing.tolist(), strict=True)
        ]
    )
    return (1 + ahead - (before > standing)).astype(np.int32)
