"""Tables that twarc-csv makes of X API v2: posts, or users.

Columns are matched by name, for they differ between versions; the ties are those that
the JSON would make. By default the tool writes into a repost the text and mentions of
the original: such a row makes a tie to the author of the original and no mention at
all, unless its text begins as reposts do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import MissingColumns
from hcpgraph.importers import twarc_csv_posts
from hcpgraph.importers.reading import conversions, delimited, id_mending, sql, times
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.delimited import Header
from hcpgraph.importers.recognition.likeness import (
    NOTHING_ALIKE,
    SURE,
    Likeness,
    lacking,
)
from hcpgraph.importers.x_api import ties, users
from hcpgraph.importers.x_api.shapes import FOLLOW_URL
from hcpgraph.model.files import FileDescription, RowType

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.files import ImportOptions


NAME: Final = "twarc-csv"

# Name in ``raw`` -> columns of the table, of which the first that is there counts.
_CELLS: Final = {
    "id": ("id",),
    "author_id": ("author_id",),  # also author.id
    "author_handle": ("author.username",),
    "created": ("created_at",),
    "referenced": ("referenced_tweets",),
    "replied": ("referenced_tweets.replied_to.id",),
    "reposted": ("referenced_tweets.retweeted.id",),
    "quoted": ("referenced_tweets.quoted.id",),
    "reply_id": ("in_reply_to_user_id", "in_reply_to_user.id"),
    "reply_handle": ("in_reply_to_username", "in_reply_to_user.username"),
    "repost_id": (
        "retweeted_user_id",
        "referenced_tweets.retweeted.author_id",
        "referenced_tweets.retweeted.author.id",
    ),
    "repost_handle": (
        "retweeted_username",
        "referenced_tweets.retweeted.author.username",
    ),
    "quote_id": (
        "quoted_user_id",
        "referenced_tweets.quoted.author_id",
        "referenced_tweets.quoted.author.id",
    ),
    "quote_handle": ("quoted_username", "referenced_tweets.quoted.author.username"),
    "lang": ("lang",),
    "text": ("text",),
    "edits": ("edit_history_tweet_ids",),
    "hashtags": ("entities.hashtags", "hashtags"),
    "mentions": ("entities.mentions", "mentions"),
    "entities": ("entities",),  # all of them in one cell
    "urls": ("entities.urls", "urls"),
    "reposts": ("public_metrics.retweet_count", "retweet_count"),
    "replies": ("public_metrics.reply_count", "reply_count"),
    "likes": ("public_metrics.like_count", "like_count"),
    "quotes": ("public_metrics.quote_count", "quote_count"),
    "name": ("author.name",),
    "bio": ("author.description",),
    "location": ("author.location",),
    "followers": ("author.public_metrics.followers_count",),
    "following": ("author.public_metrics.following_count",),
    "posts": ("author.public_metrics.tweet_count",),
    "verified": ("author.verified",),
    "joined": ("author.created_at",),
}
_NEEDED: Final = ("id", "author_id")
_REFERRED: Final = (
    *("replied", "reposted", "quoted", "reply_id", "repost_id", "quote_id"),
)
_IDS: Final = (*_NEEDED, *_REFERRED)
_BAD = """
create or replace temp table unusable as
select line, reason from (
    select line, $reason as reason from cell
) where reason is not null
"""
_POSTS = """
select line, n as place, true as record, id as native_id, author_id, author_handle,
    created_at,
    case when reposted is not null then 'repost' when quoted is not null then 'quote'
        when coalesce(replied, reply_to) is not null then 'reply'
        else 'original' end as kind,
    coalesce(reposted, quoted, replied) as refers_to, lang, text, hashtags, urls,
    reposts, replies, likes, quotes, edits
from x_post
"""

_ACCOUNTS = """
select min(line) as line, false as record, author_id as native_id,
    arg_min(author_handle, line) as handle, arg_min(name, line) as name,
    arg_min(bio, line) as bio, arg_min(location, line) as location,
    arg_min(followers, line) as followers, arg_min(following, line) as following,
    arg_min(posts, line) as posts, arg_min(verified, line) as verified,
    try_cast(arg_min(joined, line) as timestamp) as created_at
from cell anti join unusable using (line)
where author_handle is not null
group by author_id
"""

_REMARKS = f"""
select format('mentions in {{:d}} reposts are not read: the table gives those of the '
    'original', count(*))
from x_post where reposted is not null and mentions is null and has_mentions
having count(*) > 0
union all
select format('{{:d}} cells of mentions cannot be read: they make no such tie',
    count(*))
from x_post where unread_mentions having count(*) > 0
union all
{ties.REMARKS}
"""

_USER_CELLS: Final = {
    "id": "id",
    "username": "username",
    "name": "name",
    "description": "description",
    "location": "location",
    "verified": "verified",
    "created": "created_at",
    "followers": "public_metrics.followers_count",
    "following": "public_metrics.following_count",
    "posts": "public_metrics.tweet_count",
    "url": "__twarc.url",
}

_BAD_USERS = """
create or replace temp table unusable as
select line, reason from (
    select line, $reason as reason from raw where broken is null
) where reason is not null
"""

# The same shape as a user of the API, so that both are read alike from here on.
_USER_ROWS = """
    select line, url, {
        'id': id, 'username': username, 'name': name,
        'description': replace(description, '\\n', chr(10)), 'location': location,
        'verified': try_cast(verified as boolean), 'created_at': created,
        'public_metrics': {
            'followers_count': try_cast(followers as bigint),
            'following_count': try_cast(following as bigint),
            'tweet_count': try_cast(posts as bigint)
        }
    } as row
    from raw anti join unusable using (line)
    where broken is null
"""


def likeness(head: Head) -> Likeness:
    """How much the file looks like a table of posts or users by twarc-csv."""
    header = delimited.header_of(head)
    if header is None:
        return NOTHING_ALIKE
    if _holds_users(header):
        return SURE
    names = set(header.folded)
    dotted = any(
        name.startswith(
            (
                "referencedtweets",
                "authorusername",
                "authorpublicmetrics",
                "entities",
                "publicmetrics",
            )
        )
        for name in names
    )
    missing = [name for name in _NEEDED if fold(name) not in names]
    if not missing:
        return SURE if dotted else lacking("referenced_tweets.replied_to.id")
    if dotted and len(missing) < len(_NEEDED):
        return lacking(*missing)
    return NOTHING_ALIKE


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How such a table maps onto the study.

    Raises:
        MissingColumns: if posts have no id or no author.
        ExportError: if a column is named twice.
    """
    header = delimited.header_of(head) or Header(",", (), 1)
    delimited.check_header(head, header)
    if _holds_users(header):
        return _described_users(head, header, options, name=NAME)
    columns = _columns(header)
    missing = [name for name in _NEEDED if fold(columns[name]) not in header.folded]
    if missing:
        raise MissingColumns(head.path, missing, header.names)
    reasons = [
        conversions.id_reason("id", "id"),
        conversions.id_reason("author_id", "author_id"),
        *(
            f"case when {name} is not null then {conversions.id_reason(name, name)} end"
            for name in _REFERRED
        ),
        times.at_reason("created"),
    ]
    bad = sql.fill(_BAD, reason=conversions.first_reason(reasons))
    return FileDescription(
        path=head.path,
        format=NAME,
        platform="x",
        unit=RowType.POSTS,
        stage=(
            *delimited.stage_named(head, header, columns),
            *id_mending.mend(_IDS),
            *twarc_csv_posts.CELLS,
            bad,
            *twarc_csv_posts.stage(times.at("created")),
        ),
        queries={
            RowType.ACCOUNTS: _ACCOUNTS,
            RowType.POSTS: _POSTS,
            RowType.TIES: ties.QUERY,
        },
        rejects=f"{delimited.rejects(header)} union all from unusable",
        remarks=f"{id_mending.remarks(_IDS)} union all {_REMARKS}",
    )


def _columns(header: Header) -> dict[str, str]:
    """Which column of this table each cell is read from."""
    folded = header.folded
    return {
        cell: next((name for name in names if fold(name) in folded), names[0])
        for cell, names in _CELLS.items()
    }


def _holds_users(header: Header) -> bool:
    """Whether a header is that of a table of users."""
    names = set(header.folded)
    return {"id", "username"} <= names and bool(
        {"twarcurl", "publicmetricsfollowerscount"} & names
    )


def _described_users(
    head: Head, header: Header, options: ImportOptions, *, name: str
) -> FileDescription:
    """How such a table maps onto the study."""
    named = any(re.search(FOLLOW_URL[1:], line) for line in head.lines()[1:])
    bad = sql.fill(_BAD_USERS, reason=conversions.id_reason("id", "id"))
    return users.description(
        head,
        options,
        name=name,
        names_owner=named,
        stage=(
            *delimited.stage_named(head, header, _USER_CELLS),
            *id_mending.mend(("id",)),
            bad,
            users.users(_USER_ROWS, options),
        ),
        rejects=f"{delimited.rejects(header)} union all from unusable",
        remarks=id_mending.remarks(("id",)),
    )
