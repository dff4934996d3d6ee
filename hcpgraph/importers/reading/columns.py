"""What columns are called: many headers, one meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FOLDED_AWAY: Final = re.compile(r"[\s_\-.]+")


def fold(name: str) -> str:
    """A header or kind without case, blanks, underscores, hyphens and dots.

    >>> fold("Source_ID "), fold("mention in-repost")
    ('sourceid', 'mentioninrepost')
    """
    return _FOLDED_AWAY.sub("", name.casefold())


@dataclass(frozen=True, slots=True)
class EndColumns:
    """A pair of columns that can be the two ends of a tie.

    Attributes:
        source: folded names of the one who pays attention, best first.
        target: folded names of the one who receives it.
        layer: the layer that such names imply, or None.
        handles: whether they hold handles, not ids.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    layer: str | None = None
    handles: bool = False


def _handles(word: str) -> tuple[str, ...]:
    return tuple(f"{word}{what}" for what in ("handle", "screenname", "username"))


ENDS: Final = (
    EndColumns(("source", "sourceid"), ("target", "targetid")),
    EndColumns(("from", "fromid"), ("to", "toid")),
    EndColumns(
        ("follower", "followerid"),
        (
            "followed",
            "followedid",
            "followee",
            "followeeid",
            "following",
            "followingid",
        ),
        layer="follow",
    ),
    EndColumns(
        ("mentioner", "mentionerid"), ("mentioned", "mentionedid"), layer="mention"
    ),
    EndColumns(_handles("source"), _handles("target"), handles=True),
    EndColumns(_handles("from"), _handles("to"), handles=True),
    EndColumns(
        _handles("follower"),
        (*_handles("followed"), *_handles("followee"), *_handles("following")),
        layer="follow",
        handles=True,
    ),
    EndColumns(
        _handles("mentioner"), _handles("mentioned"), layer="mention", handles=True
    ),
)

SOURCES: Final = tuple(name for ends in ENDS for name in ends.source)
TARGETS: Final = tuple(name for ends in ENDS for name in ends.target)

# What else a table of ties may say: meaning -> folded names, best first.
OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "kind": ("kind", "layer", "relation", "relationship"),
        "time": ("timestamp", "at", "time", "datetime", "date", "createdat", "ts"),
        "weight": ("weight", "count", "value", "n"),
        "area": ("area", "diseasearea"),
        "post": ("post", "postid", "tweetid", "statusid"),
        "direction": ("type", "edgetype", "directed", "direction"),
    }
)

# What tables of posts have, and neither rosters nor tables of ties.
TEXTS: Final = frozenset({"text", "fulltext", "tweet", "tweettext", "body", "content"})

# Folded words for layers, besides the layers' own names.
KIND_WORDS: Final[Mapping[str, str]] = {
    "follows": "follow",
    "followed": "follow",
    "following": "follow",
    "follower": "follow",
    "friend": "follow",
    "mentions": "mention",
    "mentioned": "mention",
    "mentionsinquote": "mention",
    "mentioninquote": "mention",
    "at": "mention",
    "replies": "reply",
    "replied": "reply",
    "replyto": "reply",
    "repliesto": "reply",
    "repliedto": "reply",
    "inreplyto": "reply",
    "re": "reply",
    "reposts": "repost",
    "reposted": "repost",
    "retweet": "repost",
    "retweets": "repost",
    "retweeted": "repost",
    "rt": "repost",
    "boost": "repost",
    "share": "repost",
    "quotes": "quote",
    "quoted": "quote",
    "quotetweet": "quote",
    "qt": "quote",
    "mentioninrt": "mention_in_repost",
    "mentionsinrt": "mention_in_repost",
    "mentioninretweet": "mention_in_repost",
    "mentionsinretweet": "mention_in_repost",
    "mentionsinrepost": "mention_in_repost",
    "connections": "connection",
    "connected": "connection",
    "nominations": "nomination",
    "nominated": "nomination",
    "coauthors": "coauthor",
    "coauthorship": "coauthor",
    "colleagues": "colleague",
    "referrals": "referral",
    "referred": "referral",
    "attended": "attendance",
}


def first_of(names: Iterable[str], folded: Mapping[str, int]) -> int | None:
    """Position of the first of *names* that a header has."""
    return next((folded[name] for name in names if name in folded), None)


def find_ends(folded: Mapping[str, int]) -> tuple[EndColumns, int, int] | None:
    """The two ends of a tie, and where they stand, if a header has both."""
    for ends in ENDS:
        source = first_of(ends.source, folded)
        target = first_of(ends.target, folded)
        if source is not None and target is not None:
            return ends, source, target
    return None
