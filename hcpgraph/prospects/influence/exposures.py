"""Exposures and responses of pairs of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import ACT_CODES
from hcpgraph.model.ties import NO_POST, NO_TIME, in_layers
from hcpgraph.ranking.record.incoming_edges import STANDING_CODES
from hcpgraph.ranking.record.own_interactions import own_interactions
from hcpgraph.ranking.record.recency import ages, fresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.incoming_edges import IncomingEdges
    from hcpgraph.ranking.record.own_interactions import OwnInteractions


_ALWAYS: Final = 1.5  # an age that no interaction has


@dataclass(frozen=True, slots=True, eq=False)
class Exposures:
    """Pairs of accounts: posts that one could see of the other, and its responses.

    The first column of each array holds as many as there were, the second what is
    left of them after their age.

    Attributes:
        responses: interactions of the source towards the target, shape (p, 2).
        posts: posts of the target that the source could see, at least as many,
            shape (p, 2).
        written: posts of each account, reposts left out, shape (n, 2).
    """

    responses: NDArray[np.float64]
    posts: NDArray[np.float64]
    written: NDArray[np.float64]


def interaction_rows(ties: Ties, layers: Mapping[str, float]) -> NDArray[np.bool_]:
    """Which ties are interactions with others that count, dated or not, shape (m,)."""
    interactions: NDArray[np.bool_] = in_layers(ties.layer, ACT_CODES)
    interactions &= layer_weights(layers)[ties.layer] > 0
    interactions &= ties.source != ties.target
    return interactions


def exposures(
    ties: Ties,
    accounts: Accounts,
    pairs: IncomingEdges,
    *,
    layers: Mapping[str, float],
    half_life: float,
) -> Exposures:
    """Count responses and visible posts of every directed pair.

    One post towards one person is one response, whatever it does; without a post,
    what one account does to another in one second. A repost is not its
    own post: who responds to that responds to others. A standing tie with a time
    exposes from then on, or from the first response; any other pair is exposed
    throughout. Posts that made no tie have no time, and are taken to be spread over
    the period evenly. An account wrote at least as many posts as any one account
    responded to.

    Args:
        ties: the ties that *pairs* were folded from.
        accounts: attributes of the accounts; holds everyone in *ties*.
        pairs: the directed edges.
        layers: weight of each layer that counts.
        half_life: after which an interaction counts half, as a share of the period.
    """
    n, age = pairs.n_accounts, ages(ties)
    key = pairs.source.astype(np.int64) * n + pairs.target
    rows = distinct_interactions(ties, np.flatnonzero(interaction_rows(ties, layers)))
    pair = _pair_of(ties, rows, pairs.account, key)
    left = fresh(age[rows], half_life)
    responses = np.column_stack(
        [np.bincount(pair, weigh, len(key)) for weigh in (np.ones(len(rows)), left)]
    ).astype(np.float64)
    made = own_interactions(ties, accounts, among=pairs.account, age=age)
    always = np.full(n, _ALWAYS)
    written = _written_since(made, np.arange(n), always, half_life)
    for column in range(2):
        np.maximum.at(written[:, column], pairs.target, responses[:, column])
    posts = written[pairs.target]
    some, since = _started(ties, layers, age, pairs.account, key)
    if len(some):
        _no_later(since, some, pair, age[rows])
        posts[some] = _written_since(made, pairs.target[some], since, half_life)
    return Exposures(responses, np.maximum(posts, responses), written)


def distinct_interactions(ties: Ties, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """One of the ties of each interaction: one account, one post, one person.

    Args:
        ties: any ties.
        rows: which of them, all of them interactions.
    """
    post, at = ties.post[rows], ties.at[rows]
    known = post != NO_POST
    same = (
        ties.source[rows], ties.target[rows], known, np.where(known, post, at),
    )  # fmt: skip
    # of several layers the first, in whatever order the ties stand
    order = np.lexsort((ties.layer[rows], *same[::-1]))
    new = np.ones(len(order), np.bool_)
    new[1:] = np.any([np.diff(column[order]) != 0 for column in same], axis=0)
    new |= (~known & (at == NO_TIME))[order]  # nothing tells these apart
    return rows[order[new]]


def _pair_of(
    ties: Ties,
    rows: NDArray[np.intp],
    account: NDArray[np.int32],
    key: NDArray[np.int64],
) -> NDArray[np.intp]:
    """The pair of each of some ties, each of which has one."""
    source = np.searchsorted(account, ties.source[rows]).astype(np.int64)
    target = np.searchsorted(account, ties.target[rows])
    return np.searchsorted(key, source * len(account) + target)


def _written_since(
    made: OwnInteractions,
    author: NDArray[np.intp] | NDArray[np.int32],
    since: NDArray[np.float64],
    half_life: float,
) -> NDArray[np.float64]:
    """Posts of some authors after times of some age, shape (k, 2)."""
    aged = np.nan_to_num(made.age, nan=0.0)  # without a time, in every period
    order = np.lexsort((aged, made.doer))
    doer, aged = made.doer[order], aged[order]
    # whole numbers by author, fractions by age: one search finds both
    place = 2.0 * doer + aged
    first = np.searchsorted(place, 2.0 * author, side="left")
    last = np.searchsorted(place, 2.0 * author + since, side="left")
    found = np.empty((len(author), 2))
    since = np.minimum(since, 1.0)
    faded = half_life / np.log(2.0) * (1.0 - 0.5 ** (since / half_life))
    amounts = (np.ones(len(order)), fresh(made.age[order], half_life))
    for column, (amount, of_rest) in enumerate(
        zip(amounts, (since, faded), strict=True)
    ):
        sums = np.append(0.0, np.cumsum(amount))
        found[:, column] = sums[last] - sums[first] + made.rest[author] * of_rest
    return found


def _started(
    ties: Ties,
    layers: Mapping[str, float],
    age: NDArray[np.float64],
    account: NDArray[np.int32],
    key: NDArray[np.int64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Pairs whose standing ties all have a time, and the age of the first."""
    counts = layer_weights(layers)[ties.layer] > 0
    counts &= in_layers(ties.layer, STANDING_CODES) & (ties.source != ties.target)
    timed = counts & (ties.at != NO_TIME)
    if not timed.any():
        return np.empty(0, np.intp), np.empty(0)
    rows = np.flatnonzero(timed)
    pair = _pair_of(ties, rows, account, key)
    always = _pair_of(ties, np.flatnonzero(counts & ~timed), account, key)
    interactions = in_layers(ties.layer, ACT_CODES) & (ties.at != NO_TIME)
    order = np.argsort(ties.at[interactions], kind="stable")
    when = ties.at[interactions][order]
    # after a time is what comes after the last interaction before it
    later = np.append(_ALWAYS, age[interactions][order])
    since = later[np.searchsorted(when, ties.at[rows], side="right")]
    first = np.zeros(len(key))
    np.maximum.at(first, pair, since)
    some = np.setdiff1d(pair, always)
    return some, first[some]


def _no_later(
    since: NDArray[np.float64],
    some: NDArray[np.intp],
    pair: NDArray[np.intp],
    age: NDArray[np.float64],
) -> None:
    """Who responds before following could see something before."""
    place = np.minimum(np.searchsorted(some, pair), len(some) - 1)
    here = some[place] == pair
    np.maximum.at(since, place[here], np.nan_to_num(age[here], nan=_ALWAYS))
