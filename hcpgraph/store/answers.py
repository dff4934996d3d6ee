"""Small answers of the database as plain Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb


def columns(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    asked: Mapping[str, object] | None = None,
) -> dict[str, list[Any]]:
    """The answer column by column, under the names the query gives them."""
    found = connection.execute(query, dict(asked) if asked else None)
    names = [column[0] for column in found.description]
    rows = found.fetchall()
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def records(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    asked: Mapping[str, object] | None = None,
) -> list[dict[str, Any]]:
    """The answer row by row."""
    found = columns(connection, query, asked)
    return [
        dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)
    ]


def number(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    asked: Mapping[str, object] | None = None,
) -> int:
    """The one whole number that the query gives."""
    found = connection.execute(query, dict(asked) if asked else None).fetchall()
    return int(found[0][0])
