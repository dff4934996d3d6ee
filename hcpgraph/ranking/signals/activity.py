"""Activity: taking part, as far as others listen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME
from hcpgraph.ranking.recency import UNDATED, freshness
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties

ACTIVITY: Final = Signal(
    name="activity",
    meaning="this person speaks up themselves, lately, and is listened to",
    unit="own posts times their freshness, at most twice the attention received",
    source="mentions, replies and quotes made; other posts of the account",
)

# Passing on what others wrote foretells no attention of one's own.
SPEAKING: Final = tuple(LAYERS.index(n) for n in ("mention", "reply", "quote"))
REPOST: Final = LAYERS.index("repost")
HEEDED: Final = 2.0  # acts that each listener vouches for


def activity(
    ties: Ties,
    accounts: Accounts,
    *,
    among: NDArray[np.int32],
    heard: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Own posts, fresh ones counting most, as far as attention supports them.

    Those who speak are answered: activity foretells attention. But the loud
    whom nobody heeds lead nobody, so acts count up to twice the attention that
    a person receives and no further.

    Args:
        ties: the ties of the period, of whatever layer: also those to oneself
            are acts.
        accounts: their rows hold every account of *among*; posts beyond those
            that made a tie have no time here and count like undated acts.
        among: the accounts to score, ascending, shape (n,).
        heard: attention each of them receives, shape (n,).

    Returns:
        One value per account, shape (n,), between 0 and twice *heard*.
    """
    spoken = np.isin(ties.layer, SPEAKING)
    doer, fresh = _acts(ties.where(spoken), freshness(ties)[spoken])
    own = _total(doer, fresh, among)
    passed_on, _ = _acts(
        ties.where(ties.layer == REPOST), np.ones(int((ties.layer == REPOST).sum()))
    )
    seen = np.concatenate([doer, passed_on])
    rest = accounts.posts[accounts.rows_of(among)] - _total(seen, None, among)
    undated = UNDATED if (ties.at != NO_TIME).any() else 1.0
    own += undated * np.maximum(rest, 0.0)
    return np.minimum(own, HEEDED * heard)


def _acts(
    ties: Ties, fresh: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The doer and the freshness of each act: a post that names five is one act.

    Where the post is not known, what one account does in one second is one act.
    """
    known = ties.post != NO_POST
    moment = np.where(known, ties.post, ties.at)
    same = (ties.source, known, moment)
    order = np.lexsort(same[::-1])
    new = np.ones(len(order), np.bool_)
    new[1:] = np.any([np.diff(column[order]) != 0 for column in same], axis=0)
    new |= (~known & (ties.at == NO_TIME))[order]  # nothing tells these apart
    first = order[new]
    return ties.source[first], fresh[first]


def _total(
    doer: NDArray[np.int32],
    amount: NDArray[np.float64] | None,
    among: NDArray[np.int32],
) -> NDArray[np.float64]:
    return np.bincount(
        np.searchsorted(among, doer), amount, minlength=len(among)
    ).astype(np.float64)
