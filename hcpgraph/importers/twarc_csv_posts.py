"""Posts of twarc-csv in the tables that posts of the API are read into.

So the rules of ``x_ties`` hold for both. What differs is whom the table names: mentions
may lack ids, and the handle of whoever is replied to is given only if the table holds
the post that is replied to.

Cells are read as they are meant, however the tool was told to write them: it writes
lists as JSON of texts or of whole objects, and on demand every cell as JSON; what went
through a program of one's own may hold lists as Python prints them.
"""

from __future__ import annotations

from typing import Final

from hcpgraph.importers.reading import sql, text_mentions, times
from hcpgraph.importers.x_api import tables, ties

# What no platform allows as a handle is nobody's, JSON and texts above all.
HANDLE: Final = "[A-Za-z0-9_]{1,30}"

_PLAIN = """case when starts_with($cell, '"') and json_valid($cell)
        then json_extract_string($cell, '$$') else $cell end"""

_OR_NULL = """case when lower($plain) not in ('', 'nan', 'null', 'none', '<na>')
        then $plain end"""

# A single object is a list of one; names that stand there as they are, one of names.
_LIST = """case
        when $cell is null then []::json[]
        when json_valid($cell) then case json_type($cell)
            when 'ARRAY' then from_json($cell, '["JSON"]')
            when 'OBJECT' then [$cell::json] else []::json[] end
        when json_valid($python) and json_type($python) = 'ARRAY'
            then from_json($python, '["JSON"]')
        when regexp_full_match($cell, '[@#]?\\w+([ ,;|]+[@#]?\\w+)*')
            then list_transform(regexp_extract_all($cell, '\\w+'), lambda w: to_json(w))
        else []::json[] end"""
_PYTHON = """regexp_replace(regexp_replace(regexp_replace(
        replace($cell, '''', '"'), '\\bNone\\b', 'null', 'g'),
        '\\bTrue\\b', 'true', 'g'), '\\bFalse\\b', 'false', 'g')"""

_IS_ENCODED = """
create or replace temp table encoded as select $each from raw where broken is null
"""
_ENCODED = """coalesce(bool_and(
    starts_with($name, '"') and json_valid($name)) filter ($name != 'NaN'), false) as
    $name"""
_WITH_LINES = """case when (select $name from encoded) then case
            when $name != 'NaN' then json_extract_string($name, '$$') end
        else replace($name, '\\n', chr(10)) end"""


def plain(cell: str) -> str:
    """What a cell says, also if it is JSON of a text."""
    return sql.fill(_PLAIN, cell=cell)


def optional(cell: str) -> str:
    """The same; null also where a program wrote a word for nothing."""
    return sql.fill(_OR_NULL, plain=plain(cell))


def elements(cell: str) -> str:
    """The elements of a list, each as JSON; empty if the cell holds no list."""
    text = f"({plain(cell)})"
    return sql.fill(_LIST, cell=text, python=sql.fill(_PYTHON, cell=text))


def find_encoded(names: tuple[str, ...]) -> str:
    """A statement that makes ``encoded``: which columns hold JSON in every cell."""
    return sql.fill(
        _IS_ENCODED, each=", ".join(sql.fill(_ENCODED, name=name) for name in names)
    )


def words(name: str) -> str:
    """A text with its line ends; needs ``encoded``."""
    return sql.fill(_WITH_LINES, name=name)


def handle(cell: str) -> str:
    """A handle without its @; null where it can be none.

    Where every cell is JSON, the id among them, a bare word is none either.
    """
    text = f"ltrim({plain(cell)}, '@')"
    bare = f"starts_with(id, '\"') and not starts_with({cell}, '\"')"
    return (
        f"case when regexp_full_match({text}, '{HANDLE}') and not ({bare})"
        f" then {text} end"
    )


# One element of a list: a text, or an object that names it.
_NAME = """case when json_type(e) = 'VARCHAR'
            then ltrim(json_extract_string(e, '$$'), '$sign')
        else coalesce($keys) end"""


def named(sign: str, *keys: str) -> str:
    """What an element ``e`` names: itself without *sign*, or one of its *keys*."""
    paths = ", ".join(f"json_extract_string(e, '$.{key}')" for key in keys)
    return sql.fill(_NAME, sign=sign, keys=paths)


_WORDS: Final = ("text", "name", "bio", "location")
_OPTIONAL: Final = (
    "created", "reply_id", "repost_id", "quote_id", "lang", "joined",
)  # fmt: skip
_HANDLES: Final = ("author_handle", "reply_handle", "repost_handle", "quote_handle")
_COUNTS: Final = (
    "reposts", "replies", "likes", "quotes", "followers", "following", "posts",
)  # fmt: skip
_REFERENCES: Final = {
    "replied": "replied_to",
    "reposted": "retweeted",
    "quoted": "quoted",
}


def _referenced(name: str, kind: str) -> str:
    """The id of a post that is referred to, from a column of its own or the list."""
    chosen = (
        f"list_filter({elements('referenced')},"
        f" lambda e: json_extract_string(e, '$.type') = '{kind}')[1]"
    )
    return f"coalesce({optional(name)}, json_extract_string({chosen}, '$.id'))"


_COLUMNS: Final = ",\n    ".join(
    f"{value} as {name}"
    for name, value in {
        "id": plain("id"),
        "author_id": plain("author_id"),
        **{name: _referenced(name, kind) for name, kind in _REFERENCES.items()},
        **{name: optional(name) for name in _OPTIONAL},
        **{name: handle(name) for name in _HANDLES},
        **{name: words(name) for name in _WORDS},
        **{
            name: f"try_cast(try_cast({optional(name)} as double) as bigint)"
            for name in _COUNTS
        },
        "verified": f"try_cast({optional('verified')} as boolean)",
        "edits": f"list_transform({elements('edits')},"
        " lambda e: json_extract_string(e, '$'))",
        "hashtags": f"list_transform({elements('hashtags')},"
        f" lambda e: {named('#', 'tag', 'text')})",
        "urls": f"list_transform({elements('urls')},"
        f" lambda e: {named('', 'expanded_url', 'url')})",
        "said_mentions": optional("mentions"),
        "mentions": f"list_transform({elements('mentions')}, lambda e: {{"
        "'id': case when json_type(e) = 'OBJECT' then nullif(coalesce("
        "json_extract_string(e, '$.id'), json_extract_string(e, '$.id_str')), '') end,"
        f" 'handle': {named('@', 'username', 'screen_name')}}})",
    }.items()
)
_ENTITIES: Final = ("mentions", "hashtags", "urls")
CELLS: Final = (
    *(
        f"update raw set {name} = json_extract(entities, '$.{name}')::varchar"
        f" where {name} is null and json_valid(entities)"
        for name in _ENTITIES
    ),
    find_encoded(_WORDS),
    f"""
create or replace temp table cell as
select line,
    {_COLUMNS}
from raw where broken is null
""",
    f"update cell set joined = strftime({times.at_or_null('joined')},"
    " '%Y-%m-%d %H:%M:%S')",
)

# Everybody whom the table names by id and handle; a later line wins.
_PAIRS = """
create or replace temp table x_user as
select id, max(line) as line, {'username': arg_max(handle, line)} as person
from (
    select line, author_id as id, author_handle as handle from act
    union all select line, reply_id, reply_handle from act
    union all select line, repost_id, repost_handle from act
    union all select line, quote_id, quote_handle from act
)
where id is not null and handle is not null
group by id
"""
_ACT = f"""
create or replace temp table act as
select *, coalesce({text_mentions.reposted("text", "x")}, '') as lead_handle,
    coalesce({text_mentions.addressed("text", "x")}, '') as first_handle
from cell anti join unusable using (line)
"""
# The people in a post. Of an id and a handle that contradict the table, its authors
# are believed. The person replied to stands first in the text, mentioned by the
# platform itself; only where the table does not say who that is, it is told by that.
_MENTIONED = """
create or replace temp table mentioned as
select line, list({'start': if(lower(handle) = lower(lead_handle), 3, 0)::bigint,
    'id': id, 'handle': handle}) as mentions
from (
    select line, lead_handle, case
            when mention.id in (select id from x_user) then mention.id
            else coalesce(bearer.id, mention.id) end as id,
        case when regexp_full_match(mention.handle, '$handle')
            then mention.handle end as handle,
        reply_id is not null and reply_handle is null and reply_id <> author_id
            and reply_id not in (select id from x_user)
            and bearer.id is null and mention.id is null
            and lower(mention.handle) = lower(first_handle) as automatic
    from (
        select line, lead_handle, first_handle, author_id, reply_id, reply_handle,
            unnest(mentions) as mention
        from act where reposted is null or lead_handle != ''
    )
    left join (
        select lower(person.username) as handle, min(id) as id
        from x_user group by lower(person.username)
    ) as bearer on bearer.handle = lower(mention.handle)
)
where not coalesce(automatic, false) and coalesce(id, handle) is not null
group by line
"""
_POST = """
create or replace temp table x_post as
select line, null::bigint as n, true as record, id, author_id, author_handle,
    $at as created_at, lang, text, reply_id as reply_to, mentioned.mentions,
    hashtags, urls, reposts, replies, likes, quotes,
    case when len(edits) > 1 then edits end as edits, reposted, quoted, replied,
    case when repost_id is not null or repost_handle is not null
        then {'start': 3::bigint, 'id': repost_id, 'handle': repost_handle} end as lead,
    case when reposted is not null then nullif(lead_handle, '') end as lead_handle,
    reply_handle, quote_id, quote_handle,
    said_mentions is not null as has_mentions,
    len(act.mentions) = 0 and said_mentions not in ('[]', '{}') as unread_mentions
from act left join mentioned using (line)
"""
# Whom the table names beside the id of a post, or in place of it.
_NAMES = (
    """
    update x_tie set target_handle = reply_handle from x_post
    where layer = 'reply' and x_tie.n = x_post.n
    """,
    """
    update x_tie set target_id = quote_id, target_handle = quote_handle from x_post
    where layer = 'quote' and x_tie.n = x_post.n
    """,
    """
    insert into x_tie by name
    select x_post.n, layer, null as refers_to, other as target_id,
        handle as target_handle, line, id as post_id, author_id, author_handle,
        created_at
    from x_post semi join x_first using (n),
    lateral (values
        ('reply', null, if(coalesce(reply_to, replied) is null, reply_handle, null)),
        ('quote', if(quoted is null, quote_id, null),
            if(quoted is null, quote_handle, null))
    ) as named (layer, other, handle)
    where reposted is null and coalesce(other, handle) is not null
    """,
)


def stage(at: str) -> tuple[str, ...]:
    """Statements that make ``x_post``, ``x_user`` and ``x_tie`` of ``cell``.

    Args:
        at: when a post was written, over the column ``created``.
    """
    return (
        _ACT,
        _PAIRS,
        sql.fill(_MENTIONED, handle=HANDLE),
        sql.fill(_POST, at=at),
        *tables.PLACED,
        *ties.STAGE,
        *_NAMES,
    )
