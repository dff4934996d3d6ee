"""How much each account posts and attracts: the truth that rankings must find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.cast import (
    BOT,
    BROKER,
    COMPANY,
    LEADER,
    LOUD,
    MEDIA,
    ORDINARY,
    ORGANISATION,
    PATIENT,
    PUBLIC,
    RISING,
)
from hcpgraph.demo.draws import spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.demo.cast import Cast

QUARTERS: Final = 4
_RISE: Final = (0.3, 0.5, 1.0, 5.0)  # appeal of rising people, by quarter

# Median appeal and posting of accounts that are no professionals', relative to an
# ordinary professional's.
_OTHERS: Final = {
    ORGANISATION: (4.0, 2.0),
    COMPANY: (1.0, 2.0),
    MEDIA: (2.0, 2.5),
    BOT: (0.05, 3.0),
    PATIENT: (0.5, 0.8),
    PUBLIC: (0.3, 0.6),
}
# Lowest and highest appeal and posting of planted kinds.
_PLANTED: Final = {
    LEADER: ((9.0, 40.0), (2.0, 9.0)),
    RISING: ((3.0, 6.0), (2.0, 5.0)),
    LOUD: ((0.05, 0.15), (17.0, 25.0)),
    BROKER: ((5.0, 10.0), (2.0, 6.0)),
}


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """What drives the draws, relative to an ordinary professional's 1.

    Attributes:
        appeal: weight with which acts of attention in an area go to the account,
            shape (n,).
        growth: what ``appeal`` is multiplied with in each quarter, shape (n, 4).
        posting: weight with which posts are the account's, shape (n,).
        fame: weight with which follows go to the account, shape (n,). It lags
            appeal: rising people are not followed more yet.
    """

    appeal: NDArray[np.float64]
    growth: NDArray[np.float64]
    posting: NDArray[np.float64]
    fame: NDArray[np.float64]


def plant_rates(cast: Cast, rng: np.random.Generator) -> Rates:
    """Draw the rates of every account, by kind and persona."""
    n = len(cast)
    appeal = np.clip(spread(rng, 1.0, 0.9, n), 0.1, 8.0)
    # those who post more are attended to more, so that there is something to answer
    posting = np.clip(np.sqrt(appeal) * spread(rng, 1.0, 0.7, n), 0.05, 8.0)
    for persona, (attracts, posts) in _OTHERS.items():
        those = (cast.persona == persona) & (cast.kind == ORDINARY)
        appeal[those] = attracts * np.sqrt(appeal[those])
        posting[those] = posts * np.sqrt(posting[those])
    for kind, (attracts_range, posts_range) in _PLANTED.items():
        those = cast.kind == kind
        appeal[those] = _between(rng, attracts_range, int(those.sum()))
        posting[those] = _between(rng, posts_range, int(those.sum()))
    growth = np.ones((n, QUARTERS))
    growth[cast.kind == RISING] = _RISE
    fame = appeal**0.8 * spread(rng, 1.0, 0.3, n)
    return Rates(appeal, growth, posting, fame)


def _between(
    rng: np.random.Generator, bounds: tuple[float, float], count: int
) -> NDArray[np.float64]:
    low, high = bounds
    drawn: NDArray[np.float64] = low * (high / low) ** rng.random(count)
    return drawn
