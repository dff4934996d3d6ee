"""A file that belongs to a disease area as a whole: its accounts and its posts.

A list of followers has no area, and often the person who collected it knows one.
``file_area`` keeps the area of a file. The accounts that the file names work in it
(``account_area``, each row with its file), so that ties between them, without a post
or with one that cannot be read, are in the area by the rule for follows. Its posts are
about the area, beside those that their texts name. An area in a row wins over that of
its file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.arrays import GROUP, registered
from hcpgraph.store.sql import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.store.arrays import Columns

_NOTE: Final = """
insert into file_area (file, area)
select $file::integer, area from area where slug = $slug
"""
_INSERT: Final = """
insert into account_area by name
select account, (select area from area where slug = $slug) as area, 'file' as source,
       'in a file imported for ' || $slug as evidence, $file::integer as file
from {named}
"""
# Everyone the file names, but those only of rows that have an area of their own; own is
# null for rows that cannot have one.
_NAMED: Final = """
create temp table named_account as
select coalesce(by_id.account, by_handle.account) as account
from (
    select native_id as id, lower(handle) as handle, null::boolean as own
    from staged_accounts
    union all select author_id, lower(author_handle), null from staged_posts
    union all select source_id, lower(source_handle), area is not null from staged_ties
    union all select target_id, lower(target_handle), area is not null from staged_ties
        where target_id is not null or refers_to is null
    union all select native_id, lower(handle), area is not null from staged_people
) said
left join id_number by_id on said.id = by_id.native_id
left join handle_number by_handle
  on by_handle.handle = case when said.id is null then said.handle end
where coalesce(by_id.account, by_handle.account) is not null
group by 1 having not coalesce(bool_and(own), false)
order by 1
"""
# Posts that the study knew already are now about the area, too.
_RELABEL: Final = """
insert into new_post (post)
select post from numbered_post anti join new_post known using (post)
"""

# Posts that other files hold as well; of the file that is taken out.
SHARED_POSTS: Final = """
create temp table shared_post as
select post from post_again where file = $file and file in (select file from file_area)
"""
FORGET: Final = (
    "delete from account_area where source = 'file' and file = $file",
    "delete from file_area where file = $file",
)


def write_area(connection: duckdb.DuckDBPyConnection, slug: str, *, file: int) -> None:
    """Note the area of the staged file, with its accounts and, to label, its posts."""
    said = {"slug": slug, "file": file}
    execute(connection, _NOTE, said)
    connection.execute(_NAMED)
    execute(connection, _INSERT.format(named="named_account"), said)
    connection.execute(_RELABEL)


def add_accounts(
    connection: duckdb.DuckDBPyConnection,
    slug: str,
    accounts: NDArray[np.int32],
    *,
    file: int,
) -> None:
    """The same for a long list of ties: *accounts*, at least one, and no posts."""
    said = {"slug": slug, "file": file}
    execute(connection, _NOTE, said)
    with registered(connection, "named", _blocks(accounts), rows=len(accounts)):
        execute(connection, _INSERT.format(named="named"), said)


def _blocks(accounts: NDArray[np.int32]) -> Iterator[Columns]:
    for start in range(0, len(accounts), GROUP):
        yield {"account": accounts[start : start + GROUP]}
