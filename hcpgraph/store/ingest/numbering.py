"""From platform ids and handles to account numbers.

Identity is (platform, native id). An account that a file knows by its handle
alone gets a placeholder; once any file says which id that handle belongs to, the
placeholder becomes that account, and every tie follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    import duckdb


# Every way in which the file names an account. Handles compare case-insensitively. A
# handle in a repost is left for later: its author is whoever wrote the original.
_REFERENCES: Final = """
create temp table reference as
select native_id, handle, max(line) as line from (
    select native_id, lower(handle) as handle, line from staged_accounts
    union all select author_id, lower(author_handle), line from staged_posts
    union all select source_id, lower(source_handle), line from staged_ties
    union all select target_id, lower(target_handle), line from staged_ties
        where target_id is not null or refers_to is null
    union all select native_id, lower(handle), line from staged_people
)
where native_id is not null or handle is not null
group by native_id, handle
"""

# The file's own word on whose handle it is; the last line wins.
_OWNERS: Final = """
create temp table handle_owner as
select handle, arg_max(native_id, (line, native_id)) as native_id from reference
where native_id is not null and handle is not null
group by handle
"""

_CLAIMS: Final = """
create temp table claim as
select placeholder.account as placeholder, owner.native_id, known.account as known
from handle_owner owner
join account placeholder
  on placeholder.platform = $platform and placeholder.native_id is null
 and lower(placeholder.handle) = owner.handle
left join account known
  on known.platform = $platform and known.native_id = owner.native_id
"""

# The files that knew a placeholder by its handle go on saying so: the handle is not
# that of the claiming file alone.
_SAID_BEFORE: Final = """
insert into account_seen (account, file, handle)
select placeholder, naming.file, account.handle
from (select distinct placeholder from claim)
join account on account.account = placeholder
join (
    select source as account, file from tie union select target, file from tie
    union select source, file from tie_again union select target, file from tie_again
    union select source, file from post_tie union select target, file from post_tie
    union select author, file from post union select author, file from post_again
    union select account, file from person_account join person using (person)
) naming on naming.account = placeholder
anti join account_seen known
  on known.account = placeholder and known.file = naming.file
"""

# One id may own several handles over time: it takes one placeholder as its own,
# the others merge into it.
_ADOPT: Final = """
create temp table adopted as
select native_id, min(placeholder) as account from claim
where known is null group by native_id
"""
_TAKE_OVER: Final = """
update account set native_id = adopted.native_id from adopted
where account.account = adopted.account
"""
_MERGES: Final = """
create temp table merge as
select claim.placeholder as loser, coalesce(claim.known, adopted.account) as winner
from claim left join adopted using (native_id)
where claim.placeholder <> coalesce(claim.known, adopted.account)
"""

_NEW_IDS: Final = """
insert into account (account, platform, native_id, listable)
select (select coalesce(max(account), -1) from account)
       + row_number() over (order by native_id), $platform, native_id, true
from (select distinct native_id from reference where native_id is not null)
anti join (select native_id from account where platform = $platform) known
using (native_id)
"""

_ID_NUMBER: Final = """
create temp table id_number as
select native_id, account from account
semi join (select distinct native_id from reference) named using (native_id)
where platform = $platform and native_id is not null
"""

# Whose the *wanted* handles are: of whoever bears one in the study, an account with
# an id before a placeholder; else of whom a file said that they bore it once.
BEARERS: Final = """
select handle, arg_max(account, (standing, file, account)) as account from (
    select lower(handle) as handle, account, 0 as file,
           case when native_id is null then 1 else 2 end as standing
    from account where platform = $platform
    union all
    select lower(seen.handle), account, seen.file, 0
    from account_seen seen join account using (account)
    where platform = $platform and native_id is not null
) where handle in ({wanted}) group by handle
"""

# A handle met without an id belongs to whom this file says, else to its bearer in the
# study, else to nobody yet.
_HANDLES: Final = f"""
create temp table handle_number as
select handle, coalesce(said.account, borne.account) as account
from (select distinct handle from reference where native_id is null) wanted
left join (
    select handle, account from handle_owner join id_number using (native_id)
) said using (handle)
left join (
    {BEARERS.format(wanted="select handle from reference where native_id is null")}
) borne using (handle)
"""
_PLACEHOLDERS: Final = """
insert into account (account, platform, handle, listable)
select (select coalesce(max(account), -1) from account)
       + row_number() over (order by handle), $platform, handle, true
from handle_number where account is null
"""
_FILL_HANDLES: Final = """
update handle_number set account = fresh.account
from (select lower(handle) as handle, account from account
      where platform = $platform and native_id is null) fresh
where handle_number.account is null and fresh.handle = handle_number.handle
"""

# What the file says of each account, one row: per field, the last line that says
# anything, and of one line the first row. Handles met beside an id in posts and ties
# count as said; of those in one line it is any, but always the same.
_SEEN: Final = """
insert into account_seen by name
select coalesce(by_id.account, by_handle.account) as account, $file as file,
       arg_max(said.handle, (said.line, said.handle)) as handle,
       arg_max(said.name, said.line) as name,
       arg_max(said.bio, said.line) as bio,
       arg_max(said.location, said.line) as location,
       arg_max(said.followers, said.line) as followers,
       arg_max(said.following, said.line) as following,
       arg_max(said.posts, said.line) as posts,
       arg_max(said.verified, said.line) as verified,
       arg_max(said.created_at, said.line) as created_at
from (
    select * exclude (record)
        replace (((line + 1) << 32) - 1 - rowid as line) from staged_accounts
    union all by name
    select native_id, handle, line << 32 as line from (
        select native_id, handle, line from staged_people
        union all select author_id, author_handle, line from staged_posts
        union all select source_id, source_handle, line from staged_ties
        union all select target_id, target_handle, line from staged_ties
    ) where native_id is not null and handle is not null
) said
left join id_number by_id on said.native_id = by_id.native_id
left join handle_number by_handle
  on by_handle.handle = case when said.native_id is null then lower(said.handle) end
where coalesce(by_id.account, by_handle.account) is not null
group by all
"""

# The account as the newest file that says anything of a field has it.
REFRESH: Final = """
update account set
    handle = coalesce(said.handle, account.handle), name = said.name, bio = said.bio,
    location = said.location, followers = said.followers,
    following = said.following, posts = said.posts, verified = said.verified,
    created_at = said.created_at
from (
    select account, arg_max(handle, (file, handle)) as handle,
           arg_max(name, file) as name,
           arg_max(bio, file) as bio, arg_max(location, file) as location,
           arg_max(followers, file) as followers,
           arg_max(following, file) as following, arg_max(posts, file) as posts,
           arg_max(verified, file) as verified,
           arg_max(created_at, file) as created_at
    from account_seen semi join touched_account using (account) group by account
) said
where account.account = said.account
"""

# Posts that name somebody by a handle whose bearer may be another one now.
RENAMED: Final = """
insert into affected_post (post)
select post from post_tie where named in (
    select lower(handle) from account semi join touched_account using (account)
    union
    select lower(handle) from account_seen semi join touched_account using (account)
)
"""
_RENAMED_HERE: Final = """
insert into affected_post (post)
select post from post_tie where named in (select handle from reference)
"""

# (table, column) of everything that names an account.
REFERRING: Final = (
    ("post", "author"),
    ("post_again", "author"),
    ("post_tie", "source"),
    ("post_tie", "target"),
    ("account_seen", "account"),
    ("person_account", "account"),
    ("registry_match", "account"),
    ("touched_account", "account"),
)

_DERIVED: Final = ("account_role", "account_area")

# What files say as a whole of the areas of their accounts is not derived.
_MOVE_AREAS: Final = """
insert into account_area by name
select distinct winner as account, area, source, evidence, file
from account_area join merge on account = loser where source = 'file'
"""

# The ties of posts are made anew from what the posts say.
_AFFECTED: Final = """
insert into affected_post (post)
select post from tie where post is not null
  and (source in (select loser from merge) or target in (select loser from merge))
union
select post from post_tie
where source in (select loser from merge) or target in (select loser from merge)
"""

# What the loser and the winner both did may now be one tie: those rows are taken
# out, regrouped by file, and the first file's put back as the tie.
_TAKE_OUT: Final = """
create temp table moved as
select coalesce(s.winner, t.source) as source, coalesce(d.winner, t.target) as target,
       t.layer, t."at", t.post, t.weight, t.area, t.file
from (select * from tie union all select * from tie_again) t
left join merge s on t.source = s.loser
left join merge d on t.target = d.loser
where t.post is null
  and (t.source in (select loser from merge union select winner from merge)
    or t.target in (select loser from merge union select winner from merge))
"""
_DELETE: Final = """
delete from {table}
where post is null
  and (source in (select loser from merge union select winner from merge)
    or target in (select loser from merge union select winner from merge))
"""
_REGROUP: Final = """
create temp table regrouped as
select source, target, layer, "at", post, max(weight) as weight, area, file,
       row_number() over (
           partition by source, target, layer, "at", post, area order by file
       ) as place
from moved
where source <> target -- what the loser and the winner did to each other is no tie
group by source, target, layer, "at", post, area, file
"""


def number_ids(connection: duckdb.DuckDBPyConnection, *, platform: str) -> None:
    """Number every id of ``reference`` in ``id_number(native_id, account)``."""
    execute(connection, _NEW_IDS, {"platform": platform})
    execute(connection, _ID_NUMBER, {"platform": platform})


def number_accounts(
    connection: duckdb.DuckDBPyConnection, *, file: int, platform: str
) -> None:
    """Give every account of the staged file its number, old or new.

    Leaves the temporary tables ``id_number(native_id, account)``,
    ``handle_number(handle, account)`` for references without an id,
    ``touched_account(account)``, those whose profile the file speaks of, and
    ``affected_post(post)``, posts of accounts that turned out to be one.
    """
    where = {"platform": platform}
    connection.execute("create temp table affected_post (post integer)")
    connection.execute(_REFERENCES)
    connection.execute(_OWNERS)
    connection.execute("create temp table touched_account (account integer)")
    execute(connection, _CLAIMS, where)
    if number(connection, "select count(*) from claim"):
        connection.execute(_SAID_BEFORE)
    connection.execute(_ADOPT)
    connection.execute(_TAKE_OVER)
    connection.execute(_MERGES)
    merge_accounts(connection)
    number_ids(connection, platform=platform)
    execute(connection, _HANDLES, where)
    execute(connection, _PLACEHOLDERS, where)
    execute(connection, _FILL_HANDLES, where)
    execute(connection, _SEEN, {"file": file})
    execute(
        connection,
        "insert into touched_account (account)"
        " select account from account_seen where file = $file",
        {"file": file},
    )
    for statement in (_RENAMED_HERE, RENAMED, REFRESH):
        connection.execute(statement)


def merge_accounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Move all rows of ``merge.loser`` to ``merge.winner`` and drop the losers.

    Corrections made by hand move too, unless the winner has its own. Reads the
    temporary table ``merge(loser, winner)``; a winner is nobody's loser. Posts whose
    ties have to be made anew are added to ``affected_post``.
    """
    if not number(connection, "select count(*) from merge"):
        return
    connection.execute("insert into touched_account (account) select winner from merge")
    connection.execute(_AFFECTED)
    for table, column in REFERRING:
        connection.execute(
            f"update {table} set {column} = merge.winner from merge"
            f" where {table}.{column} = merge.loser"
        )
    connection.execute(
        "insert into correction (account, field, value)"
        " select winner, field, min(value) from correction"
        " join merge on account = loser group by winner, field on conflict do nothing"
    )
    connection.execute(_MOVE_AREAS)
    connection.execute(_TAKE_OUT)
    for table in ("tie", "tie_again"):
        connection.execute(_DELETE.format(table=table))
    connection.execute(_REGROUP)
    for table, which in (("tie", "place = 1"), ("tie_again", "place > 1")):
        connection.execute(
            f"insert into {table} by name"
            f" select * exclude (place) from regrouped where {which}"
        )
    for table in (*_DERIVED, "correction", "account"):
        connection.execute(
            f"delete from {table} where account in (select loser from merge)"
        )
