"""Age of interactions in activity time, and exponential decay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import ACTS, LAYERS
from hcpgraph.model.ties import NO_TIME, in_layers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

# Standing ties do not age: a follow holds until it is undone.
AGEING: Final = tuple(LAYERS.index(n) for n in (*ACTS, "mention_in_repost"))
_CLOCK: Final = tuple(LAYERS.index(n) for n in ACTS)
# Half-lives, as shares of the period.
SLOWLY: Final = 1 / 2
LATELY: Final = 1 / 6
JUST_NOW: Final = 1 / 20
UNDATED: Final = np.nan  # the age of an interaction whose time nobody knows


def ages(ties: Ties, *, clock: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """The age of each tie: the share of the period that came after it.

    Age is measured in activity, not in days: every account that mentions, replies,
    reposts or quotes has weight 1 spread evenly over its interactions, and age
    is the share of that weight that came later. So a quiet month ages nobody,
    the days of a congress age fast, a date gone wrong changes next to nothing, and an
    account with very many posts has no more effect than any other.

    Args:
        ties: the ties of the period asked for.
        clock: whose interactions make time pass, one per tie, shape (m,); None for
            everyone's. Late fake accounts would age the responders of all others.

    Returns:
        Shape (m,), in [0, 1]: 0 for the last interaction of the period, close to 1 for
        the first. Standing ties are always new, at 0. Interactions without a time are
        ``UNDATED``, or new if no interaction has a time.

    >>> from hcpgraph.model.ties import Ties
    >>> ties = Ties(
    ...     source=np.array([1, 2, 3, 3]), target=np.array([9, 9, 9, 8]),
    ...     layer=np.full(4, LAYERS.index("mention")), at=np.array([0, 500, 600, 600]),
    ...     post=np.full(4, -1), weight=np.ones(4), area=np.full(4, -1),
    ... )
    >>> ages(ties).round(2).tolist()
    [0.67, 0.33, 0.0, 0.0]
    """
    age = np.zeros(len(ties))
    interactions = in_layers(ties.layer, AGEING)
    dated = interactions & (ties.at != NO_TIME)
    ticks = dated & in_layers(ties.layer, _CLOCK)
    if clock is not None and (ticks & clock).any():
        ticks &= clock
    if not ticks.any():
        ticks = dated
    if not ticks.any():
        return age
    time, place = np.unique(ties.at[ticks], return_inverse=True)
    _, doer, interactions_made = np.unique(
        ties.source[ticks], return_inverse=True, return_counts=True
    )
    over_responders = np.bincount(place, 1.0 / interactions_made[doer])
    later = np.append(np.cumsum(over_responders[::-1])[::-1], 0.0) / len(
        interactions_made
    )
    age[interactions] = UNDATED
    age[dated] = later[np.searchsorted(time, ties.at[dated], side="right")]
    return np.minimum(age, 1.0)


def average(half_life: float) -> float:
    """What an interaction counts on average, ages being spread evenly over a period.

    >>> round(average(1 / 6), 3), average(np.inf)
    (0.237, 1.0)
    """
    if np.isinf(half_life):
        return 1.0
    return float(half_life / np.log(2.0) * (1.0 - 0.5 ** (1.0 / half_life)))


def fresh(age: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
    """Exponential decay: 2^(-age / half_life) of each interaction.

    Undated interactions count as much as the average of a record would.

    >>> fresh(np.array([0.0, 0.5, 1.0]), 0.5).tolist()
    [1.0, 0.5, 0.25]
    """
    left: NDArray[np.float64] = 0.5 ** (age / half_life)
    return np.where(np.isnan(age), average(half_life), left)
