"""Posts and users of X API v2 in temporary tables, from the rows of any layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql, times
from hcpgraph.importers.x_api import fast_path, field_spec, ids, pages

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.statements import Statement

# Rows of the file, posts that came along, and posts in flattened ones, where they are
# more than a number.
_POSTS: Final = """
select line, null::bigint as n, true as record, $fields
from (select line, row as post from ($rows))
union all by name
select line, null::bigint as n, false as record, $fields
from (select line, unnest(includes.tweets) as post from ($along))
union all by name
select line, null::bigint as n, false as record, $fields
from (select line, unnest(row.referenced_tweets) as post from ($rows))
where post.author_id is not null or post.author.id is not null
"""
# Posts in the order of the file, but those that came along after all others, and those
# without a text last: the first post of an id is a row of the file where it can be.
_PLACES: Final = """
update x_post set n = ((text is null)::bigint << 62) + ((not record)::bigint << 61)
    + (line << 32) + rowid - (select min(rowid) from x_post)
"""
_FIRST: Final = """
create or replace temp table x_first as
select id, min(n) as n, arg_min(author_id, n) as author_id
from x_post where id is not null and author_id is not null group by id
"""
PLACED: Final = (_PLACES, _FIRST)

# The original of a repost may be deleted; the mention that begins "RT @handle", the
# lead, still says who wrote it.
_FIELDS: Final = """nullif(post.id, '') as id,
        nullif(coalesce(post.author_id, $author_id), '') as author_id,
        nullif($author_handle, '') as author_handle,
        $created as created_at,
        post.lang as lang, coalesce(post.note_tweet.text, post.text) as text,
        coalesce(post.in_reply_to_user_id, $replied_id) as reply_to,
        list_transform(post.entities.mentions,
            lambda m: {'start': m.start, 'id': nullif(m.id, ''),
                'handle': nullif(m.username, '')}) as mentions,
        list_transform(post.entities.hashtags, lambda h: h.tag) as hashtags,
        list_transform(post.entities.urls,
            lambda u: coalesce(u.expanded_url, u.url)) as urls,
        post.public_metrics.retweet_count as reposts,
        post.public_metrics.reply_count as replies,
        post.public_metrics.like_count as likes,
        post.public_metrics.quote_count as quotes,
        case when len(post.edit_history_tweet_ids) > 1
            then post.edit_history_tweet_ids end as edits,
        list_filter(post.referenced_tweets, lambda r: r.type = 'retweeted')[1].id
            as reposted,
        list_filter(post.referenced_tweets, lambda r: r.type = 'quoted')[1].id
            as quoted,
        list_filter(post.referenced_tweets, lambda r: r.type = 'replied_to')[1].id
            as replied,
        case when reposted is not null
            then list_filter(mentions, lambda m: m.start = 3)[1] end as lead,
        case when reposted is not null
            then nullif(regexp_extract(text, '^RT @([A-Za-z0-9_]+)', 1), '')
            end as lead_handle,
        null::varchar as doubt"""

# Where a post says who its people are, and where it does not.
_WHOLE: Final = {
    "created": times.at_or_null("post.created_at"),
    "author_id": "post.author.id",
    "author_handle": "post.author.username",
    "replied_id": "post.in_reply_to_user.id",
}
_SLIM: Final = {
    **dict.fromkeys(_WHOLE, "null::varchar"),
    "created": _WHOLE["created"],
}

# Users stand in ``includes`` or, flattened, inside the posts, where a mention may be
# no more than an id and a handle.
_PEOPLE: Final = """
    with along as ($along), post as (select line, row as post from ($rows))
    select line, 0 as place, true as described,
        unnest(includes.users) as person from along
    union all select line, 0, true, post.author from post
    union all select line, 0, false, post.in_reply_to_user from post
    union all select line, 0, false, unnest(list_transform(
        post.entities.mentions, lambda m: $mentioned)) from post
    union all select line, 0, false, unnest(list_transform(
        post.referenced_tweets, lambda r: r.author)) from post
"""
# Users that were read beside posts.
_BESIDE: Final = """
    select line, rowid as place, true as described, person
    from x_post where person is not null
"""
# Of a user that stands more than once, the last line that knows a name wins: people
# rename themselves.
_USERS: Final = """
create or replace temp table x_user as
select person.id as id, min(line) as line,
    -- of one line the first
    arg_max(person, (person.name is not null, line, -place$last)) as person
from ($people)
where person.id != '' and person.username != ''
  and (described or person.name is not null)
group by person.id
"""

UNUSABLE: Final = """
select line, case when doubt is not null then doubt
    when id is null then 'a post has no id'
    else 'post ' || id || ' has no author_id; ask the API for that field' end as reason
from x_post where record and (id is null or author_id is null)
"""

ACCOUNT: Final = f"""id as native_id, person.username as handle,
    person.name as name, person.description as bio, person.location as location,
    person.public_metrics.followers_count as followers,
    person.public_metrics.following_count as following,
    person.public_metrics.tweet_count as posts, person.verified as verified,
    {times.at_or_null("person.created_at")} as created_at"""


def stage_posts(head: Head) -> tuple[Statement, ...]:
    """Statements that make ``raw``, ``x_post``, ``x_first`` and ``x_user``."""
    quick = fast_path.fast_path(head, field_spec.POST, sql.fill(_FIELDS, **_SLIM))
    raw, along = pages.rows(field_spec.POST), pages.ALONG
    if quick is None:
        read = (*pages.stage_raw(head, field_spec.POST), *_tables(raw, along))
        return (*read, *ids.MEND_POSTS, *PLACED)
    if quick.slim:
        alike, mixed = _users_beside(raw, along)
    else:
        alike = _tables(quick.rows, quick.along)
        mixed = _tables(
            f"{quick.rows} union all {raw}", f"{quick.along} union all {along}"
        )
    return (
        *pages.stage_quick(field_spec.POST, quick, alike=alike, mixed=mixed),
        *ids.MEND_POSTS,
        *fast_path.number_lines(
            head, quick, ("raw", "x_post", "x_user"), unusable=UNUSABLE
        ),
        *PLACED,
    )


def _users_beside(raw: str, along: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is left to do once slim posts are read: if all are, and if some are not."""
    mixed = (
        fast_path.LEAVE_ODD,
        f"insert into x_post by name ({_posts(raw, along)})",
        _users(f"{_BESIDE} union all ({_people(raw, along)})", placed=False),
    )
    return (_users(_BESIDE),), mixed


def _tables(rows: str, along: str) -> tuple[str, ...]:
    """Statements that make ``x_post`` and ``x_user``.

    Args:
        rows: a query for the columns line, row (one post) and url.
        along: a query for the columns line and includes.
    """
    posts = f"create or replace temp table x_post as {_posts(rows, along)}"
    return (posts, _users(_people(rows, along), placed=False))


def _posts(rows: str, along: str) -> str:
    fields = sql.fill(_FIELDS, **_WHOLE)
    return sql.fill(_POSTS, fields=fields, rows=rows, along=along)


def _people(rows: str, along: str) -> str:
    mentioned = pages.struct("m", field_spec.USER)
    return sql.fill(_PEOPLE, mentioned=mentioned, rows=rows, along=along)


def _users(people: str, *, placed: bool = True) -> str:
    """Of people of one line without a place of their own, any, but always the same."""
    return sql.fill(_USERS, people=people, last="" if placed else ", person")
