"""Take one imported file back out, as if it had never come.

What other files brought as well stays. One thing is not undone: accounts that
this file showed to be one and the same stay one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import UnknownFile
from hcpgraph.store.answers import run
from hcpgraph.store.importing import Labelling, label
from hcpgraph.store.numbering import REFRESH
from hcpgraph.store.staging import drop_temporary
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

_POST_HEIRS: Final = """
create temp table post_heir as
select again.* from post_again again
semi join (select post from post where file = $file) gone using (post)
where again.file <> $file
qualify row_number() over (
    partition by post order by text is null, file) = 1
"""

# Posts whose labels may change: those that passed to another file, and reposts of
# posts that are gone.
_RELABEL: Final = """
create temp table new_post as
select post from post_heir
union
select later.post from post later
join post gone on gone.platform = later.platform and gone.native_id = later.refers_to
where gone.file = $file and later.file <> $file
"""

_TOUCHED: Final = """
create temp table touched_account as
select account from account_seen where file = $file
union select author from post where file = $file
union select account from person_account join person using (person)
      where file = $file
union select author from post where post in (select post from new_post)
"""

_FORGET_PROFILES: Final = """
update account set name = null, bio = null, location = null, followers = null,
    following = null, posts = null, verified = null, created_at = null
where account in (select account from touched_account)
"""

_ORPHANS: Final = """
create temp table orphan as
select account from account where account not in (
    select source from tie union select target from tie
    union select author from post union select account from account_seen
    union select account from person_account union select account from correction)
"""

_BY_FILE: Final = (
    "delete from tie where file = $file",
    "delete from tie_again where file = $file",
    "delete from post_area where post in (select post from post where file = $file)",
    "delete from post where file = $file",
    "delete from post_again where file = $file",
    "delete from account_seen where file = $file",
    "delete from registry_match where file = $file",
    "delete from person_account where person in"
    " (select person from person where file = $file)",
    "delete from person where file = $file",
    "delete from reject where file = $file",
    "delete from source_file where file = $file",
)

_INHERIT: Final = (
    "insert into tie by name select * from heir",
    "insert into post by name select * from post_heir",
    "delete from post_again where exists (select 1 from post_heir heir"
    " where heir.post = post_again.post and heir.file = post_again.file)",
)

_CLEAN: Final = tuple(
    f"delete from {table} where account in (select account from orphan)"
    for table in ("account_role", "account_area", "account")
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
    file = {"file": number}
    for statement in (_HEIRS, _POST_HEIRS, _RELABEL, _TOUCHED):
        run(connection, statement, file)
    connection.execute(_DROP_HEIRS)
    for statement in _BY_FILE:
        run(connection, statement, file)
    for statement in (*_INHERIT, _FORGET_PROFILES, REFRESH, _ORPHANS, *_CLEAN):
        connection.execute(statement)
    label(connection, labelling)
    drop_temporary(connection)
