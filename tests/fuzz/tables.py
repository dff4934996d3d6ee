"""Tables as people hold them: ties, rosters, posts, users, and tables of others."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.fuzz import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

Row = list[str]

_ENDS: Final = (
    ("source", "target"), ("Source", "Target"), ("source_id", "target_id"),
    ("SOURCE ID", "TARGET ID"), ("from", "to"), ("follower", "followed"),
    ("Follower ID", "Following ID"), ("mentioner", "mentioned"),
    ("source_handle", "target_handle"), ("follower_username", "followed_username"),
    ("Source Screen Name", "Target Screen Name"),
)  # fmt: skip
# Headings that say of which layer the ties are.
_SAID: Final = ("follower", "mentioner")
_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("kind", "layer", "relation", "Relationship"),
    "time": ("timestamp", "at", "time", "Created At", "date", "ts"),
    "weight": ("weight", "count", "Value", "n"),
    "area": ("area", "disease_area"),
    "post": ("post", "post_id", "tweet_id"),
}
_AREAS: Final = ("breast-cancer", "asthma", "", "no-such-area", "Asthma")


@dataclass
class Table:
    """A delimited file before it is written.

    Attributes:
        names: the heading.
        rows: its cells.
        delimiter: what separates them.
        end: what ends a line.
        expect: "accept" or "refuse" where only one can be right, with the reason.
    """

    names: Row
    rows: list[Row]
    delimiter: str = ","
    end: str = "\n"
    expect: tuple[str, str] | None = None
    quoting: int = field(default=csv.QUOTE_MINIMAL)

    def to_bytes(self) -> bytes:
        """The file; half characters become bytes that are no UTF-8."""
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=self.delimiter,
            lineterminator=self.end,
            quoting=self.quoting,
        )
        writer.writerows([self.names, *self.rows])
        return out.getvalue().encode("utf-8", "surrogatepass")


def ties(rng: Random) -> Table:
    """A table of ties with any of the headings that are known."""
    ends = rng.choice(_ENDS)
    optional = [name for name in _OPTIONAL if rng.random() < 0.4]
    names = [*ends, *(rng.choice(_OPTIONAL[name]) for name in optional)]
    by_handle = "handle" in ends[0] or ends[0].lower().endswith("name")
    one = values.handle if by_handle else values.some_id
    make = {
        "kind": lambda: rng.choice(values.KINDS[:-1]),
        "time": lambda: values.time(rng),
        "weight": lambda: rng.choice(values.WEIGHTS),
        "area": lambda: rng.choice(_AREAS),
        "post": lambda: rng.choice((*values.IDS, "")),
    }
    rows = [
        [one(rng), one(rng), *(make[name]() for name in optional)]
        for _ in range(rng.randint(1, 12))
    ]
    said = "kind" in optional or ends[0].lower().startswith(_SAID)
    expect = ("accept", "ties") if said else ("refuse unless --layer", "no layer")
    return Table(names, rows, rng.choice(",,\t;|"), expect=expect)


def plain_ties(rng: Random) -> Table:
    """Two columns of numbers, as most lists of follows are."""
    rows = [
        [values.some_id(rng), values.some_id(rng)] for _ in range(rng.randint(1, 30))
    ]
    return Table(
        ["follower", "followed"], rows, rng.choice(",\t"), expect=("accept", "ties")
    )


def gephi_edges(rng: Random) -> Table:
    """What Gephi writes of its edges."""
    names = ["Source", "Target", "Type", "Id", "Label", "timeset", "Weight"]
    rows = [
        [
            values.some_id(rng),
            values.some_id(rng),
            rng.choice(("Directed", "Undirected")),
            str(n),
            "",
            "",
            rng.choice(("1.0", "2.0")),
        ]
        for n in range(rng.randint(1, 8))
    ]
    return Table(names, rows, expect=("refuse unless --layer", "no layer"))


def gephi_nodes(rng: Random) -> Table:
    """What Gephi writes of its nodes."""
    names = ["Id", "Label", "timeset", "modularity_class", "role"]
    rows = [
        [str(n), rng.choice(values.NAMES), "", "0", rng.choice(values.ROLES)]
        for n in range(1, rng.randint(2, 8))
    ]
    return Table(names, rows)


def roster(rng: Random) -> Table:
    """Who health professionals are."""
    names = ["id", "handle", "name", "role", "specialty", "institution", "country",
             "area", "npi", "match_basis"]  # fmt: skip
    rows = [
        [
            values.some_id(rng),
            values.handle(rng),
            rng.choice(values.NAMES),
            rng.choice(values.ROLES),
            rng.choice(("Oncology", "Cardiology", "")),
            "Lakeside Clinic",
            rng.choice(("Norway", "DE", "")),
            rng.choice(_AREAS),
            rng.choice(("1234567893", "1234567890", "")),
            rng.choice(("optin", "")),
        ]
        for _ in range(rng.randint(1, 6))
    ]
    kept = sorted(rng.sample(range(2, 10), rng.randint(3, 8)))
    kept = sorted({*kept, 2, 3, rng.randint(0, 1)})
    return Table(
        [names[i] for i in kept],
        [[row[i] for i in kept] for row in rows],
        rng.choice(",;"),
    )


def people(rng: Random) -> Table:
    """A list of people for one run, under any heading."""
    name = rng.choice(("id", "handle", "npi", "User ID", "Screen Name", "ID", ""))
    rows = [[values.some_id(rng), rng.choice(values.NAMES)] for _ in range(4)]
    return Table([name, "name"], rows, rng.choice(",;\t"))


_MENTIONS: Final = (
    '["@bob", "@eve"]', "[]", "",
    '[{"start": 3, "end": 7, "username": "bob", "id": "2"}]',
    "[{'username': 'bob', 'id': '2'}]", '[{"username": "bob"}, {"id": "3"}]',
)  # fmt: skip
_REFERENCED: Final = (
    "", '[{"type": "retweeted", "id": "900"}]', "[{'type': 'quoted', 'id': '901'}]",
    '[{"type": "replied_to", "id": "902"}, {"type": "quoted", "id": "903"}]',
)  # fmt: skip


def twarc_posts(rng: Random) -> Table:
    """Posts by twarc-csv, with some of its columns in some of its variants."""
    makers: dict[str, Callable[[], str]] = {
        "conversation_id": lambda: rng.choice(values.IDS),
        "referenced_tweets.replied_to.id": lambda: rng.choice(("", "", "901")),
        "referenced_tweets.retweeted.id": lambda: rng.choice(("", "", "902")),
        "referenced_tweets.quoted.id": lambda: rng.choice(("", "", "903")),
        "referenced_tweets": lambda: rng.choice(_REFERENCED),
        "in_reply_to_user_id": lambda: rng.choice(("", values.some_id(rng))),
        "in_reply_to_username": lambda: rng.choice(("", values.handle(rng))),
        "retweeted_user_id": lambda: rng.choice(("", values.some_id(rng))),
        "quoted_user_id": lambda: rng.choice(("", values.some_id(rng))),
        "created_at": lambda: "2024-05-01T10:00:00.000Z",
        "lang": lambda: "en",
        "text": lambda: rng.choice(values.TEXTS),
        "entities.hashtags": lambda: rng.choice(
            ("", '["#asco"]', '[{"start": 1, "tag": "asco"}]')
        ),
        "entities.mentions": lambda: rng.choice(_MENTIONS),
        "entities.urls": lambda: rng.choice(("", '[{"expanded_url": "https://a.b"}]')),
        "public_metrics.like_count": lambda: rng.choice(("", "3", "3.0")),
        "author.username": lambda: values.handle(rng),
        "author.name": lambda: rng.choice(values.NAMES),
        "author.description": lambda: rng.choice(values.TEXTS),
        "author.public_metrics.followers_count": lambda: "5",
        "author.created_at": lambda: "2012-05-01T10:00:00.000Z",
    }
    kept = [name for name in makers if rng.random() < 0.6] or ["author.username"]
    rows = [
        [str(900 + n), values.some_id(rng), *(makers[name]() for name in kept)]
        for n in range(rng.randint(1, 8))
    ]
    names = ["id", "author_id", *kept]
    if rng.random() < 0.3:  # as pandas writes them
        names, rows = ["", *names], [[str(i), *r] for i, r in enumerate(rows)]
    return Table(names, rows)


def twarc_users(rng: Random) -> Table:
    """Users by twarc-csv, of followers or of nobody's."""
    side = rng.choice(("followers", "following"))
    url = f"https://api.twitter.com/2/users/7/{side}?max_results=1000"
    names = ["id", "username", "name", "description", "verified", "created_at",
             "public_metrics.followers_count", "__twarc.url"]  # fmt: skip
    rows = [
        [
            str(n), f"user{n}", rng.choice(values.NAMES), rng.choice(values.TEXTS),
            rng.choice(("True", "False", "")), "2012-05-01T10:00:00.000Z", "5",
            rng.choice((url, "")),
        ]
        for n in range(1, rng.randint(2, 8))
    ]  # fmt: skip
    return Table(names, rows)


_PRIVATE: Final = (
    ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO",
     "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER"],
    ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl",
     "inviteeProfileUrl"],
    ["from", "to", "subject", "body"],
    ["from", "to", "timestamp", "message"],
    ["source", "target", "date", "message"],
)  # fmt: skip


def private(rng: Random) -> Table:
    """Messages between people: never to be read, whatever the options say."""
    names = rng.choice(_PRIVATE)
    people_of = {"from", "to", "source", "target"}
    rows = [
        [
            values.some_id(rng)
            if name.lower() in people_of
            else rng.choice(("2025-03-01T12:00:00Z", "dear colleague", ""))
            for name in names
        ]
        for _ in range(rng.randint(1, 4))
    ]
    return Table(list(names), rows, expect=("refuse", "private messages"))


_FOREIGN: Final = (
    ["Account address", "Show boosts", "Notify on new posts", "Languages"],
    ["id", "conversation_id", "created_at", "date", "time", "timezone", "user_id",
     "username", "name", "place", "tweet", "language", "mentions", "urls"],
    ["user_id", "status_id", "created_at", "screen_name", "text", "source",
     "reply_to_user_id", "mentions_user_id"],
    ["user_name", "user_location", "date", "text", "hashtags", "is_retweet"],
    ["First Name", "Last Name", "URL", "Email Address", "Company", "Connected On"],
    ["Channel Id", "Channel Url", "Channel Title"],
    ["object_id", "account_id", "content_id", "timestamp_share"],
    ["", "ada", "bob", "eve"],
    ["Vertex 1", "Vertex 2", "Relationship", "Edge Weight"],
)  # fmt: skip


def foreign(rng: Random) -> Table:
    """A table of another program, which may be read or refused, in words."""
    names = rng.choice(_FOREIGN)
    pool = (*values.IDS, *values.HANDLES, *values.TEXTS, *values.TIMES, "@a@b.social")
    rows = [[rng.choice(pool) for _ in names] for _ in range(rng.randint(1, 5))]
    return Table(list(names), rows, rng.choice(",,\t;"))


RECIPES: Final[Mapping[str, Callable[[Random], Table]]] = {
    make.__name__: make
    for make in (
        ties, plain_ties, gephi_edges, gephi_nodes, roster, people, twarc_posts,
        twarc_users, private, foreign,
    )
}  # fmt: skip
