"""Accounts and posts as the X API v2 gives them, page by page, as twarc2 saves them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hcpgraph.demo.cast import NO_AREA, ORGANISATION
from hcpgraph.demo.draws import stream
from hcpgraph.demo.posts import ORIGINAL, QUOTE, REPLY, REPOST
from hcpgraph.demo.text import entities, quote_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hcpgraph.demo.world import World

PAGE: Final = 100
_API: Final = "https://api.twitter.com/2"
_EXPANSIONS: Final = (
    "expansions=author_id%2Cin_reply_to_user_id%2Creferenced_tweets.id%2C"
    "referenced_tweets.id.author_id%2Centities.mentions.username"
)
_TWARC: Final = "2.14.0"
_RETRIEVED: Final = "2026-01-05T09:00:00+00:00"
_LINK_TYPES: Final = {REPLY: "replied_to", REPOST: "retweeted", QUOTE: "quoted"}


@dataclass(frozen=True, slots=True)
class Objects:
    """Every account and post of a world, already as JSON text.

    Attributes:
        user: by row of ``Cast``.
        post: by row of ``Posts``; empty for deleted posts.
        named: rows of ``Cast`` that each post's text names.
    """

    user: tuple[str, ...]
    post: tuple[str, ...]
    named: tuple[tuple[int, ...], ...]


def make_objects(world: World) -> Objects:
    """Write every account and post once; pages repeat them."""
    users = tuple(json.dumps(user) for user in _users(world))
    row_of = {str(account): row for row, account in enumerate(world.people.id.tolist())}
    posts, named = [], []
    for row, post in enumerate(_posts(world)):
        gone = world.posts.deleted[row]
        mentions = post.get("entities", {}).get("mentions", [])
        posts.append("" if gone else json.dumps(post))
        named.append(tuple(row_of[mention["id"]] for mention in mentions))
    return Objects(users, tuple(posts), tuple(named))


def post_pages(
    world: World, objects: Objects, rows: NDArray[np.int64]
) -> Iterator[str]:
    """Pages of the posts in *rows*, newest first, each a line of JSON."""
    newest_first = rows[::-1]
    for start in range(0, len(newest_first), PAGE):
        chosen = newest_first[start : start + PAGE].tolist()
        more = start + PAGE < len(newest_first)
        yield _post_page(world, objects, chosen, start // PAGE + 2 if more else None)


def user_pages(
    world: World, objects: Objects, *, ego: int, relation: str, rows: Sequence[int]
) -> Iterator[str]:
    """Pages of users; that they are *ego*'s is said by the request's URL alone.

    Args:
        world: that they live in.
        objects: of the world.
        ego: row of the account whose list it is.
        relation: ``"followers"`` or ``"following"``.
        rows: the accounts on the list.
    """
    url = f"{_API}/users/{world.people.id[ego]}/{relation}?max_results={PAGE}"
    for start in range(0, len(rows), PAGE):
        chosen = rows[start : start + PAGE]
        meta: dict[str, Any] = {"result_count": len(chosen)}
        if start + PAGE < len(rows):
            meta["next_token"] = f"page{start // PAGE + 2:04d}"
        yield _page(
            [f'"data": [{", ".join(objects.user[row] for row in chosen)}]'], meta, url
        )


def _post_page(
    world: World, objects: Objects, chosen: list[int], next_page: int | None
) -> str:
    posts = world.posts
    referred = sorted({int(r) for r in posts.refers[chosen] if r >= 0})
    there = [row for row in referred if not posts.deleted[row]]
    users = {int(author) for author in posts.author[chosen]}
    users.update(int(author) for author in posts.author[there])
    users.update(named for row in chosen for named in objects.named[row])
    parts = [
        f'"data": [{", ".join(objects.post[row] for row in chosen)}]',
        f'"includes": {{"users": [{", ".join(objects.user[u] for u in sorted(users))}],'
        f' "tweets": [{", ".join(objects.post[row] for row in there)}]}}',
    ]
    if gone := [row for row in referred if posts.deleted[row]]:
        errors = [_not_found(str(posts.id[row])) for row in gone]
        parts.append(f'"errors": {json.dumps(errors)}')
    meta: dict[str, Any] = {
        "newest_id": str(posts.id[chosen[0]]),
        "oldest_id": str(posts.id[chosen[-1]]),
        "result_count": len(chosen),
    }
    if next_page is not None:
        meta["next_token"] = f"page{next_page:04d}"
    return _page(
        parts, meta, f"{_API}/tweets/search/all?{_EXPANSIONS}&max_results={PAGE}"
    )


def _page(parts: list[str], meta: dict[str, Any], url: str) -> str:
    twarc = {"url": url, "version": _TWARC, "retrieved_at": _RETRIEVED}
    tail = [f'"meta": {json.dumps(meta)}', f'"__twarc": {json.dumps(twarc)}']
    return f"{{{', '.join(parts + tail)}}}\n"


def _not_found(post_id: str) -> dict[str, str]:
    return {
        "value": post_id,
        "detail": f"Could not find tweet with referenced_tweets.id: [{post_id}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "referenced_tweets.id",
        "resource_id": post_id,
        "type": f"{_API}/problems/resource-not-found",
    }


def _users(world: World) -> Iterator[dict[str, Any]]:
    """Each account with the counts the platform shows: larger than in the exports."""
    cast, people = world.cast, world.people
    n = len(cast)
    rng = stream(world.seed, 7)
    beyond = 3.0 + 4.0 * rng.random((n, 2))
    followers = np.bincount(world.follows.target, minlength=n) * beyond[:, 0]
    following = np.bincount(world.follows.source, minlength=n) * beyond[:, 1]
    written = np.bincount(world.posts.author, minlength=n) * 9
    joined = timestamps(people.joined)
    for row in range(n):
        verified = bool(cast.persona[row] == ORGANISATION)
        yield {
            "id": str(people.id[row]),
            "name": people.name[row],
            "username": people.handle[row],
            "created_at": joined[row],
            "description": people.bio[row],
            **({"location": people.location[row]} if people.location[row] else {}),
            "protected": False,
            "verified": verified,
            "verified_type": "business" if verified else "none",
            "public_metrics": {
                "followers_count": int(followers[row]),
                "following_count": int(following[row]),
                "tweet_count": int(written[row]),
                "listed_count": int(followers[row]) // 40,
            },
        }


def _posts(world: World) -> Iterator[dict[str, Any]]:
    """Each post, in the order of time."""
    people, posts, texts = world.people, world.posts, world.texts
    account, ids = people.id.astype(str).tolist(), posts.id.astype(str).tolist()
    named = dict(zip(people.handle, account, strict=True))
    author = [account[row] for row in posts.author.tolist()]
    written, counts = timestamps(posts.at), _public_metrics(world)
    acts = zip(posts.kind.tolist(), posts.refers.tolist(), strict=True)
    for row, (kind, other) in enumerate(acts):
        links = {}
        if kind == QUOTE:
            links[quote_link(ids[other])] = f"https://example.org/posts/{ids[other]}"
        post: dict[str, Any] = {
            "id": ids[row],
            "text": texts.text[row],
            "author_id": author[row],
            "created_at": written[row],
            "conversation_id": ids[other] if kind == REPLY else ids[row],
            "lang": texts.lang[row],
            "possibly_sensitive": False,
            "reply_settings": "everyone",
            "edit_history_tweet_ids": [ids[row]],
            "public_metrics": counts[row],
        }
        if kind == REPLY:
            post["in_reply_to_user_id"] = author[other]
        if kind != ORIGINAL:
            post["referenced_tweets"] = [{"type": _LINK_TYPES[kind], "id": ids[other]}]
        if found := entities(texts.text[row], named, links=links):
            post["entities"] = found
        yield post


def _public_metrics(world: World) -> list[dict[str, int]]:
    """What the platform counts; a repost shows the reposts of the original."""
    posts, m = world.posts, len(world.posts)
    counted = {
        kind: np.bincount(posts.refers[posts.kind == kind], minlength=m)
        for kind in (REPLY, REPOST, QUOTE)
    }
    luck = stream(world.seed, 8).random((m, 2))
    heard = sum(counted.values()) * 2.5 + 1.5 * (posts.area != NO_AREA)
    likes = (heard * 2 * luck[:, 0]).astype(int)
    views = likes * 30 + (200 * luck[:, 1]).astype(int)
    origin = np.where(posts.kind == REPOST, posts.refers, np.arange(m))
    shown = (posts.kind != REPOST).astype(int)
    columns = {
        "retweet_count": counted[REPOST][origin],
        "reply_count": counted[REPLY] * shown,
        "like_count": likes * shown,
        "quote_count": counted[QUOTE] * shown,
        "impression_count": views * shown,
        "bookmark_count": likes // 8 * shown,
    }
    names = tuple(columns)
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def timestamps(at: NDArray[np.int64]) -> list[str]:
    """Unix seconds as the platform writes them.

    >>> timestamps(np.array([1_735_689_600]))
    ['2025-01-01T00:00:00.000Z']
    """
    moments = at.astype("datetime64[s]")
    written: list[str] = np.datetime_as_string(moments, "ms", timezone="UTC").tolist()
    return written
