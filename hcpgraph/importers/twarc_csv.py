"""Tables that twarc-csv makes of X API v2: posts, or users.

Columns are matched by name, for they differ between versions. By default the tool
writes into a repost the text and mentions of the original: such a row makes a tie to
the author of the original and no mention at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import MissingColumns
from hcpgraph.importers import (
    conversions,
    csv_reading,
    mending,
    sql,
    twarc_csv_users,
)
from hcpgraph.importers.columns import fold
from hcpgraph.importers.csv_reading import Header
from hcpgraph.importers.likeness import NOTHING_ALIKE, SURE, Likeness, lacking
from hcpgraph.model.files import FileDescription, Unit

if TYPE_CHECKING:
    from hcpgraph.importers.head import Head
    from hcpgraph.model.files import ImportOptions

NAME: Final = "twarc-csv"

# Name in ``raw`` -> column of the table.
_CELLS: Final = {
    "id": "id",
    "author_id": "author_id",
    "author_handle": "author.username",
    "created": "created_at",
    "replied": "referenced_tweets.replied_to.id",
    "reposted": "referenced_tweets.retweeted.id",
    "quoted": "referenced_tweets.quoted.id",
    "reply_id": "in_reply_to_user_id",
    "reply_handle": "in_reply_to_username",
    "repost_id": "retweeted_user_id",
    "repost_handle": "retweeted_username",
    "quote_id": "quoted_user_id",
    "quote_handle": "quoted_username",
    "lang": "lang",
    "text": "text",
    "hashtags": "entities.hashtags",
    "mentions": "entities.mentions",
    "urls": "entities.urls",
    "reposts": "public_metrics.retweet_count",
    "replies": "public_metrics.reply_count",
    "likes": "public_metrics.like_count",
    "quotes": "public_metrics.quote_count",
    "name": "author.name",
    "bio": "author.description",
    "location": "author.location",
    "followers": "author.public_metrics.followers_count",
    "following": "author.public_metrics.following_count",
    "posts": "author.public_metrics.tweet_count",
    "verified": "author.verified",
    "joined": "author.created_at",
}
_NEEDED: Final = ("id", "author_id")
_REFERRED: Final = (
    *("replied", "reposted", "quoted", "reply_id", "repost_id", "quote_id"),
)
_IDS: Final = (*_NEEDED, *_REFERRED)
# How the columns begin that only this tool writes, folded.
_OWN: Final = (
    *("referencedtweets", "authorusername", "authorpublicmetrics"),
    *("entities", "publicmetrics"),
)

_BAD = """
create or replace temp table unusable as
select line, reason from (
    select line, $reason as reason from raw where broken is null
) where reason is not null
"""

_POST = """
create or replace temp table post as
select line, id, author_id, author_handle, $at as created_at, lang,
    replace(text, '\\n', chr(10)) as text, reposted, quoted, replied,
    reply_id, reply_handle, repost_id, repost_handle, quote_id, quote_handle,
    try_cast(reposts as bigint) as reposts, try_cast(replies as bigint) as replies,
    try_cast(likes as bigint) as likes, try_cast(quotes as bigint) as quotes,
    list_transform(from_json(if(json_valid(hashtags), hashtags, '[]'), '["VARCHAR"]'),
        lambda h: ltrim(h, '#')) as hashtags,
    from_json(if(json_valid(urls), urls, '[]'), '["VARCHAR"]') as urls,
    list_transform(from_json(if(json_valid(mentions), mentions, '[]'), '["VARCHAR"]'),
        lambda m: ltrim(m, '@')) as mentions
from raw anti join unusable using (line)
where broken is null
"""

_POSTS = """
select line, 0::bigint as place, true as record, id as native_id, author_id,
    author_handle, created_at,
    case when reposted is not null then 'repost' when quoted is not null then 'quote'
        when coalesce(replied, reply_id) is not null then 'reply'
        else 'original' end as kind,
    coalesce(reposted, quoted, replied) as refers_to, lang, text, hashtags, urls,
    reposts, replies, likes, quotes
from post
"""

_ACCOUNTS = """
select min(line) as line, false as record, author_id as native_id,
    arg_min(author_handle, line) as handle, arg_min(name, line) as name,
    arg_min(replace(bio, '\\n', chr(10)), line) as bio,
    arg_min(location, line) as location,
    arg_min(try_cast(followers as bigint), line) as followers,
    arg_min(try_cast(following as bigint), line) as following,
    arg_min(try_cast(posts as bigint), line) as posts,
    arg_min(try_cast(verified as boolean), line) as verified,
    arg_min(try_cast(joined as timestamptz) at time zone 'UTC', line) as created_at
from raw anti join unusable using (line)
where broken is null and author_handle is not null
group by author_id
"""

_TIES = """
with act as (
    select * from post semi join (
        select min(line) as line from post group by id) using (line)
),
tie as (
    select line, 'repost' as layer, repost_id as target_id,
        repost_handle as target_handle
    from act where reposted is not null
    union all
    select line, 'reply', reply_id, reply_handle from act where reposted is null
    union all
    select line, 'quote', quote_id, quote_handle from act where reposted is null
    union all
    select distinct line, 'mention', null, mention
    from (select line, unnest(mentions) as mention, reply_handle from act
        where reposted is null)
    where mention != '' and lower(mention) is distinct from lower(reply_handle)
)
select line, false as record, author_id as source_id, author_handle as source_handle,
    target_id, target_handle, layer, created_at as "at", id as post_id,
    1.0::double as weight, null::varchar as area
from tie join act using (line)
where coalesce(target_id, target_handle) is not null
    and not coalesce(target_id = author_id,
        lower(target_handle) = lower(author_handle), false)
"""

_REMARKS = """
select format('{:d} reposts do not say whom they repost: they make no tie', count(*))
from post where reposted is not null and coalesce(repost_id, repost_handle) is null
having count(*) > 0
"""

_NOTES: Final = (
    "mentions in reposts are not read: the table gives those of the original",
    "replies, reposts and quotes of oneself make no tie",
)


def likeness(head: Head) -> Likeness:
    """How much the file looks like a table of posts or users by twarc-csv."""
    header = csv_reading.header_of(head)
    if header is None:
        return NOTHING_ALIKE
    if twarc_csv_users.recognises(header):
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
    header = csv_reading.header_of(head) or Header(",", (), 1)
    csv_reading.check_header(head, header)
    if twarc_csv_users.recognises(header):
        return twarc_csv_users.describe(head, header, options, name=NAME)
    missing = [name for name in _NEEDED if fold(name) not in header.folded]
    if missing:
        raise MissingColumns(head.path, missing, header.names)
    reasons = [
        conversions.id_reason("id", "id"),
        conversions.id_reason("author_id", "author_id"),
        conversions.at_reason("created"),
        *(_given(name) for name in _REFERRED),
    ]
    bad = sql.fill(_BAD, reason=conversions.first_reason(reasons))
    stage = csv_reading.stage_named(head, header, _CELLS)
    return FileDescription(
        path=head.path,
        format=NAME,
        platform="x",
        unit=Unit.POSTS,
        stage=(
            *stage,
            *mending.mend(_IDS),
            bad,
            sql.fill(_POST, at=conversions.at("created")),
        ),
        queries={Unit.ACCOUNTS: _ACCOUNTS, Unit.POSTS: _POSTS, Unit.TIES: _TIES},
        rejects=f"{csv_reading.rejects(header)} union all from unusable",
        notes=_NOTES,
        remarks=f"{mending.remarks(_IDS)} union all {_REMARKS}",
    )


def _given(name: str) -> str:
    """Why an id that need not be there cannot be one."""
    reason = conversions.id_reason(name, _CELLS[name])
    return f"case when {name} is not null then {reason} end"
