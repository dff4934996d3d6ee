"""Bayesian bootstrap of scores.

Every original post, with all that reposts, quotes and replies to it, gets a weight
drawn from an exponential distribution of mean 1 (the Bayesian bootstrap [1]), and so
does every tie that no post made. The voice of a responder weighs as much as the
originals behind it do on average, and followers and own
posts are resampled as sums of such weights. So the mean of a signal over the draws is
the signal itself: plainly drawing posts again would lose distinct accounts each time
and never find new ones.

Authority and brokerage are not worked out again in each draw: what part of the
attention crosses communities, and the weight of each in-edge, is fixed, and
both grow and shrink with the attention received.

References:
    [1] Rubin (1981), "The Bayesian bootstrap", Annals of Statistics 9, 130-134.
        doi:10.1214/aos/1176345338
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import in_layers
from hcpgraph.ranking.record.incoming_edges import STANDING, distinct
from hcpgraph.ranking.record.own_interactions import own_interactions
from hcpgraph.ranking.record.recency import JUST_NOW, LATELY, SLOWLY, ages
from hcpgraph.ranking.record.vouching import vouching
from hcpgraph.ranking.signals import FAMILY
from hcpgraph.ranking.signals.activity import last_posts
from hcpgraph.ranking.signals.record import POSTS_PER_RESPONDER
from hcpgraph.ranking.uncertainty.counter_rng import exponentials, keys_of, normals
from hcpgraph.ranking.uncertainty.resampling_units import left, read_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.own_interactions import OwnInteractions
    from hcpgraph.ranking.score.weights import Weights
    from hcpgraph.ranking.uncertainty.resampling_units import ResamplingUnits

# Half-lives of the signals that are drawn response by response.
HALF_LIVES: Final = {
    "listeners": np.inf,
    "listeners_of_late": SLOWLY,
    "listeners_lately": LATELY,
    "listeners_just_now": JUST_NOW,
}
_LATE: Final = list(HALF_LIVES).index("listeners_lately")
_OWN: Final = {"posts": np.inf, "posts_of_late": SLOWLY, "posts_lately": LATELY}
# Shares and cut-offs rather than counts: more or fewer ties leave them as they are.
_HELD: Final = frozenset(
    {"peer_share", "breadth", "depth", "steadiness", "last_response", "first_response"}
)
_AT_ONCE: Final = 8_192  # numbers drawn in one part, small enough to stay near
# Each thing that is drawn account by account has its own stream of numbers.
_REACH, _PEERS, _OWN_POSTS, _LAST_POST = range(1, 5)


@dataclass(frozen=True, slots=True, eq=False)
class ResampledScores:
    """The sampling distribution of some people's scores (Bayesian bootstrap).

    Attributes:
        account: account numbers, ascending, shape (p,).
        weights: signal -> weight, of the signals that count.
        value: signal -> shape (p,), as ranked.
        reach: followers and other standing ties, shape (p,).
        units: the posts and ties behind the responses.
        own: signal of activity -> its sum before the cap, and the sum of squares.
        last: freshness of the last own post and of the one before, each shape (p,).
        heaviest: weight of the heaviest standing layer.
    """

    account: NDArray[np.int32]
    weights: Mapping[str, float]
    value: Mapping[str, NDArray[np.float64]]
    reach: NDArray[np.float64]
    units: ResamplingUnits
    own: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]
    last: tuple[NDArray[np.float64], NDArray[np.float64]]
    heaviest: float

    @property
    def active(self) -> bool:
        """Whether anybody's own activity counts in the score."""
        return any(
            FAMILY[name] == "activity" and self.value[name].any()
            for name in self.weights
        )

    def draw(
        self, seed: int, numbers: range
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The scores of resampled records, and log2(1 + the attention in them).

        Attention is distinct accounts that respond, or followers where nobody
        responds to anybody.

        Args:
            seed: of all draws.
            numbers: of some of them; each depends on nothing but the seed, its own
                number and the data.

        Returns:
            Both of shape (d, p), a row for each number.
        """
        keys = keys_of(seed, numbers)
        over_responders = self.units.resampled(keys)
        followers, peers = self._standing(keys)
        before = self.units.value[:, _LATE] + self.reach
        grown = (over_responders[:, :, _LATE] + followers) / np.where(
            before > 0, before, 1.0
        )
        score = np.zeros((len(numbers), len(self.account)))
        for name, weight in self.weights.items():
            if name == "followers":
                drawn = followers
            elif name == "professional_followers":
                drawn = peers
            elif name in HALF_LIVES:
                drawn = over_responders[:, :, list(HALF_LIVES).index(name)]
            elif FAMILY[name] == "activity":
                drawn = self._activity(name, over_responders[:, :, 0], keys)
            elif name in _HELD:
                drawn = self.value[name]
            else:
                drawn = self.value[name] * grown
            score += weight * np.log2(1.0 + drawn)
        attention = over_responders[:, :, 0] if len(self.units) else followers
        return score, np.log2(1.0 + attention)

    def attention(self) -> NDArray[np.float64]:
        """log2(1 + the attention as observed), as ``draw`` gives it."""
        attention = self.units.value[:, 0] if len(self.units) else self.reach
        return np.log2(1.0 + attention)

    def basis(self) -> str:
        """What is resampled, in words, and what only follows it."""
        moved, followed = 0.0, 0.0
        for name, weight in self.weights.items():
            if name in _HELD:
                continue
            share = weight * self.value[name] / (1.0 + self.value[name])
            moved += float(share.sum())
            if FAMILY[name] in ("authority", "brokerage"):
                followed += float(share.sum())
        said = self.units.basis
        if not followed:
            return said
        return (
            f"{said}; authority and brokerage, {followed / moved:.0%} of the"
            " variation of scores, are scaled with attention"
        )

    def _standing(
        self, keys: NDArray[np.uint64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """All followers, and professional ones; each might be none, or two."""
        known = self.value.get("professional_followers", np.zeros(len(self.account)))
        others = np.maximum(self.reach - known, 0.0)
        peers = self._sums(known, self.heaviest * known, keys, _PEERS)
        rest = self._sums(others, self.heaviest * others, keys, _REACH)
        return peers + rest, peers

    def _activity(
        self, name: str, responders: NDArray[np.float64], keys: NDArray[np.uint64]
    ) -> NDArray[np.float64]:
        """Own posts resampled, at most two per responder of the resample."""
        if name in self.own:
            drawn = self._sums(*self.own[name], keys, _OWN_POSTS)
        else:
            last, before = self.last
            weight = exponentials(self.account, keys ^ np.uint64(_LAST_POST))
            drawn = np.clip(last + (weight - 1.0) * (last - before), 0.0, 1.0)
        value = self.units.value[:, 0]
        grown = responders / np.where(value > 0, value, 1.0)
        return np.minimum(drawn, POSTS_PER_RESPONDER * self.units.responders * grown)

    def _sums(
        self,
        mean: NDArray[np.float64],
        variance: NDArray[np.float64],
        keys: NDArray[np.uint64],
        stream: int,
    ) -> NDArray[np.float64]:
        """Sums of exponential weights, one per person, by their mean and variance.

        A gamma distribution by Wilson and Hilferty's cube of a normal one.
        """
        normal = normals(self.account, keys ^ np.uint64(stream))
        varied = variance > 0
        spread = np.where(varied, variance, 0.0) / np.where(varied, 9.0 * mean**2, 1.0)
        drawn: NDArray[np.float64] = (
            mean * np.maximum(1.0 - spread + normal * np.sqrt(spread), 0.0) ** 3
        )
        return drawn


def in_chunks(numbers: range, people: int) -> list[range]:
    """Draws cut into parts to make at once, so that threads seldom wait for a turn.

    >>> in_chunks(range(5), people=4_000)
    [range(0, 2), range(2, 4), range(4, 5)]
    """
    at_once = max(1, _AT_ONCE // max(1, people))
    return [numbers[i : i + at_once] for i in range(0, len(numbers), at_once)]


def open_resamples(
    scored: Scored,
    ties: Ties,
    accounts: Accounts,
    *,
    weights: Weights,
    layers: Mapping[str, float],
) -> ResampledScores:
    """Read what the scores of some people rest on.

    Args:
        scored: the people, with the signals of their scores.
        ties: all ties that the signals were read from.
        accounts: attributes of the accounts; holds everyone in *ties*.
        weights: those of the score.
        layers: weight of each layer that counts.
    """
    order = np.argsort(scored.account)
    people = scored.account[order]
    value = {name: column[order] for name, column in scored.signal.items()}
    trust = vouching(ties)
    age = ages(ties, clock=trust.source)
    interactions = own_interactions(ties, accounts, among=accounts.account, age=age)
    rows = accounts.rows_of(people)
    reach = value.get("followers")
    last, before = last_posts(interactions)
    return ResampledScores(
        account=people,
        weights={n: weights.value[n] for n in weights.used() if n in value},
        value=value,
        reach=_followers(ties, people, layers) if reach is None else reach,
        units=read_units(
            ties,
            layers,
            age=age,
            vouched=trust.tie,
            people=people,
            half_lives=tuple(HALF_LIVES.values()),
        ),
        own=_own_posts(interactions, rows),
        last=(last[rows], before[rows]),
        heaviest=max(layers.get(name, 0.0) for name in STANDING),
    )


def _followers(
    ties: Ties, people: NDArray[np.int32], layers: Mapping[str, float]
) -> NDArray[np.float64]:
    """Distinct accounts with a standing tie to each, for scores without reach."""
    counted = [LAYERS.index(name) for name in STANDING if layers.get(name, 0.0) > 0]
    stands = in_layers(ties.layer, counted) & np.isin(ties.target, people)
    stands &= ties.source != ties.target
    width = int(ties.source.max(initial=0)) + 1
    pairs = distinct(ties.target[stands].astype(np.int64) * width + ties.source[stands])
    place = np.searchsorted(people, pairs // width)
    return np.bincount(place, minlength=len(people)).astype(np.float64)


def _own_posts(
    interactions: OwnInteractions, rows: NDArray[np.intp]
) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The sum of own posts by freshness, and the sum of squares."""
    own = {}
    for name, half_life in _OWN.items():
        amount = left(interactions.age, half_life)
        undated = float(left(np.array([np.nan]), half_life)[0])
        total = interactions.total(amount, undated)
        own[name] = (total[rows], interactions.total(amount**2, undated**2)[rows])
    return own
