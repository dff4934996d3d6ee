"""Posts of snscrape: JSON lines with their authors and the posts they respond to."""

from __future__ import annotations

from typing import Final

from hcpgraph.importers.reading.records import Columns, Records, Said
from hcpgraph.model.files import RowType

NAME: Final = "snscrape"

# A quoted or reposted post stands whole in the post, and may hold one itself.
_WITHIN: Final = ("", "quotedTweet.", "retweetedTweet.", "retweetedTweet.quotedTweet.")


def _post(at: str) -> Columns:
    return {
        "native_id": f"{at}id",
        "author_id": f"{at}user.id",
        "author_handle": f"{at}user.username",
        "created_at": f"{at}date",
        "kind": (
            Said("repost", when=f"{at}retweetedTweet.id"),
            Said("quote", when=f"{at}quotedTweet.id"),
            Said("reply", when=f"{at}inReplyToTweetId"),
            Said("original"),
        ),
        "refers_to": tuple(
            f"{at}{other}"
            for other in ("retweetedTweet.id", "quotedTweet.id", "inReplyToTweetId")
        ),
        "lang": f"{at}lang",
        "text": (f"{at}rawContent", f"{at}content"),
        "hashtags": f"{at}hashtags[*]",
        "reposts": f"{at}retweetCount",
        "replies": f"{at}replyCount",
        "likes": f"{at}likeCount",
        "quotes": f"{at}quoteCount",
    }


def _account(at: str) -> Columns:
    return {
        "native_id": f"{at}id",
        "handle": f"{at}username",
        "name": f"{at}displayname",
        "bio": (f"{at}rawDescription", f"{at}description"),
        "location": f"{at}location",
        "followers": f"{at}followersCount",
        "following": f"{at}friendsCount",
        "posts": f"{at}statusesCount",
        "verified": f"{at}verified",
        "created_at": f"{at}created",
    }


def _ties(at: str) -> tuple[Columns, ...]:
    by = {
        "source_id": f"{at}user.id",
        "source_handle": f"{at}user.username",
        "at": f"{at}date",
        "post_id": f"{at}id",
    }
    mentioned = {
        **by,
        "target_id": f"{at}mentionedUsers[*].id",
        "target_handle": f"{at}mentionedUsers[*].username",
    }
    reposted = f"{at}retweetedTweet.id"
    return (
        {
            **by,
            "target_id": f"{at}retweetedTweet.user.id",
            "target_handle": f"{at}retweetedTweet.user.username",
            "refers_to": reposted,
            "layer": Said("repost", when=reposted),
        },
        {
            **by,
            "target_id": f"{at}quotedTweet.user.id",
            "target_handle": f"{at}quotedTweet.user.username",
            "refers_to": f"{at}quotedTweet.id",
            "layer": Said("quote", when=f"{at}quotedTweet.id", unless=reposted),
        },
        {
            **by,
            "target_id": f"{at}inReplyToUser.id",
            "target_handle": f"{at}inReplyToUser.username",
            "refers_to": f"{at}inReplyToTweetId",
            "layer": Said("reply", unless=reposted),
        },
        {**mentioned, "layer": Said("mention", unless=reposted)},
        {**mentioned, "layer": Said("mention_in_repost", when=reposted)},
    )


_RECORDS: Final = Records(
    name=NAME,
    platform="x",
    unit=RowType.POSTS,
    keys=("url", "date", "user.username", "mentionedUsers", "retweetedTweet"),
    rows={
        RowType.POSTS: tuple(_post(at) for at in _WITHIN),
        RowType.ACCOUNTS: tuple(
            _account(f"{at}{who}")
            for at in _WITHIN
            for who in ("user.", "inReplyToUser.", "mentionedUsers[*].")
        ),
        RowType.TIES: tuple(tie for at in _WITHIN for tie in _ties(at)),
    },
)

likeness = _RECORDS.likeness
describe = _RECORDS.describe
