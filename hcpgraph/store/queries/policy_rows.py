"""The policy that a study holds, as it was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.store.sql import execute, has_table

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb


def read_policy(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The text of the policy in force; None where none was set."""
    if not has_table(connection, "policy"):  # a study of an older version
        return None
    found = connection.execute("select text from policy").fetchall()
    return str(found[0][0]) if found else None


def read_identity(connection: duckdb.DuckDBPyConnection) -> str:
    """Which study this is; empty for studies of older versions."""
    if not has_table(connection, "identity"):
        return ""
    found = connection.execute("select id from identity").fetchall()
    return str(found[0][0]) if found else ""


def write_policy(
    connection: duckdb.DuckDBPyConnection, text: str, at: datetime
) -> None:
    """Replace the policy; inside a transaction."""
    connection.execute("delete from policy")
    execute(
        connection,
        "insert into policy (text, set_at) values ($text, $at)",
        {"text": text, "at": at},
    )
