"""A study read without some accounts: those of people who object to profiling.

Whoever objects is scored in no way, not even on the way to the scores of others. So
their ties are not there for any question, in one place: views of this connection stand
before the tables, and take away what is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.store.sql import has_table, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

LEFT_OUT: Final = "left_out"  # the table of their numbers, of this connection alone
_MAKE: Final = "create or replace temp table left_out (account integer)"
_UNLISTED: Final = """
create or replace temp view {table} as
select * replace (listable and account not in (from left_out) as listable)
from {study}.main.{table}
"""
_TIES: Final = """
create or replace temp view tie as
select * from {study}.main.tie
where source not in (from left_out) and target not in (from left_out)
"""
_NAME: Final = "select current_database()"


def leave_out(connection: duckdb.DuckDBPyConnection, accounts: Sequence[int]) -> None:
    """Read as if nobody had ties with *accounts*, who may not be listed.

    Args:
        connection: open for reading.
        accounts: account numbers; none changes nothing.
    """
    if not accounts:
        return
    connection.execute(_MAKE)
    connection.execute(
        f"insert into left_out (account) values {rows([(a,) for a in accounts])}"
    )
    name = str(connection.execute(_NAME).fetchall()[0][0])
    study = '"' + name.replace('"', '""') + '"'
    for table in ("account", "profile"):
        connection.execute(_UNLISTED.format(table=table, study=study))
    connection.execute(_TIES.format(study=study))


def left_out(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The accounts that a connection leaves out."""
    if not has_table(connection, LEFT_OUT):
        return []
    asked = connection.execute("from left_out order by account").fetchall()
    return [account for (account,) in asked]
