"""Ties and accounts without headings, and tables that only a mapping explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.fuzz import values
from tests.fuzz.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

_NO_LAYER: Final = ("refuse unless --layer", "no layer")


def edges(rng: Random) -> Table:
    """An edge list without headings: two columns, or three with weights."""
    weighted = rng.random() < 0.4
    rows = [
        [
            values.some_id(rng),
            values.some_id(rng),
            *([rng.choice(values.WEIGHTS[:-1])] if weighted else []),
        ]
        for _ in range(rng.randint(2, 12))
    ]
    return Table(rows[0], rows[1:], rng.choice(", \t;"))


def matrix(rng: Random) -> Table:
    """An adjacency matrix: the same names above and in front."""
    names = rng.sample((*values.HANDLES, *values.IDS), rng.randint(2, 6))
    rows = [
        [name, *(rng.choice(("0", "1", "2.5", "")) for _ in names)] for name in names
    ]
    return Table(["", *names], rows, rng.choice(",;\t"))


def accounts(rng: Random) -> Table:
    """A list of accounts, one a line, with a heading or none."""
    of = rng.choice((values.some_id, lambda rng: f"@{values.handle(rng)}"))
    rows = [[of(rng)] for _ in range(rng.randint(1, 12))]
    return Table([rng.choice(("id", "handle", of(rng)))], rows)


def tweets(rng: Random) -> Table:
    """A table of posts, as the mapping of that name reads it."""
    makers: dict[str, Callable[[], str]] = {
        "username": lambda: values.handle(rng),
        "user_id": lambda: values.some_id(rng),
        "tweet": lambda: rng.choice(values.TEXTS),
        "date": lambda: rng.choice((*values.TIMES, "22/09/17 11:00:24")),
        "id": lambda: str(900 + rng.randint(0, 20)),
        "link": lambda: f"https://x.com/ada/status/{900 + rng.randint(0, 20)}",
        "in_reply_to_status_id": lambda: rng.choice(("", "901", "902.0")),
        "in_reply_to_screen_name": lambda: rng.choice(("", values.handle(rng))),
        "language": lambda: rng.choice(("en", "")),
    }
    others = [name for name in makers if rng.random() < 0.6]
    names = list(dict.fromkeys(["username", "tweet", *others]))
    rng.shuffle(names)
    rows = [[makers[name]() for name in names] for _ in range(rng.randint(1, 8))]
    return Table(names, rows, rng.choice(",,;\t"))


def talkwalker(rng: Random) -> Table:
    """Results of a listening suite, as the mapping of that name reads them."""
    names = [
        "extra_author_attributes.short_name", "extra_author_attributes.id",
        "content", "published", "url", "parent_url", "tags_internal",
    ]  # fmt: skip
    rows = [
        [
            values.handle(rng),
            f"tw:{values.some_id(rng)}",
            rng.choice(values.TEXTS),
            rng.choice(("22/09/17 11:00:24", "22/09/2017 11:00", "2017-09-22")),
            f"https://twitter.com/ada/status/{900 + n}",
            rng.choice(("", f"https://twitter.com/bob/status/{890 + n}")),
            rng.choice(("isComment", "isComment,isRepost", "", "isRepost")),
        ]
        for n in range(rng.randint(1, 8))
    ]
    return Table(names, rows, rng.choice(",;"))


RECIPES: Final[Mapping[str, Callable[[Random], Table]]] = {
    make.__name__: make for make in (edges, matrix, accounts, tweets, talkwalker)
}
# What such a file is told to be, where it is told so at all.
SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "edges": {"format": "edges", "layer": "follow"},
    "matrix": {"layer": "follow"},
    "accounts": {"ego": "7", "relation": "followers"},
    "tweets": {"mapping": "tweets"},
    "talkwalker": {"mapping": "talkwalker"},
}
