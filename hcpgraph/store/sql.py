"""Questions with values in them, and small answers as plain Python values.

DuckDB would take the values as bound parameters, but the first of those makes it
import pandas, which takes longer than most questions. Here they become literals.
"""

from __future__ import annotations

from datetime import date, datetime
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from hcpgraph.model.statements import Statement


def execute(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    asked: Mapping[str, object] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Run *query* with a value of *asked* in the place of each ``$name``.

    Raises:
        KeyError: if *query* names a value that was not given.
        TypeError: if a value is of a kind that no query here needs.
    """
    if asked is None:
        return connection.execute(query)
    values = {name: literal(value) for name, value in asked.items()}
    return connection.execute(Template(query).substitute(values))


def run_statements(
    connection: duckdb.DuckDBPyConnection, statements: Iterable[Statement]
) -> None:
    """Run *statements* in turn, and of those that wait for an answer what fits it."""
    for statement in statements:
        if isinstance(statement, str):
            connection.execute(statement)
        elif connection.execute(statement.query).fetchone():
            run_statements(connection, statement.then)
        else:
            run_statements(connection, statement.otherwise)


def literal(value: object) -> str:
    """A value as DuckDB reads it in the text of a statement.

    >>> literal("it's"), literal(None), literal(7), literal(("a", "b"))
    ("'it''s'", 'null', '7', "['a', 'b']::varchar[]")
    """
    if value is None:
        return "null"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(' ')}'"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]::varchar[]"
    raise TypeError(f"no literal for {value!r}")


def rows(values: Iterable[Iterable[object]]) -> str:
    """What stands behind ``values``, for at least one row.

    >>> rows([(0, "a"), (1, None)])
    "(0, 'a'), (1, null)"
    """
    return ", ".join(f"({', '.join(map(literal, row))})" for row in values)


def _text(value: str) -> str:
    """A string literal; only a function can write the character 0."""
    quoted = ("'" + part.replace("'", "''") + "'" for part in value.split("\0"))
    parts = list(quoted)
    return parts[0] if len(parts) == 1 else f"({' || chr(0) || '.join(parts)})"


def columns(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    asked: Mapping[str, object] | None = None,
) -> dict[str, list[Any]]:
    """The answer column by column, under the names the query gives them."""
    found = execute(connection, query, asked)
    names = [column[0] for column in found.description]
    answers = found.fetchall()
    return {name: [row[i] for row in answers] for i, name in enumerate(names)}


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
    return int(execute(connection, query, asked).fetchall()[0][0])


def has_table(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether there is a table; studies of older versions lack some."""
    query = "select count(*) from duckdb_tables() where table_name = $name"
    return number(connection, query, {"name": name}) > 0


def only_text(
    connection: duckdb.DuckDBPyConnection, table: str, column: str
) -> str | None:
    """The text in a table of one row; None without the row, or the table.

    Studies of older versions lack some tables.
    """
    if not has_table(connection, table):
        return None
    found = connection.execute(f"select {column} from {table}").fetchall()
    return str(found[0][0]) if found else None
