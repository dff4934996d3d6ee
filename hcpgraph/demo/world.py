"""A synthetic world: accounts, follows and posts drawn from known rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.cast import BOT, LOUD, PROFESSIONS, REGIONS, Cast, make_cast
from hcpgraph.demo.draws import spread, stream, weighted
from hcpgraph.demo.people import InventedPeople, describe
from hcpgraph.demo.posts import Posts, draw_posts
from hcpgraph.demo.rates import Rates, plant_rates
from hcpgraph.demo.size import FULL, Size
from hcpgraph.demo.text import Texts, write_texts
from hcpgraph.demo.topics import TOPICS, Topic

if TYPE_CHECKING:
    from numpy.typing import NDArray


_SAME_SPECIALTY: Final = 0.12
_OTHER_AREA: Final = 0.03
_OTHER_REGION: Final = 0.35
_RECIPROCATED: Final = 0.15  # share of follows that are returned
_BOUGHT: Final = 0.18  # bought followers, as a share of all accounts


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Everything drawn; accounts are rows, in the order of their ids.

    Attributes:
        seed: what it was drawn with.
        size: how large it is.
        topics: its disease areas.
        cast: kind, persona, areas and country of each account.
        people: names, handles, bios and places of each account.
        rates: what drives the draws.
        follows: who follows whom.
        posts: who posted when, of what kind, to whom.
        texts: what the posts say.
    """

    seed: int
    size: Size
    topics: tuple[Topic, ...]
    cast: Cast
    people: InventedPeople
    rates: Rates
    follows: Follows
    posts: Posts
    texts: Texts

    def __repr__(self) -> str:
        return (
            f"World(seed={self.seed}, {len(self.cast)} accounts, "
            f"{len(self.posts)} posts, {len(self.follows.source)} follows)"
        )


def make_world(seed: int = 7, size: Size = FULL) -> World:
    """Draw a world with planted leaders, brokers, rising stars and loud accounts.

    Each act of attention (a mention, reply, repost or quote) is one draw from
    known rates, so the expected attention of everyone is known exactly.

    Args:
        seed: of all random numbers; the same seed gives the same world.
        size: how large it is.

    Raises:
        ValueError: if *size* asks for more areas than there are topics, or plants
            more than it has accounts.

    >>> from hcpgraph.demo.size import TINY
    >>> make_world(seed=7, size=TINY)
    World(seed=7, 30 accounts, 240 posts, 200 follows)
    """
    if not 1 <= size.areas <= len(TOPICS):
        raise ValueError(f"{size.areas} areas asked for, there are {len(TOPICS)}")
    topics = TOPICS[: size.areas]
    cast = make_cast(size, stream(seed, 1))
    people = describe(cast, topics, stream(seed, 2))
    rates = plant_rates(cast, stream(seed, 3))
    follows = draw_follows(cast, rates, topics, size, stream(seed, 4))
    posts = draw_posts(cast, rates, size, stream(seed, 5))
    texts = write_texts(cast, people, topics, posts, stream(seed, 6))
    return World(
        seed=seed,
        size=size,
        topics=topics,
        cast=cast,
        people=people,
        rates=rates,
        follows=follows,
        posts=posts,
        texts=texts,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Follows:
    """Distinct follows, rows of ``Cast``, sorted by (source, target), shape (m,)."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]


def draw_follows(
    cast: Cast,
    rates: Rates,
    topics: tuple[Topic, ...],
    size: Size,
    rng: np.random.Generator,
) -> Follows:
    """Draw exactly ``size.follows`` distinct follows, none of oneself."""
    n = len(cast)
    bought = _bought(cast, rng)
    found = bought
    while len(found) < 1.25 * size.follows:
        pairs = _organic(cast, rates, topics, size.follows, rng)
        # hardly anybody follows the loud back
        returned = np.where(cast.kind[pairs // n] == LOUD, 0.3, 1.0) * _RECIPROCATED
        back = pairs[rng.random(len(pairs)) < returned]
        pairs = np.concatenate([pairs, _reversed(back, n)])
        found = _each_once(np.concatenate([found, pairs]))
    free = np.setdiff1d(found, bought, assume_unique=True)
    kept = rng.permutation(free)[: size.follows - len(bought)]
    source, target = np.divmod(np.sort(np.concatenate([bought, kept])), n)
    return Follows(source.astype(np.int32), target.astype(np.int32))


def _organic(
    cast: Cast,
    rates: Rates,
    topics: tuple[Topic, ...],
    count: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """About *count* follows as ``source * n + target``, with repeats removed."""
    n = len(cast)
    eager = np.clip(spread(rng, 1.0, 0.6, n), 0.2, 5.0)
    eager[cast.persona == BOT] *= 3
    eager[cast.kind == LOUD] = 6
    source = weighted(rng, eager, count)
    target = np.empty(count, np.int64)
    # brokers follow from either of their areas
    elsewhere = (cast.second[source] >= 0) & (rng.random(count) < 0.5)
    area = np.where(elsewhere, cast.second[source], cast.area[source])
    region = cast.region[source]
    for of_area in range(len(topics)):
        for of_region in range(len(REGIONS)):
            those = np.flatnonzero((area == of_area) & (region == of_region))
            pull = rates.fame * _closeness(cast, topics, of_area)
            pull = pull * np.where(cast.region == of_region, 1.0, _OTHER_REGION)
            target[those] = weighted(rng, pull, len(those))
    other = source != target
    return _each_once(source[other] * n + target[other])


def _closeness(cast: Cast, topics: tuple[Topic, ...], area: int) -> NDArray[np.float64]:
    """How readily someone of *area* follows each account, shape (n,), in (0, 1]."""
    of_area = [
        _SAME_SPECIALTY if topic.specialty == topics[area].specialty else _OTHER_AREA
        for topic in topics
    ]
    of_area[area] = 1.0
    return np.where(cast.works_in(area), 1.0, np.array(of_area)[cast.area])


def _bought(cast: Cast, rng: np.random.Generator) -> NDArray[np.int64]:
    """Followers for sale: bots, then ordinary accounts from other areas."""
    n = len(cast)
    pairs = [np.empty(0, np.int64)]
    for target in np.flatnonzero(cast.bought):
        outside = (cast.area != cast.area[target]) & (cast.kind == 0)
        weight = np.where(cast.persona < PROFESSIONS, 0.04, 0.4)
        weight[cast.persona == BOT] = 20.0
        weight[~outside & (cast.persona != BOT)] = 0.0
        order = np.argsort(-(rng.random(n) ** (1 / np.maximum(weight, 1e-9))))
        sold = order[: min(int(_BOUGHT * n), int((weight > 0).sum()))]
        pairs.append(sold * n + target)
    return _each_once(np.concatenate(pairs))


def _each_once(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted, which takes a tenth of the time of numpy's own way, by hashing."""
    ordered = np.sort(pairs)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _reversed(pairs: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    source, target = np.divmod(pairs, n)
    return target * n + source
