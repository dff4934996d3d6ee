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

    from hcpgraph.ranking.record.own_interactions import OwnInteractions
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
    """How fresh the last post is; nothing for accounts without responders."""
    return record.capped(last_posts(record.own)[0])


def last_posts(
    own: OwnInteractions,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How fresh the last own post of each account is, and the one before.

    Posts without a time, where others have one, are taken to lie anywhere in the
    period: the last of k of them has the age 1 / (k + 1) on average.

    Returns:
        Two arrays of shape (n,), from 0 (no post, or no time at all) to 1.
    """
    last, before = np.zeros((2, len(own.rest)))
    if not own.dated:
        return last, before
    dated = ~np.isnan(own.age)
    doer, freshness = own.doer[dated], fresh(own.age[dated], LATELY)
    order = np.lexsort((-freshness, doer))
    doer, freshness = doer[order], freshness[order]
    place = np.arange(len(doer)) - np.searchsorted(doer, doer)
    for found, nth in ((last, 0), (before, 1)):
        found[doer[place == nth]] = freshness[place == nth]
    undated = np.bincount(own.doer[~dated], minlength=len(last)).astype(np.float64)
    likely = np.where(undated > 0, fresh(1.0 / (undated + 1.0), LATELY), 0.0)
    then = np.where(undated > 1, fresh(2.0 / (undated + 1.0), LATELY), 0.0)
    before = np.maximum(np.maximum(before, then), np.minimum(last, likely))
    return np.maximum(last, likely), before


READ_LATE_POSTS: Final[dict[str, Callable[[Record], NDArray[np.float64]]]] = {
    name: partial(recent_posts, half_life=span) for name, (span, _) in _LATE.items()
}
