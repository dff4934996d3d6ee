"""Vouched responders: a trust graph against fake accounts (Sybil resistance).

Accounts can be invented, with an age, posts and a circle of their own, but not the
responses of the community to them. So trust starts from the core, the largest set of
accounts with paths of responses to one another (strongly connected component), and
follows responses. A responder is vouched for if a path from the core leads to it that
avoids the person it responds to: answers to invented accounts vouch for them towards
others, never towards oneself. A dominator tree has the answer for all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import memo
from hcpgraph.graph.partition import connected_labels
from hcpgraph.model.names import ACT_CODES, LAYERS
from hcpgraph.model.ties import NO_TIME, freeze, in_layers
from hcpgraph.ranking.record.dominators import dominator_tree, rows_from, strong_labels
from hcpgraph.ranking.record.incoming_edges import STANDING_CODES, distinct, everyone
from hcpgraph.ranking.record.recency import AGEING, average

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

    Tree = tuple[NDArray[np.int64], NDArray[np.int64]]  # as ``dominator_tree`` has it

LEAST_CORE: Final = 10  # accounts; a smaller core tells nobody from anybody
LEAST_SHARE: Final = 0.1  # of the responders of the median person; or all are strangers
_COMPARED: Final = 5  # responders of a person whose share is looked at
SHARE: Final = 0.6  # of an average responder; chosen in docs/methods.md
# a standing tie costs one click, and a name inside a repost is no response to it
_NO_RESPONSE: Final = (*STANDING_CODES, LAYERS.index("mention_in_repost"))


@dataclass(frozen=True, slots=True, eq=False)
class Vouching:
    """Who is vouched for, tie by tie.

    Attributes:
        source: whether a path from the core leads to the source at all, shape (m,).
        tie: whether one leads there past the target; true for ties that do not age,
            shape (m,).
    """

    source: NDArray[np.bool_]
    tie: NDArray[np.bool_]

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def discounts(self) -> bool:
        """Whether anybody counts less."""
        return not bool(self.tie.all())


def vouching(ties: Ties) -> Vouching:
    """Find the responders that the community vouches for.

    Each weakly connected component has a core of its own. Nobody counts less where it
    has fewer than ``LEAST_CORE`` accounts, where nothing has a time, and where the
    community vouches for hardly anybody: at a news event most responders are real
    strangers.

    Found once for equal ties where somebody keeps it: scores, intervals and notes ask.

    Args:
        ties: the ties of an area and a period.
    """
    if memo.keeper() is None:
        return _find(ties)
    key = ("vouching", _digest(ties))
    # two bytes a tie, where a row of ties has some 25
    return memo.once(key, lambda: _find(ties), rows=lambda found: len(found.tie) // 10)


def _digest(ties: Ties) -> bytes:
    """Equal for ties that are vouched for alike."""
    found = blake2b()
    for column in (ties.source, ties.target, ties.layer, ties.at != NO_TIME):
        found.update(column.tobytes())
    return found.digest()


def _find(ties: Ties) -> Vouching:
    dated = (ties.at != NO_TIME) & in_layers(ties.layer, ACT_CODES)
    responds = ~in_layers(ties.layer, _NO_RESPONSE) & (ties.source != ties.target)
    if not (dated & responds).any():
        return everybody(ties)
    among = everyone(ties)
    n = len(among)
    place = np.zeros(int(among[-1]) + 1, np.int64)
    place[among] = np.arange(n)
    source, target = place[ties.source], place[ties.target]
    pair = distinct(source[responds] * n + target[responds])
    first, second, exempt = _roots(pair // n, pair % n, n)
    if not len(first):
        return everybody(ties)
    trees = [
        dominator_tree(*rows_from(pair // n, pair % n, n, roots), n)
        for roots in (first, second)
    ]
    known = exempt[pair // n] | _past(trees, first, pair // n, pair % n)
    if _usual_share(pair % n, known, n) < LEAST_SHARE:
        return everybody(ties)
    reached = exempt | (trees[0][1] > 0)
    past = _past(trees, first, source, target)
    ages = in_layers(ties.layer, AGEING)
    return Vouching(reached[source], ~ages | exempt[source] | past)


def allowance(responders: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
    """The most that responders nobody vouches for count by their recency, together.

    Fake accounts respond when it counts most, so recency is a credit that the
    community gives: without it, responders count ``SHARE`` of what as many average
    ones would. In counts without recency each of them remains one.

    Args:
        responders: their number per person, each times the weight of its layer.
        half_life: of the recency, a share of the period, finite.
    """
    return SHARE * average(half_life) * responders


def share_left(
    late: NDArray[np.float64], responders: NDArray[np.float64], half_life: float
) -> NDArray[np.float64]:
    """What the discount leaves of responders nobody vouches for, in [0, 1].

    Args:
        late: their recency-weighted number per person.
        responders: their number, as in ``allowance``.
        half_life: of the recency, a share of the period, finite.
    """
    most = allowance(responders, half_life) / np.where(late > 0, late, 1.0)
    return np.minimum(most, 1.0)


def everybody(ties: Ties) -> Vouching:
    """As if the community vouched for all."""
    return Vouching(np.ones(len(ties), np.bool_), np.ones(len(ties), np.bool_))


def _usual_share(
    target: NDArray[np.int64], vouched: NDArray[np.bool_], n: int
) -> float:
    """The share of responders that are vouched for, median over people with some.

    Args:
        target: of each pair of accounts.
        vouched: whether its source is vouched for.
        n: how many accounts there are.
    """
    responders = np.bincount(target, minlength=n)
    compared = responders >= _COMPARED
    if not compared.any():
        return 1.0
    known = np.bincount(target, vouched, n)
    return float(np.median(known[compared] / responders[compared]))


def _roots(
    source: NDArray[np.int64], target: NDArray[np.int64], n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The first two accounts of each component's core; accounts without a core.

    The first are those with most responders.
    """
    strong = strong_labels(source, target, n)
    weak = connected_labels(n, source.astype(np.int32), target.astype(np.int32))
    size = np.bincount(strong)[strong]
    responders = np.bincount(target, minlength=n)
    # components one after another; in each the largest core, its first accounts first
    order = np.lexsort((np.arange(n), -responders, strong, -size, weak))
    start = np.flatnonzero(np.diff(weak[order], prepend=-1))
    start = start[size[order[start]] >= LEAST_CORE]
    judged = np.isin(weak, weak[order[start]])
    return order[start], order[start + 1], np.append(~judged, False)


def _past(
    trees: Sequence[Tree],
    first: NDArray[np.int64],
    source: NDArray[np.int64],
    target: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether a path leads to each source that does not pass the target.

    Everything is reached by way of the roots, so towards them the second tree is asked.
    """
    toward = np.isin(target, first)
    found = np.zeros(len(source), np.bool_)
    for (enter, leave), rows in zip(trees, (~toward, toward), strict=True):
        one, other = source[rows], target[rows]
        below = (enter[other] <= enter[one]) & (enter[one] < leave[other])
        found[rows] = (leave[one] > 0) & ~below
    return found
