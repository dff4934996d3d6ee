"""The formats of exports that are read: what each is called, looks like and brings.

A module of ``importers`` reads each of them. ``--format``, the words of a
refusal, the table in docs/data.md and the samples that every importer is tried on are
made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports.

    Attributes:
        name: as ``--format`` takes it.
        reads: what a file of it is, in a list with others.
        brings: what comes into the study.
        example: a small file of it.
        options: what ``import`` must be told to read the example.
        recognised: whether it is told by content, and need not be named.
        reader: the module of ``importers`` that reads it; empty if it bears the name.
    """

    name: str
    reads: str
    brings: str
    example: str
    options: tuple[tuple[str, str], ...] = ()
    recognised: bool = True
    reader: str = ""

    @property
    def module(self) -> str:
        """The module of ``importers`` that reads it."""
        return self.reader or self.name.replace("-", "_")


FORMATS: Final = (
    Format(
        "ties",
        "tables of ties with the columns source,target or follower,followed (CSV, TSV,"
        " Parquet)",
        "ties in any layer; `kind`, `timestamp`, `weight`, `area` and `post` may be"
        " there",
        "source,target,kind\n11,12,mention\n12,@ann,reply\n",
    ),
    Format(
        "x-api-v2",
        "posts of X API v2 (JSON, as twarc2 and academictwitteR write them)",
        "accounts, posts, mentions, replies, reposts, quotes",
        '{"data": [{"id": "31", "author_id": "11", "text": "hi @ann",'
        ' "created_at": "2025-03-01T12:00:00.000Z", "entities": {"mentions":'
        ' [{"start": 3, "end": 7, "username": "ann", "id": "12"}]}}],'
        ' "meta": {"result_count": 1}}\n',
        reader="x_api.posts",
    ),
    Format(
        "x-api-v2-users",
        "followers and following pages of X API v2 (JSON)",
        "accounts and follows; the owner stands in the page, or in `--ego`",
        '{"data": [{"id": "11", "username": "ann", "name": "Ann"}],'
        ' "meta": {"result_count": 1}, "__twarc": {"url":'
        ' "https://api.twitter.com/2/users/12/followers?max_results=1000"}}\n',
        reader="x_api.users",
    ),
    Format(
        "twarc-csv",
        "posts and users of twarc-csv (CSV)",
        "the same as the JSON that they were made of",
        "id,author_id,author.username,created_at,text,referenced_tweets.replied_to.id,"
        "in_reply_to_user_id\n"
        "31,11,ann,2025-03-01T12:00:00.000Z,hi,30,12\n",
    ),
    Format(
        "snscrape",
        "posts of snscrape (JSON lines)",
        "accounts, posts, mentions, replies, reposts, quotes, originals inside",
        '{"url": "https://twitter.com/ann/status/31", "id": 31, "date":'
        ' "2023-03-01T12:00:00+00:00", "rawContent": "hi @bob", "user": {"id": 11,'
        ' "username": "ann"}, "mentionedUsers": [{"id": 12, "username": "bob"}],'
        ' "inReplyToTweetId": null, "quotedTweet": null, "retweetedTweet": null}\n',
    ),
    Format(
        "matrix",
        "adjacency matrices with the same names above and in front (CSV, TSV)",
        "ties of the layer that `--layer` says, from row to column, with weights",
        ",ann,bob\nann,0,2\nbob,1,0\n",
        (("layer", "mention"),),
    ),
    Format(
        "edges",
        "edge lists of two or three columns without headings, where they are named so",
        "by `--format edges`: ties of the layer that `--layer` says; the third column"
        " is the weight",
        "11 12 2\n12 13 1\n",
        (("layer", "mention"),),
        recognised=False,
    ),
    Format(
        "follower-list",
        "lists of accounts, one id or @handle a line",
        "with `--ego` and `--relation`: follows to the owner (`followers`) or by the"
        " owner (`following`)",
        "11\n@ann\n",
        (("ego", "12"), ("relation", "followers")),
    ),
    Format(
        "roster",
        "rosters with the columns id or handle, name, role (CSV, TSV, Parquet)",
        "who is a health professional; `specialty`, `institution`, `country`, `region`"
        " and `npi` with `match_basis` may be there",
        "handle,name,role\n@ann,Ann Able,nurse\n",
    ),
)


def as_markdown() -> str:
    """The rows of a table of what is read and what it brings."""
    return "".join(f"| {known.reads} | {known.brings} |\n" for known in FORMATS)


NAMES: Final = tuple(known.name for known in FORMATS)
READS: Final = ", ".join(known.reads for known in FORMATS)
