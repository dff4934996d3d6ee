"""From what posts say to the ties they make.

``post_tie`` keeps what each file says of the ties of its posts, with whom a post
refers to by the id of another post. Whose that is shows once the other post is in
the study, whichever file brings it; so the ties of a post in ``tie`` follow from
``post_tie`` and ``post`` and are made anew whenever either changes:

* the author of the post referred to, else whom the post itself names;
* a mention of somebody the post replies to, or whose words it repeats, is no tie of
  its own: the platform makes it by itself;
* of an edited post the ties of the version that stands;
* nobody is tied to themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.ingest.numbering import BEARERS
from hcpgraph.store.ingest.versions import SPOKEN_OF
from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    import duckdb

# What was said of a post by other files counts on; that of files before this one
# may refer to posts that only now came, or that now are one.
AFFECTED: Final = (
    f"""
    insert into affected_post (post)
    select said.post from post_tie said
    join post_name on post_name.native_id = said.refers_to
    where post_name.platform = $platform and (
        post_name.post in (select post from numbered_post where fresh)
        or post_name.native_id in ({SPOKEN_OF}))
    """,
    "insert into affected_post (post) select post from numbered_post",
    "insert into affected_post (post) from contested",
)

_AIMED: Final = """
create temp table aimed as
select said.post, source, said.layer, coalesce(original.author, said.target) as target,
       said.refers_to, named, "at", weight, area, stated, said.file
from post_tie said
semi join affected_post using (post)
join post on post.post = said.post
left join edit on edit.native_id = post.native_id
left join (
    select post_name.native_id, post.author from post_name join post using (post)
    where post_name.platform = $platform
) original on original.native_id = said.refers_to
where edit.native_id is null or coalesce(version, edit.first) = post.native_id
"""

# Whom a handle belongs to that was needed only because the other post is unknown.
_NAMED: Final = "select count(*) from aimed where target is null and named is not null"
_WANTED: Final = "select named from aimed where target is null and named is not null"
_BEARER: Final = f"""
create or replace temp table bearer as {BEARERS.format(wanted=_WANTED)}
"""
_PLACEHOLDERS: Final = """
insert into account (account, platform, handle, listable)
select (select coalesce(max(account), -1) from account)
       + row_number() over (order by named), $platform, named, true
from (select distinct named from aimed where target is null and named is not null)
where named not in (select handle from bearer)
"""
_NAME: Final = """
update aimed set target = account from bearer
where target is null and named = bearer.handle
"""

_LEFT: Final = """
create temp table left_behind as
select target as account from tie where post in (from affected_post)
"""
_FORGET: Final = "delete from tie where post in (from affected_post)"
_GIVES_WAY: Final = """
create temp table gives_way as
select distinct aimed.post, target, automatic.layer
from aimed
join layer act using (layer)
join layer automatic on automatic.name = case act.name
    when 'reply' then 'mention' when 'repost' then 'mention_in_repost' end
where target is not null
"""
_INSERT: Final = """
insert into tie by name
select source, target, layer, max("at") as "at", post, max(weight) as weight, area,
       min(file) as file
from aimed anti join (
    select post, target, layer, false as stated from gives_way
) automatic using (post, target, layer, stated)
where target is not null and target <> source
group by source, target, layer, post, area
"""

# A handle stands for an account as long as anything says so.
GROUNDS: Final = """
    select source from tie union select target from tie
    union select source from post_tie
    union select target from post_tie where target is not null
    union select author from post union select account from account_seen
    union select account from person_account union select account from correction
"""
_ORPHANS: Final = f"""
create or replace temp table orphan as
select account from account
where native_id is null and account in (from left_behind)
  and account not in ({GROUNDS})
"""
CLEAN: Final = tuple(
    f"delete from {table} where account in (select account from orphan)"
    for table in ("account_role", "account_area", "account")
)

_REMARKS: Final = """
select format('{:d} posts refer to posts that are not in the study so far, so nobody '
    'knows whom they {}: such ties come with those posts', count(distinct post),
    case layer.name when 'reply' then 'reply to' else layer.name end)
from aimed join layer using (layer)
where file = $file and refers_to is not null and target is null
group by layer.layer, layer.name order by layer.layer
"""
_SELF_TIES: Final = """
select count(*) from aimed where file = $file and target = source
"""


def make_ties(connection: duckdb.DuckDBPyConnection, *, platform: str) -> None:
    """Make the ties of the posts in ``affected_post`` anew.

    Needs ``edit``; leaves ``aimed``, what they say with whom it is said of.
    """
    where = {"platform": platform}
    execute(connection, _AIMED, where)
    if number(connection, _NAMED):
        for statement in (_BEARER, _PLACEHOLDERS, _BEARER, _NAME):
            execute(connection, statement, where)
    for statement in (_LEFT, _FORGET, _GIVES_WAY, _INSERT):
        connection.execute(statement)
    if number(connection, "select count(*) from left_behind"):
        for statement in (_ORPHANS, *CLEAN):
            connection.execute(statement)


def remark(connection: duckdb.DuckDBPyConnection, *, file: int) -> tuple[str, ...]:
    """What of the posts of a file made no tie, in words; reads ``aimed``."""
    found = execute(connection, _REMARKS, {"file": file}).fetchall()
    return tuple(text for (text,) in found)


def count_self_ties(connection: duckdb.DuckDBPyConnection, *, file: int) -> int:
    """How many ties of the posts of a file are with oneself; reads ``aimed``."""
    return number(connection, _SELF_TIES, {"file": file})
