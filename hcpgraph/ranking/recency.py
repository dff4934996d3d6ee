"""How much an act of attention still counts, by its age within the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import ACTS, LAYERS
from hcpgraph.model.ties import NO_TIME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

# Standing ties do not age: a follow holds until it is undone.
AGEING: Final = tuple(LAYERS.index(n) for n in (*ACTS, "mention_in_repost"))
HALF_LIVES: Final = 6.0  # in the whole record
# The mean over a record whose acts are spread evenly: 1 / (6 ln 2), rounded.
UNDATED: Final = 0.25


def freshness(ties: Ties) -> NDArray[np.float64]:
    """How much each tie still counts: 1 when it is new, halved again and again.

    Recent attention foretells attention to come better than old attention
    does. "Now" is the last act of the record, never the clock, and the half-life
    is a sixth of the time from the first act to the last: it stretches with the
    record. A date gone wrong makes it longer, so that acts weigh alike, which is
    the safe side; a further act within the record changes nobody else's.

    Args:
        ties: the ties of the period asked for.

    Returns:
        Shape (m,), in [0, 1]. Standing ties stay at 1. Acts without a time
        count a quarter, or 1 if no act has a time.

    >>> from hcpgraph.model.ties import Ties
    >>> at = np.array([0, 500, 600])
    >>> mention = np.full(3, LAYERS.index("mention"))
    >>> ties = Ties(
    ...     source=np.array([1, 2, 3]), target=np.array([9, 9, 9]),
    ...     layer=mention, at=at, post=np.array([-1, -1, -1]),
    ...     weight=np.ones(3), area=np.array([-1, -1, -1]),
    ... )
    >>> freshness(ties).tolist()
    [0.015625, 0.5, 1.0]
    """
    value = np.ones(len(ties))
    acts = np.isin(ties.layer, AGEING)
    dated = acts & (ties.at != NO_TIME)
    if not dated.any():
        return value
    at = ties.at[dated]
    age = (at.max() - at).astype(np.float64)
    half_life = max(float(age.max()) / HALF_LIVES, 1.0)
    value[acts] = UNDATED
    value[dated] = 0.5 ** (age / half_life)
    return value
