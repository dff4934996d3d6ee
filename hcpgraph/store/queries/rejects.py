"""The ledger of unusable rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def read_rejects(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, str]]:
    """Every row that no import could use, as (file, line, reason), in file order."""
    found: list[tuple[str, int, str]] = connection.execute(
        "select path, coalesce(line, 0), reason from reject"
        " join source_file using (file) order by file, line, reason"
    ).fetchall()
    return found
