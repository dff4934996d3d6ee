"""Activity: own posts, capped by the number of responders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.recency import LATELY, SLOWLY, fresh
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hcpgraph.ranking.signals.record import Record

_CAP = "at most two per responder"
_SOURCE = "mentions, replies and quotes made; other posts of the account"

POSTS: Final = Signal(
    name="posts",
    family="activity",
    meaning="own posts, with responders",
    unit=f"posts, {_CAP}",
    source=_SOURCE,
)
_LATE = {"posts_of_late": (SLOWLY, "half"), "posts_lately": (LATELY, "sixth")}
LATE_POSTS: Final = tuple(
    Signal(
        name=name,
        family="activity",
        meaning="recent own posts, with responders",
        unit=f"posts, half-life one {part} of the period, {_CAP}",
        source=_SOURCE,
    )
    for name, (_, part) in _LATE.items()
)
LAST_SPOKEN: Final = Signal(
    name="last_spoken",
    family="activity",
    meaning="recency of last post, with responders",
    unit="(1 = at the end; half-life one sixth of the period)",
    source="mentions, replies and quotes made, with a time",
)


def posts(record: Record) -> NDArray[np.float64]:
    """Own posts, at most two per responder."""
    own = record.own
    return record.capped(own.total(np.ones(len(own.age)), 1.0))


def recent_posts(record: Record, half_life: float) -> NDArray[np.float64]:
    """Own posts with exponential decay, at most two per responder.

    Posts that made no tie have no time here and count like undated interactions.

    Args:
        record: what to read from.
        half_life: the share of the period after which a post counts half.
    """
    own = record.own
    undated = float(fresh(np.array([np.nan]), half_life)[0])
    return record.capped(own.total(fresh(own.age, half_life), undated))


def last_spoken(record: Record) -> NDArray[np.float64]:
    """How fresh the last post is; nothing for those nobody responds to."""
    own = record.own
    value = np.zeros(record.n_accounts)
    if own.dated:
        known = ~np.isnan(own.age)
        np.maximum.at(value, own.doer[known], fresh(own.age[known], LATELY))
    return record.capped(value)


READ_LATE_POSTS: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(recent_posts, half_life=span) for name, (span, _) in _LATE.items()
}
