"""Partial layers: follows or connections of which only some people's lists are known.

Platforms give followers account by account, and each list is dear. Someone without a
list has not no followers, but an unknown number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.layer_counts import LayerCounts

LISTED: Final = ("follow", "connection")  # layers that platforms give as lists
_RESPONDED: Final = 3  # responders from which somebody is likely to have followers
_ENOUGH: Final = 10  # such people, below which everyone is looked at
_MOST: Final = 200
_FEWEST: Final = 5  # such people without any follower
_EXCESS: Final = 0.1  # of the people looked at, whose followers must be missing
_ERRORS: Final = 3.0  # by so many standard errors more than there should be
_SIZES: Final = 2.0 ** np.arange(-4, 7)  # of the negative binomial distribution
_STEPS: Final = 60
_SPREADS: Final = np.arange(0.1, 3.0, 0.1)  # of the log in the lognormal one
_CENTERS: Final = 60
_RATES: Final = np.arange(-6.0, 8.0, 0.05)  # logs, to integrate over
_LARGE: Final = 50  # counts from which a Poisson number hardly blurs its rate


@dataclass(frozen=True, slots=True, eq=False)
class PartialLayer:
    """A layer known for some people only.

    Attributes:
        layer: its name.
        known: the people it is known for, ascending, shape (k,), int32.
        people: how many people it could be known for.
        left_out: whether it does not count in the score; false where there is
            nothing else to rank by.
    """

    layer: str
    known: NDArray[np.int32]
    people: int
    left_out: bool

    def __post_init__(self) -> None:
        freeze(self)

    def is_known(self, accounts: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which of *accounts* it is known for."""
        return np.isin(accounts, self.known)


def partial_layer(
    layer: str,
    counts: LayerCounts,
    people: NDArray[np.int32],
    *,
    active: NDArray[np.int32] | None = None,
) -> PartialLayer | None:
    """Whether a layer is known for some of *people* only; None if it is complete.

    Prominent people, with at least three responders, have followers. If far more of
    them have none than the numbers of the others let expect (``natural_zeros``),
    followers are known for the others only. Lists of what accounts follow measure
    everybody alike, so that a layer of these alone is complete in this sense.

    Args:
        layer: its name.
        counts: as the store counts them.
        people: accounts that may be listed, ascending.
        active: accounts with ties of other layers, by which people are ranked where
            this one is left out; None where it is all there is.
    """
    listed, responders = counts.of(people)
    responses = bool((responders > 0).sum() >= _ENOUGH)
    seen = (responders > 0) | (listed > 0) if responses else np.ones(len(people), bool)
    known = listed > 0
    if not known.any():
        return None
    prominent = np.flatnonzero(responders >= _RESPONDED)
    if len(prominent) < _ENOUGH:
        prominent = np.flatnonzero(seen)
    order = np.argsort(-responders[prominent], kind="stable")
    prominent = prominent[order][:_MOST] if responses else prominent
    without, total = int((~known[prominent]).sum()), len(prominent)
    # most layers are complete, and fitting takes longer than counting
    if without < max(_FEWEST, _EXCESS * total):
        return None
    with_list = listed[prominent][known[prominent]]
    enough = len(with_list) >= _ENOUGH
    usual = natural_zeros(with_list if enough else listed[known])
    spread = np.sqrt(total * usual * (1.0 - usual))
    if without <= total * (usual + _EXCESS * (1.0 - usual)) + _ERRORS * spread:
        return None
    left_out = False
    if responses and active is not None:
        left_out, seen = True, known | np.isin(people, active)
    return PartialLayer(
        layer=layer,
        known=people[known],
        people=int(seen.sum()),
        left_out=left_out,
    )


def natural_zeros(counts: NDArray[np.int64]) -> float:
    """The share of zeros that counts above zero let expect.

    Two distributions cut off at zero are fitted by maximum likelihood, the negative
    binomial and the lognormal mixture of Poisson distributions; the likelier one says.

    Args:
        counts: from 1, shape (k,), k from 1.

    >>> natural_zeros(np.array([40, 55, 31, 70])) < 0.01
    True
    >>> natural_zeros(np.array([1, 1, 2, 1, 4, 1, 1, 9])) > 0.3
    True
    """
    value, often = np.unique(counts.astype(np.float64), return_counts=True)
    return max(_negative_binomial(value, often), _lognormal(value, often))[1]


def _negative_binomial(
    value: NDArray[np.float64], often: NDArray[np.int64]
) -> tuple[float, float]:
    """The log likelihood of the best fit, and its share of zeros."""
    best = (-np.inf, 0.0)
    mean = float(np.average(value, weights=often))
    for size in _SIZES.tolist():
        center = _mean_behind(mean, size)
        zero = (size / (size + center)) ** size
        terms = (
            _log_gamma(value + size) - lgamma(size) - _log_gamma(value + 1.0)
            + value * np.log(center / (size + center)) + np.log(zero)
            - np.log1p(-zero)
        )  # fmt: skip
        best = max(best, (float(often @ terms), float(zero)))
    return best


def _mean_behind(mean: float, size: float) -> float:
    """The mean of the whole distribution, by that of its part above zero."""
    low, high = 1e-6, max(mean, 1e-5)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        above = middle / -np.expm1(-size * np.log1p(middle / size))
        low, high = (middle, high) if above < mean else (low, middle)
    return (low + high) / 2.0


def _lognormal(
    value: NDArray[np.float64], often: NDArray[np.int64]
) -> tuple[float, float]:
    """The same of Poisson numbers with lognormal rates."""
    small, large = value < _LARGE, value >= _LARGE
    factor = np.exp(
        value[small][:, None] * _RATES
        - np.exp(_RATES)
        - _log_gamma(value[small] + 1.0)[:, None]
    )
    none, logs = np.exp(-np.exp(_RATES)), np.log(value[large])
    best = (-np.inf, 0.0)
    for center in np.linspace(-3.0, np.log(value.max()) + 0.5, _CENTERS).tolist():
        for spread in _SPREADS.tolist():
            rate = np.exp(-0.5 * ((_RATES - center) / spread) ** 2)
            rate /= rate.sum()
            zero = float(rate @ none)
            found = np.log(np.maximum(factor @ rate, 1e-300))
            tail = -0.5 * ((logs - center) / spread) ** 2 - logs
            tail -= np.log(spread * np.sqrt(2.0 * np.pi))
            likelihood = float(often[small] @ found + often[large] @ tail)
            likelihood -= float(often.sum()) * np.log(max(1.0 - zero, 1e-12))
            best = max(best, (likelihood, zero))
    return best


def _log_gamma(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the gamma function; scipy's takes long to load."""
    return np.array([lgamma(one) for one in value.tolist()])
