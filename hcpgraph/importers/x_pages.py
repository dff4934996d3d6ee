"""Pages of X API v2 as posts and users in temporary tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers import json_reading, lines, sql, x_spec

if TYPE_CHECKING:
    from hcpgraph.importers.head import Head

_RAW = """
create or replace temp table raw as
select line, kind,
    case when kind = 'page' then from_json(text, $page) end as page,
    case when kind = 'single' then from_json(text, $single) end as single,
    case when kind = 'bare' then from_json(text, $bare) end as bare,
    case when kind = 'includes' then from_json(text, $includes) end as includes
from (select line, text, $kind as kind from $objects)
"""

# The rows of the file, whichever layout they come in.
_ROWS: Final = """(
    select line, unnest(page.data) as row, page.__twarc.url as url from raw
    union all
    select line, single.data, single.__twarc.url from raw where kind = 'single'
    union all
    select line, $bare, bare.__twarc.url from raw where kind = 'bare'
)"""

# Rows of the file come first, so that the first post of an id is one where it can be.
_POSTS = """
create or replace temp table x_post as
with given as (select line, row as post from $rows),
along as (
    select line, unnest(page.includes.tweets) as post from raw
    union all select line, unnest(single.includes.tweets) from raw
    union all select line, unnest(includes.tweets) from raw
),
every as (
    select line, true as record, $fields,
        list_transform(post.referenced_tweets, $reference) as refs
    from given
    union all by name
    select line, false as record, $fields,
        list_transform(post.referenced_tweets, $reference) as refs
    from along
    union all by name
    select line, false as record, $fields,
        list_transform(post.referenced_tweets, $reference) as refs
    from (select line, unnest(post.referenced_tweets) as post from given)
    where post.author_id is not null or post.author.id is not null
)
select row_number() over () as n, *,
    list_filter(refs, lambda r: r.type = 'retweeted')[1].id as reposted,
    list_filter(refs, lambda r: r.type = 'quoted')[1].id as quoted,
    list_filter(refs, lambda r: r.type = 'replied_to')[1].id as replied
from every
"""
_REFERENCE = "lambda r: {'type': r.type, 'id': r.id}"

_FIELDS = """nullif(post.id, '') as id,
        nullif(coalesce(post.author_id, post.author.id), '') as author_id,
        nullif(post.author.username, '') as author_handle,
        try_cast(post.created_at as timestamp) as created_at,
        post.lang as lang, coalesce(post.note_tweet.text, post.text) as text,
        coalesce(post.in_reply_to_user_id, post.in_reply_to_user.id) as reply_to,
        list_transform(post.entities.mentions,
            lambda m: {'start': m.start, 'id': nullif(m.id, ''),
                'handle': nullif(m.username, '')}) as mentions,
        list_transform(post.entities.hashtags, lambda h: h.tag) as hashtags,
        list_transform(post.entities.urls,
            lambda u: coalesce(u.expanded_url, u.url)) as urls,
        post.public_metrics.retweet_count as reposts,
        post.public_metrics.reply_count as replies,
        post.public_metrics.like_count as likes,
        post.public_metrics.quote_count as quotes"""

# Users stand in ``includes`` or, flattened, inside the posts, where a mention may be
# no more than an id and a handle. Of a user that stands more than once, the last line
# that knows a name wins: people rename themselves.
_USERS = """
create or replace temp table x_user as
with post as (select line, row as post from $rows),
every as (
    select line, true as described, unnest(page.includes.users) as person from raw
    union all select line, true, unnest(single.includes.users) from raw
    union all select line, true, unnest(includes.users) from raw
    union all select line, true, post.author from post
    union all select line, false, post.in_reply_to_user from post
    union all select line, false, unnest(list_transform(
        post.entities.mentions, lambda m: $mentioned)) from post
    union all select line, false, unnest(list_transform(
        post.referenced_tweets, lambda r: r.author)) from post
)
select person.id as id, min(line) as line,
    arg_max(person, (person.name is not null, line)) as person
from every
where person.id != '' and person.username != ''
  and (described or person.name is not null)
group by person.id
"""

_REJECTS: Final = """
select line, case kind when 'broken' then 'the line is not valid JSON'
    else 'neither a page nor a row of X API v2' end as reason
from raw where kind in ('broken', 'other')
"""

MESSAGES: Final = """
select format('{:d} lines are error messages of the platform, not results', count(*))
from raw where kind = 'message' having count(*) > 0
"""

ACCOUNT: Final = """id as native_id, person.username as handle,
    person.name as name, person.description as bio, person.location as location,
    person.public_metrics.followers_count as followers,
    person.public_metrics.following_count as following,
    person.public_metrics.tweet_count as posts, person.verified as verified,
    try_cast(person.created_at as timestamp) as created_at"""


def stage_raw(head: Head, row: x_spec.Spec) -> tuple[str, ...]:
    """Statements that make ``raw`` of a file whose rows are *row*."""
    layouts = x_spec.layouts(row)
    raw = sql.fill(
        _RAW,
        kind=x_spec.KIND,
        objects=json_reading.objects(head),
        **{name: x_spec.literal(spec) for name, spec in layouts.items()},
    )
    if json_reading.is_document(head):
        return (raw,)
    return (*lines.CLEAR, raw, lines.RENUMBER)


def rows(row: x_spec.Spec) -> str:
    """A relation with the columns line, row (one *row*) and url, over ``raw``."""
    return sql.fill(_ROWS, bare=struct("bare", row))


def struct(value: str, spec: x_spec.Spec) -> str:
    """*value* with the fields of *spec* and no others."""
    return "{" + ", ".join(f"'{name}': {value}.{name}" for name in spec) + "}"


def stage_posts() -> tuple[str, ...]:
    """Statements that make ``x_post`` and ``x_user`` of ``raw``."""
    posts = rows(x_spec.POST)
    return (
        sql.fill(_POSTS, fields=_FIELDS, reference=_REFERENCE, rows=posts),
        sql.fill(_USERS, mentioned=struct("m", x_spec.USER), rows=posts),
    )


def rejects(head: Head) -> str:
    """A query that gives line and reason of what is no page."""
    if json_reading.is_document(head):
        return _REJECTS
    return f"{lines.UNREAD} union all {_REJECTS}"
