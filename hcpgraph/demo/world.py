"""A synthetic world: accounts, follows and posts drawn from known rates."""

from __future__ import annotations

from dataclasses import dataclass

from hcpgraph.demo.cast import Cast, make_cast
from hcpgraph.demo.draws import stream
from hcpgraph.demo.follows import Follows, draw_follows
from hcpgraph.demo.people import InventedPeople, describe
from hcpgraph.demo.posts import Posts, draw_posts
from hcpgraph.demo.rates import Rates, plant_rates
from hcpgraph.demo.size import FULL, Size
from hcpgraph.demo.text import Texts, write_texts
from hcpgraph.demo.topics import TOPICS, Topic


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
