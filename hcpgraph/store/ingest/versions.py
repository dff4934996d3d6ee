"""Edited posts: every version has an id of its own, and all are one post.

A post stands in the newest of its versions that the study holds; the others wait in
``post_again``. ``post_edit`` says which ids are versions of one post, named by the
id of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.sql import execute, number

if TYPE_CHECKING:
    import duckdb

_NOTE: Final = """
insert into post_edit (platform, native_id, first, file)
select distinct $platform, native_id, first, $file from (
    select unnest(edits) as native_id, edits[1] as first
    from staged_posts where len(edits) > 1
) where native_id is not null and first is not null
"""

# Later versions have larger ids. Lists that share an id are of one post, even where
# they begin with different versions: the first of all is then found in rounds.
_EDIT: Final = """
create or replace temp table edit as
select native_id, first,
       row_number() over (order by strlen(native_id), native_id) as place
from (
    select native_id, arg_min(first, (strlen(first), first)) as first from post_edit
    where platform = $platform group by native_id)
"""
_CHAINED: Final = """
create or replace temp table chained as
select late as first, arg_min(early, (strlen(early), early)) as ahead
from (
    select if((strlen(one), one) > (strlen(two), two), one, two) as late,
           if((strlen(one), one) > (strlen(two), two), two, one) as early
    from (
        select one.first as one, two.first as two
        from post_edit said
        join edit one on one.native_id = said.native_id
        join edit two on two.native_id = said.first
        where said.platform = $platform and one.first <> two.first)
) group by late
"""
_SHORTEN: Final = """
update chained set ahead = further.ahead from chained further
where chained.ahead = further.first
"""
_FOLLOWED: Final = """
select count(*) from chained join chained further on chained.ahead = further.first
"""
_HEAD: Final = """
update edit set first = ahead from chained where edit.first = chained.first
"""

# Instead of the view of the study, which knows only lists that begin alike.
_NAMES: Final = """
create or replace temp view post_name as
select platform, native_id, post from post where platform = $platform
union
select post.platform, other.native_id, post.post
from post join edit own using (native_id) join edit other on other.first = own.first
where post.platform = $platform
"""
# Ids of versions of which a file says anything; reads ``edit``.
SPOKEN_OF: Final = """
    select native_id from edit where first in (
        select edit.first from edit join post_edit using (native_id)
        where platform = $platform and file = $file)
"""

# Until now it did not matter which version said a tie: there was one.
_BY_VERSION: Final = """
update post_tie set version = post.native_id
from post semi join edit using (native_id)
where post_tie.post = post.post and post_tie.version is null
  and post.platform = $platform
"""
_SAME_POST: Final = """
create temp table same_post as
select loser, winner from (
    select post.post as loser, min(post.post) over (partition by edit.first) as winner
    from post join edit using (native_id) where post.platform = $platform
) where loser <> winner
"""
_JOIN: Final = (
    *(
        f"update {table} set post = winner from same_post where post = loser"
        for table in ("post", "post_again", "post_tie")
    ),
    *(
        f"delete from {table} where post in (select loser from same_post)"
        for table in ("tie", "post_area")
    ),
    "insert into contested (post) select distinct winner from same_post",
)

# Posts whose versions nothing holds together any more, and the numbers of those that
# leave.
_PART: Final = """
create temp table parting as
select post, native_id, (select max(post) from (from all_posts)) + newcomer as fresh
from (
    select post, native_id, dense_rank() over (order by post, origin) as newcomer,
           dense_rank() over (partition by post order by origin) as place
    from (
        select distinct post, native_id, coalesce(edit.first, native_id) as origin
        from all_posts left join edit using (native_id)
        where post in (from edited_post))
) where place > 1
"""
ALL_POSTS: Final = """
create or replace temp view all_posts as
select post, platform, native_id from post
union all select post, platform, native_id from post_again
"""
_LEAVE: Final = (
    *(
        f"update {table} set post = fresh from parting"
        f" where {table}.post = parting.post and {table}.{name} = parting.native_id"
        for table, name in (
            ("post", "native_id"),
            ("post_again", "native_id"),
            ("post_tie", "version"),
        )
    ),
    "insert into contested (post)"
    " select post from parting union select fresh from parting",
)

_ELECT: Final = (
    """
    create temp table standing as
    select * from post where post in (from contested)
    union all select * from post_again where post in (from contested)
    """,
    "delete from post where post in (from contested)",
    "delete from post_again where post in (from contested)",
    # what is known by its id alone comes last
    """
    create temp table elected as
    select standing.*, row_number() over (
        partition by post
        order by text is null, coalesce(edit.place, 0) desc, file) as turn
    from standing left join edit using (native_id)
    """,
    "insert into post by name select * exclude (turn) from elected where turn = 1",
    "insert into post_again by name"
    " select * exclude (turn) from elected where turn > 1",
    "drop table standing",
    "drop table elected",
)


def know_versions(connection: duckdb.DuckDBPyConnection, *, platform: str) -> None:
    """Make ``edit``: which ids of the platform are versions, of what, in what order.

    And ``post_name``: every id by which a post is known.
    """
    where = {"platform": platform}
    for statement in (_EDIT, _NAMES, _CHAINED):
        execute(connection, statement, where)
    while number(connection, "select count(*) from chained"):
        while number(connection, _FOLLOWED):
            connection.execute(_SHORTEN)
        connection.execute(_HEAD)
        execute(connection, _CHAINED, where)


def note_versions(
    connection: duckdb.DuckDBPyConnection, *, file: int, platform: str
) -> None:
    """Record the versions that staged posts name, and join posts by them.

    Makes ``edit`` as ``know_versions`` does, and ``contested(post)``: posts that stand
    in another row than before.
    """
    where = {"platform": platform}
    execute(connection, _NOTE, {"file": file, **where})
    know_versions(connection, platform=platform)
    connection.execute("create temp table contested (post integer)")
    brought = "select count(*) from post_edit where file = $file"
    if not number(connection, brought, {"file": file}):
        return
    execute(connection, _BY_VERSION, where)
    execute(connection, _SAME_POST, where)
    for statement in _JOIN:
        connection.execute(statement)
    elect(connection)


def part_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Part the versions in ``edited_post`` that are no longer known to be one post."""
    connection.execute(ALL_POSTS)
    connection.execute(_PART)
    for statement in _LEAVE:
        connection.execute(statement)


def elect(connection: duckdb.DuckDBPyConnection) -> None:
    """Choose the best row of each post in ``contested``."""
    if number(connection, "select count(*) from contested"):
        for statement in _ELECT:
            connection.execute(statement)
