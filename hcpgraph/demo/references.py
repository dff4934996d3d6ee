"""Which earlier post a reply, repost or quote is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OLDEST: Final = 120 * 86_400  # older posts are not answered any more
_LATEST: Final = 0.6  # chance that it is the latest post, else the one before, ...
_REFERABLE: Final = (0, 3, 4)  # originals, quotes and mentions


def refer(
    author: NDArray[np.int64],
    area: NDArray[np.int64],
    at: NDArray[np.int64],
    kind: NDArray[np.int64],
    target: NDArray[np.int32],
    *,
    rng: np.random.Generator,
) -> NDArray[np.int32]:
    """Find a recent post by each interaction's *target* about the same area.

    Args:
        author: of each post, shape (m,).
        area: of each post, shape (m,).
        at: Unix seconds, ascending, shape (m,).
        kind: as drawn, shape (m,).
        target: whom the post attends to, shape (m,), -1 for nobody.
        rng: random numbers.

    Returns:
        The row of the post referred to, shape (m,), always an earlier one; -1 for
        posts that refer to none, and where the target has none to refer to.
    """
    m = len(at)
    span = m + 1
    lane = author * (area.max() + 2) + area + 1
    eligible = np.flatnonzero(np.isin(kind, _REFERABLE))
    eligible = eligible[np.argsort(lane[eligible] * span + eligible, kind="stable")]
    keys = lane[eligible] * span + eligible
    wanted = target.astype(np.int64) * (area.max() + 2) + area + 1
    back = np.floor(np.log1p(-rng.random(m)) / np.log(1 - _LATEST)).astype(np.int64)
    latest = np.searchsorted(keys, wanted * span + np.arange(m)) - 1
    earlier = np.maximum(latest - back, 0)
    place = np.where(lane[eligible[earlier]] == wanted, earlier, latest)
    found = eligible[np.maximum(place, 0)]
    usable = (
        np.isin(kind, (1, 2, 3))
        & (target >= 0)
        & (latest >= 0)
        & (lane[found] == wanted)
        & (at - at[found] < _OLDEST)
        & (at > at[found])
    )
    return np.where(usable, found, -1).astype(np.int32)
