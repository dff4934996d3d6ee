"""Take one imported file back out, as if it had never come.

What other files brought as well stays. One thing is not undone: accounts that
this file showed to be one and the same stay one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import UnknownFile
from hcpgraph.store.ingest.file_areas import FORGET, SHARED_POSTS
from hcpgraph.store.ingest.importing import Labelling, label
from hcpgraph.store.ingest.numbering import REFRESH, RENAMED
from hcpgraph.store.ingest.resolving import CLEAN, GROUNDS, make_ties
from hcpgraph.store.ingest.staging import drop_temporary
from hcpgraph.store.ingest.versions import (
    ALL_POSTS,
    SPOKEN_OF,
    elect,
    know_versions,
    part_versions,
)
from hcpgraph.store.sql import execute
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

# For each tie of the file: the first other file that brought it too.
_HEIRS: Final = """
create temp table heir as
select again.* from tie_again again
semi join (select * from tie where file = $file) tie
  on tie.source = again.source and tie.target = again.target
 and tie.layer = again.layer and tie."at" is not distinct from again."at"
 and tie.post is not distinct from again.post
 and tie.area is not distinct from again.area
where again.file <> $file
qualify row_number() over (
    partition by source, target, layer, "at", post, area order by file) = 1
"""
_DROP_HEIRS: Final = """
delete from tie_again where exists (
    select 1 from heir where heir.file = tie_again.file
    and heir.source = tie_again.source and heir.target = tie_again.target
    and heir.layer = tie_again.layer and heir."at" is not distinct from tie_again."at"
    and heir.post is not distinct from tie_again.post
    and heir.area is not distinct from tie_again.area)
"""

# Posts of the file: those it stands for pass to another file.
_OWN: Final = (
    "insert into contested (post) select post from post where file = $file",
    f"""
    create temp table edited_post as
    select distinct post from all_posts
    where platform = $platform and native_id in ({SPOKEN_OF})
    """,
    f"""
    create temp table own_name as
    select native_id from post_name
    where post in (
        from contested union select post from post_again where file = $file
        union from edited_post)
    union {SPOKEN_OF}
    """,
    """
    create temp table affected_post as
    select post from contested
    union select post from post_again where file = $file
    union select post from post_tie where file = $file
    union select post from post_tie where refers_to in (from own_name)
    union from edited_post
    """,
)
# Whoever may be in nothing else any more was named by one of them.
_PASSED: Final = "insert into affected_post (post) from contested"

# Posts whose labels may change: those that passed to another file or were in the area
# of this one, and reposts of posts that are gone.
_RELABEL: Final = """
create temp table new_post as
select post from post semi join contested using (post)
union
select post from post semi join shared_post using (post)
union
select post from post
where kind = 'repost' and platform = $platform and refers_to in (from own_name)
"""

_TOUCHED: Final = """
create temp table touched_account as
select account from account_seen where file = $file
union select author from post where file = $file
union select account from person_account join person using (person)
      where file = $file
"""
_TOUCHED_AUTHORS: Final = """
insert into touched_account (account)
select author from post where post in (select post from new_post)
  and author not in (from touched_account)
"""

_FORGET_HANDLES: Final = """
update account set handle = null from account_seen seen
where seen.file = $file and seen.account = account.account
  and native_id is not null and seen.handle = account.handle
"""
_FORGET_PROFILES: Final = """
update account set name = null, bio = null, location = null, followers = null,
    following = null, posts = null, verified = null, created_at = null
where account in (select account from touched_account)
"""

_ORPHANS: Final = f"""
create or replace temp table orphan as
select account from account where account not in ({GROUNDS})
"""

_BY_FILE: Final = (
    "delete from tie where file = $file",
    "delete from tie_again where file = $file",
    "delete from post_area where post in (select post from post where file = $file)",
    "delete from post where file = $file",
    "delete from post_again where file = $file",
    "delete from post_tie where file = $file",
    "delete from post_edit where file = $file",
    "delete from account_seen where file = $file",
    "delete from registry_match where file = $file",
    "delete from person_account where person in"
    " (select person from person where file = $file)",
    "delete from person where file = $file",
    *FORGET,
    "delete from consent where file = $file",
    "delete from consent_name where file = $file",
    "delete from reject where file = $file",
    "delete from source_file where file = $file",
)


def remove_file(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    labelling: Labelling,
    *,
    study: Path,
) -> str:
    """Take the file called *name* out, in one transaction.

    Args:
        connection: open for writing, outside any transaction.
        name: the path given at import, its last part if only one file bears it,
            or at least eight first digits of its SHA-256.
        labelling: what to run on posts and accounts whose grounds changed.
        study: path of the study, for messages.

    Returns:
        The path under which the file was imported.

    Raises:
        UnknownFile: if the study holds no such file, or several.
    """
    number, path = _find(connection, name)
    with transaction(connection, study):
        _take_out(connection, number, labelling)
    return path


def _find(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[int, str]:
    files = connection.execute(
        "select file, path, sha256 from source_file order by file"
    ).fetchall()
    exact = [row for row in files if row[1] == name]
    loose = [
        row
        for row in files
        if row[1].replace("\\", "/").rsplit("/", 1)[-1] == name
        or (len(name) >= 8 and row[2].startswith(name.lower()))
    ]
    found = exact or loose
    if len(found) != 1:
        raise UnknownFile(name, [row[1] for row in (found or files)])
    return int(found[0][0]), str(found[0][1])


def _take_out(
    connection: duckdb.DuckDBPyConnection, number: int, labelling: Labelling
) -> None:
    drop_temporary(connection)
    platform = _platform(connection, number)
    file = {"file": number, "platform": platform}
    connection.execute("create temp table contested (post integer)")
    know_versions(connection, platform=platform)
    connection.execute(ALL_POSTS)
    for statement in (
        *(_HEIRS, *_OWN, SHARED_POSTS),
        *(_TOUCHED, RENAMED, _FORGET_HANDLES),
    ):
        execute(connection, statement, file)
    connection.execute(_DROP_HEIRS)
    for statement in _BY_FILE:
        execute(connection, statement, file)
    connection.execute("insert into tie by name select * from heir")
    # What accounts are called decides whose the handles are that posts name.
    for statement in (_FORGET_PROFILES, REFRESH):
        connection.execute(statement)
    _settle_posts(connection, platform)
    execute(connection, _RELABEL, file)
    for statement in (_TOUCHED_AUTHORS, _ORPHANS, *CLEAN):
        connection.execute(statement)
    label(connection, labelling)
    drop_temporary(connection)


def _platform(connection: duckdb.DuckDBPyConnection, file: int) -> str:
    query = "select platform from source_file where file = $file"
    return str(execute(connection, query, {"file": file}).fetchall()[0][0])


def _settle_posts(connection: duckdb.DuckDBPyConnection, platform: str) -> None:
    """Let posts pass to the files that are left, and make their ties anew."""
    know_versions(connection, platform=platform)
    part_versions(connection)
    elect(connection)
    connection.execute(_PASSED)
    make_ties(connection, platform=platform)
