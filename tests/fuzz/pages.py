"""JSON as people hold it: X API v2 in all its layouts, and that of others."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.fuzz import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

Item = dict[str, Any]

AT: Final = "2024-05-01T10:00:00.000Z"
_URL: Final = "https://api.twitter.com/2/users/7/"


@dataclass
class Document:
    """JSON before it is written.

    Attributes:
        items: what stands in the file, one after the other.
        layout: "lines", "list" (one line), "printed" (over many lines) or
            "listed" (a list over many lines).
        expect: "accept" or "refuse" where only one can be right, with the reason.
    """

    items: list[Any]
    layout: str = "lines"
    expect: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        self.items = copy.deepcopy(self.items)  # what is damaged is nobody else's

    def to_bytes(self) -> bytes:
        """The file; half characters stand in it as escapes."""
        if self.layout == "list":
            text = json.dumps(self.items)
        elif self.layout == "listed":
            text = json.dumps(self.items, indent=1)
        elif self.layout == "printed":
            text = "\n".join(json.dumps(item, indent=2) for item in self.items)
        else:
            text = "\n".join(json.dumps(item) for item in self.items)
        return f"{text}\n".encode()


def user(rng: Random, number: str | None = None) -> Item:
    """A user of X API v2."""
    number = number or values.some_id(rng)
    found: Item = {"id": number, "username": f"user{number}"}
    found["name"] = rng.choice(values.NAMES)
    if rng.random() < 0.5:
        found |= {
            "description": rng.choice(values.TEXTS),
            "location": "Oslo",
            "verified": rng.random() < 0.2,
            "created_at": "2012-05-01T10:00:00.000Z",
            "public_metrics": {
                "followers_count": 10,
                "following_count": 3,
                "tweet_count": 5,
                "listed_count": 0,
            },
        }
    return found


def post(rng: Random, number: int) -> Item:
    """A post of X API v2, with some of what it may refer to."""
    found: Item = {
        "id": str(number),
        "author_id": values.some_id(rng),
        "text": rng.choice(values.TEXTS),
        "created_at": AT,
    }
    if rng.random() < 0.5:
        found["entities"] = _entities(rng)
    if rng.random() < 0.5:
        kind = rng.choice(("replied_to", "retweeted", "quoted"))
        found["referenced_tweets"] = [{"type": kind, "id": str(rng.randint(900, 930))}]
        if kind == "replied_to":
            found["in_reply_to_user_id"] = values.some_id(rng)
    if rng.random() < 0.2:
        found["edit_history_tweet_ids"] = [str(number - 1), str(number)]
    if rng.random() < 0.2:
        found["public_metrics"] = {"like_count": 3, "retweet_count": 0}
    return found


def _entities(rng: Random) -> Item:
    mentioned = [values.some_id(rng) for _ in range(rng.randint(0, 3))]
    return {
        "mentions": [
            {"start": 20 * i, "end": 20 * i + 4, "username": f"user{n}", "id": n}
            for i, n in enumerate(mentioned)
        ],
        "hashtags": [{"start": 0, "end": 5, "tag": "asthma"}],
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org"}],
    }


def _posts(rng: Random, most: int = 6) -> list[Item]:
    start = rng.randint(900, 930)
    return [post(rng, start + i) for i in range(rng.randint(1, most))]


def _includes(rng: Random, posts: list[Item]) -> Item:
    named = sorted({item["author_id"] for item in posts})
    return {
        "users": [user(rng, number) for number in named],
        "tweets": [post(rng, rng.randint(900, 930))],
    }


def page(rng: Random) -> Item:
    """A page of posts with the people and posts that they name."""
    posts = _posts(rng)
    meta = {"result_count": len(posts), "newest_id": posts[0]["id"]}
    return {"data": posts, "includes": _includes(rng, posts), "meta": meta}


def pages(rng: Random) -> Document:
    """Pages as twarc2 writes them."""
    found = [page(rng) for _ in range(rng.randint(1, 3))]
    return Document(found, _layout(rng), ("accept", "pages"))


def flattened(rng: Random) -> Document:
    """Posts that carry their people inside them."""
    posts = _posts(rng)
    for item in posts:
        item["author"] = user(rng, item["author_id"])
        item["__twarc"] = {"url": "https://api.twitter.com/2/tweets/search/all"}
    return Document(posts, _layout(rng), ("accept", "flattened"))


def bare(rng: Random) -> Document:
    """Posts alone, as academictwitteR and streams without includes give them."""
    return Document(_posts(rng), _layout(rng), ("accept", "bare posts"))


def stream(rng: Random) -> Document:
    """One post a line with what came along, as a stream gives them."""
    posts = _posts(rng)
    found: list[Any] = [
        {"data": item, "includes": _includes(rng, [item])} for item in posts
    ]
    if rng.random() < 0.3:
        found.insert(rng.randint(1, len(found)), {"errors": [{"title": "down"}]})
    return Document(found, "lines", ("accept", "stream"))


def includes(rng: Random) -> Document:
    """The people of a page in a file of their own."""
    return Document([_includes(rng, _posts(rng))], _layout(rng))


def users(rng: Random) -> Document:
    """Pages of followers, with or without the one whose they are."""
    found: Item = {"data": [user(rng, str(n)) for n in range(1, rng.randint(2, 9))]}
    if rng.random() < 0.6:
        side = rng.choice(("followers", "following"))
        found["__twarc"] = {"url": f"{_URL}{side}?max_results=1000"}
    items = [found] if rng.random() < 0.7 else found["data"]
    return Document(items, _layout(rng), ("accept", "users"))


def old_api(rng: Random) -> Document:
    """X API v1.1: posts, a search, or a page of users."""
    who = {"id": 7, "id_str": "7", "screen_name": "ada", "name": "Ada"}
    posts = [
        {
            "id": 900 + n,
            "id_str": str(900 + n),
            "full_text": rng.choice(values.TEXTS),
            "created_at": "Wed Oct 10 20:19:24 +0000 2018",
            "user": who,
            "entities": {"user_mentions": [{"id_str": "2", "screen_name": "bob"}]},
        }
        for n in range(rng.randint(1, 4))
    ]
    shapes: list[list[Any]] = [
        posts,
        [{"statuses": posts, "search_metadata": {"count": 3}}],
        [{"users": [who], "next_cursor": 0, "previous_cursor": 0}],
        [{"ids": [1, 2, 3], "next_cursor": 0}],
    ]
    return Document(rng.choice(shapes), _layout(rng))


def snscrape(rng: Random) -> Document:
    """Posts of snscrape, with posts inside."""
    found = [_scraped(rng, number) for number in range(900, 900 + rng.randint(1, 5))]
    return Document(found, "lines")


def _scraped(rng: Random, number: int, *, deep: int = 2) -> Item:
    made: Item = {
        "_type": "snscrape.modules.twitter.Tweet",
        "id": number,
        "url": f"https://twitter.com/ada/status/{number}",
        "date": "2022-05-01T10:00:00+00:00",
        "rawContent": rng.choice(values.TEXTS),
        "user": {"id": rng.randint(1, 24), "username": values.handle(rng)},
        "mentionedUsers": rng.choice((None, [], [{"id": 2, "username": "bob"}])),
        "inReplyToTweetId": rng.choice((None, 900)),
        "inReplyToUser": rng.choice((None, {"id": 3, "username": "Eve"})),
        "hashtags": rng.choice((None, ["asthma"])),
    }
    for inside in ("quotedTweet", "retweetedTweet"):
        if deep and rng.random() < 0.2:
            made[inside] = _scraped(rng, 800 + rng.randint(0, 9), deep=deep - 1)
    return made


_FOREIGN: Final[tuple[Any, ...]] = (
    {"meta": {"count": 1}, "results": [{"id": "https://openalex.org/W1"}]},
    {"meta": {}}, {"a": 1}, {"data": {"openid": ["a"]}, "total": 1, "count": 1},
    {"feed": [{"post": {"uri": "at://x", "author": {"did": "did:plc:a"}}}]},
    {"orderedItems": [], "totalItems": 0, "type": "OrderedCollection"},
    {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {"id": "a"}}]}},
    {"_type": "snscrape.modules.twitter.Tweet", "id": 1294030472427835393,
     "user": {"username": "ada", "id": 1}, "content": "words"},
    {"relationships_following": [{"title": "", "string_list_data": []}]},
    {"data": [{"start": "2021-10-16T18:21:34.000Z", "end": "x", "tweet_count": 3}]},
    {"data": [{"id": "1", "owner_id": "2", "member_count": 3, "private": False}]},
    {"id": "19", "action": "delete", "created_at": AT, "reason": "deleted"},
    1, "text", None, True, [1, 2], {"": {}}, {"data": 1}, {"data": "x"}, {"data": [[]]},
)  # fmt: skip


def foreign(rng: Random) -> Document:
    """JSON of another program, which may be read or refused, in words."""
    found = [rng.choice(_FOREIGN) for _ in range(rng.randint(1, 3))]
    return Document(found, _layout(rng))


_EMPTY: Final[tuple[list[Any], ...]] = (
    [], [{"meta": {"result_count": 0}}], [{"data": [], "meta": {"result_count": 0}}],
    [{"errors": [{"title": "Not Found Error", "detail": "no such user"}]}], [{}], [[]],
)  # fmt: skip


def empty(rng: Random) -> Document:
    """What holds nobody, in earnest or not."""
    return Document(list(rng.choice(_EMPTY)), _layout(rng))


def _layout(rng: Random) -> str:
    return rng.choice(("lines", "lines", "list", "printed", "listed"))


RECIPES: Final[Mapping[str, Callable[[Random], Document]]] = {
    f"json_{make.__name__}": make
    for make in (
        pages, flattened, bare, stream, includes, users, old_api, snscrape, foreign,
        empty,
    )
}  # fmt: skip
