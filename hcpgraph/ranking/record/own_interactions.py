"""Own posts and interactions, each post counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, in_layers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties

# Passing on what others wrote predicts no attention of one's own.
SPEAKING: Final = tuple(LAYERS.index(n) for n in ("mention", "reply", "quote"))
REPOST: Final = LAYERS.index("repost")


@dataclass(frozen=True, slots=True, eq=False)
class OwnInteractions:
    """Own posts, one row each.

    Attributes:
        doer: positions among the accounts, shape (a,).
        age: share of the period that came after, NaN where not known, shape (a,).
        rest: per account, posts beyond those that made a tie, shape (n,).
        dated: whether any tie of the period has a time.
    """

    doer: NDArray[np.intp]
    age: NDArray[np.float64]
    rest: NDArray[np.float64]
    dated: bool

    def total(
        self, amount: NDArray[np.float64], of_the_rest: float
    ) -> NDArray[np.float64]:
        """Sum of *amount* per account over its posts, *of_the_rest* for each other."""
        made = np.bincount(self.doer, amount, len(self.rest))
        return made + self.rest * (of_the_rest if self.dated else 1.0)


def own_interactions(
    ties: Ties,
    accounts: Accounts,
    *,
    among: NDArray[np.int32],
    age: NDArray[np.float64],
) -> OwnInteractions:
    """The interactions behind *ties*, of whatever weight, also those towards oneself.

    Args:
        ties: the ties of an area and a period.
        accounts: their rows hold every account of *among*; posts beyond those that
            made a tie have no time here.
        among: every account of *ties*, ascending.
        age: of each tie, shape (m,).
    """
    speaker, spoken = _by_layer(ties, in_layers(ties.layer, SPEAKING), age)
    reposter, _ = _by_layer(ties, ties.layer == REPOST, age)
    doer, passer = (np.searchsorted(among, who) for who in (speaker, reposter))
    made = np.bincount(np.concatenate([doer, passer]), minlength=len(among))
    posts = accounts.posts[accounts.rows_of(among)]
    rest = np.maximum(posts - made, 0).astype(np.float64)
    return OwnInteractions(doer, spoken, rest, bool((ties.at != NO_TIME).any()))


def _by_layer(
    ties: Ties, mask: NDArray[np.bool_], age: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The account and the age of each post: a post with five mentions is one.

    Where the post is not known, what one account does in one second is one interaction.
    """
    rows = np.flatnonzero(mask)
    post, at = ties.post[rows], ties.at[rows]
    known = post != NO_POST
    same = (ties.source[rows], known, np.where(known, post, at))
    order = np.lexsort(same[::-1])
    new = np.ones(len(order), np.bool_)
    new[1:] = np.any([np.diff(column[order]) != 0 for column in same], axis=0)
    new |= (~known & (at == NO_TIME))[order]  # nothing tells these apart
    first = rows[order[new]]
    return ties.source[first], age[first]
