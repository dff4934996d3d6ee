"""What people may gain by layers that are known for others only.

Where the followers of a person are not known, the rank among all depends on a number
that nobody has seen. The difference d that such layers make to a score is known for
people whose lists are known; for all others it is predicted by a Bayesian linear
regression of d on the score without these layers and, where profiles state it, on the
claimed audience:

    d = a + b x + e,   e ~ N(0, s^2)

with a weak normal-inverse-gamma prior, so that few lists leave much open. Each draw of
a standing takes coefficients and s from the posterior, and e for each person.

An interval of 90 % for everybody can be wrong for most of the first twenty: where much
is unknown, the first are exactly those whose unknown part is extreme. So intervals are
widened until, over draws of what is not known, the ranks among the first twenty lie in
the interval of the person who has them (compare the false coverage rate of Benjamini
and Yekutieli, 2005, JASA 100, 71-81, doi:10.1198/016214504000001907).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import freeze
from hcpgraph.ranking.uncertainty.counter_rng import keys_of, normals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored

_FEW: Final = 10  # people with a claimed audience, below which it predicts nothing
# The prior: a spread of .7 points, as sure as four lists make one; a slope within one
# spread of nothing; the mean unknown.
_SPREAD: Final = 0.7
_SURE: Final = 4.0
_LEVEL: Final = 1e-3
_SLOPE: Final = 0.5
FIRST: Final = 20
_HELD: Final = 0.95  # a little more, as the draws are judged by themselves
_PARTS: Final = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05, 0.03)
_COEFFICIENTS, _VARIANCE, _PERSON = (1 << 34, 1 << 35, 1 << 36)  # random streams


@dataclass(frozen=True, slots=True, eq=False)
class UnknownGain:
    """What layers known for some people only add to scores, or may add.

    Attributes:
        account: account numbers, ascending, shape (n,).
        known: whether the layers are known for the person, shape (n,).
        gain: what they add to the score of the list, where known, shape (n,).
        less: what the score of the list holds of them already, where they are not
            known, shape (n,).
        group: which regression predicts the gain of a person, shape (n,).
        predictors: for each regression, one column each, shape (n, k).
    """

    account: NDArray[np.int32]
    known: NDArray[np.bool_]
    gain: NDArray[np.float64]
    less: NDArray[np.float64]
    group: NDArray[np.intp]
    predictors: tuple[NDArray[np.float64], ...]

    def __post_init__(self) -> None:
        freeze(self)

    def drawn(
        self, account: NDArray[np.int32], seed: int, numbers: range
    ) -> NDArray[np.float64]:
        """What to add to the standing of each of *account*, draw by draw.

        Args:
            account: in any order, shape (p,).
            seed: of all draws.
            numbers: of some of them.

        Returns:
            Shape (d, p).
        """
        rows = np.searchsorted(self.account, account)
        added = np.broadcast_to(self.gain[rows], (len(numbers), len(rows))).copy()
        noise = normals(account, keys_of(seed, numbers, _PERSON))
        for number, x in enumerate(self.predictors):
            known = self.known & np.isfinite(x).all(axis=1)
            own = ~self.known[rows] & (self.group[rows] == number)
            if not own.any():
                continue
            level, spread = _posterior(
                x[known],
                self._whole()[known],
                x[rows[own]],
                keys=(
                    keys_of(seed, numbers, _COEFFICIENTS, number),
                    keys_of(seed, numbers, _VARIANCE, number),
                ),
            )
            value = np.maximum(level + spread[:, None] * noise[:, own], 0.0)
            added[:, own] = value - self.less[rows[own]]
        return added

    def _whole(self) -> NDArray[np.float64]:
        """All that the layers add, where known."""
        return self.gain + self.less


def unknown_gain(
    listed: Scored,
    complete: Scored,
    without: Scored,
    *,
    known: NDArray[np.bool_],
    claimed: NDArray[np.int64],
) -> UnknownGain:
    """Read what partial layers add to the scores of people.

    Args:
        listed: people as the list scores them.
        complete: the same accounts, scored with the layers.
        without: the same accounts, scored without them.
        known: whether the layers are known for each of *listed*, shape (n,).
        claimed: audience by the profile of each of *listed*, -1 unknown, shape (n,).
    """
    order = np.argsort(listed.account)
    account, known = listed.account[order], known[order]
    score = listed.score[order]
    with_, base = (_of(account, scored) for scored in (complete, without))
    less = score - base
    told = claimed[order]
    said = np.where(told >= 0, np.log2(1.0 + np.maximum(told, 0)), np.nan)
    predictors = [_scaled(base)[:, None]]
    group = np.zeros(len(account), np.intp)
    if (known & np.isfinite(said)).sum() >= _FEW:
        predictors.append(np.column_stack([_scaled(base), _scaled(said)]))
        group[np.isfinite(said)] = 1
    return UnknownGain(
        account=account,
        known=known,
        gain=np.where(known, with_ - score, 0.0),
        less=less,
        group=group,
        predictors=tuple(predictors),
    )


def _of(account: NDArray[np.int32], scored: Scored) -> NDArray[np.float64]:
    """The score of each of *account*, ascending, all of which are scored."""
    order = np.argsort(scored.account)
    rows = np.searchsorted(scored.account[order], account)
    return np.asarray(scored.score[order][rows], np.float64)


def _scaled(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centred, with spread 1; NaN stays."""
    spread = float(np.nanstd(x))
    return (x - np.nanmean(x)) / (spread if spread > 0 else 1.0)


def _posterior(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    wanted: NDArray[np.float64],
    *,
    keys: tuple[NDArray[np.uint64], NDArray[np.uint64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The prediction for the people of *wanted*, and the spread around it.

    Args:
        x: predictors of people whose gain is known, shape (m, k).
        y: their gain, shape (m,).
        wanted: predictors of others, shape (p, k).
        keys: of the draws of the coefficients, and of the variance, shape (d,) each.

    Returns:
        Shapes (d, p) and (d,).
    """
    design = np.column_stack([np.ones(len(x)), x])
    prior = np.full(design.shape[1], 1.0 / _SLOPE**2)
    prior[0] = _LEVEL
    precision = design.T @ design + np.diag(prior)
    mean = np.linalg.solve(precision, design.T @ y)
    freedom = _SURE + len(y)
    rest = float(y @ y - mean @ precision @ mean)
    scale = (_SURE * _SPREAD**2 + max(rest, 0.0)) / freedom
    one = np.zeros(1, np.int64)
    # chi-squared by Wilson and Hilferty's cube of a normal number
    normal = normals(one, keys[1])[:, 0]
    unit = np.maximum(
        1.0 - 2.0 / (9.0 * freedom) + normal * np.sqrt(2.0 / (9.0 * freedom)), 0.1
    )
    spread = np.sqrt(scale / unit**3)
    shift = normals(np.arange(len(mean)), keys[0])
    root = np.linalg.inv(np.linalg.cholesky(precision))
    drawn = mean + spread[:, None] * (shift @ root)
    # nobody is taken to have fewer followers for more responses or a larger claim
    drawn[:, 1:] = np.maximum(drawn[:, 1:], 0.0)
    wide = np.column_stack([np.ones(len(wanted)), wanted])
    return drawn @ wide.T, spread


def widened(rank: NDArray[np.int32], complete: NDArray[np.int32], edge: float) -> float:
    """The share of draws to leave out at each end.

    Args:
        rank: of everyone in each draw, shape (draws, p).
        complete: the rank of each by score in that draw, if all layers were known and
            nothing else were drawn, shape (draws, p).
        edge: the share that would do for people chosen beforehand.

    Returns:
        At most *edge*; 0 where only the extremes of the draws hold enough.

    >>> rank = np.tile(np.arange(1, 6), (100, 1))
    >>> widened(rank, rank, 0.05)
    0.05
    """
    first = complete <= FIRST
    ordered = np.sort(rank, axis=0)
    for part in _PARTS:
        low, high = ends(len(rank), part * edge)
        inside = (complete >= ordered[low]) & (complete <= ordered[high])
        if inside[first].mean() >= _HELD:
            return part * edge
    return 0.0


def ends(draws: int, edge: float) -> tuple[int, int]:
    """The places of the ends of an interval among sorted draws.

    >>> ends(200, 0.05)
    (10, 189)
    """
    low = int(np.floor(edge * draws))
    high = int(np.ceil((1.0 - edge) * draws)) - 1
    return low, max(high, low)
