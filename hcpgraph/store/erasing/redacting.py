"""Remove words from texts of others, in whatever table they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.erasure import ERASED
from hcpgraph.store.erasing.deleting import count
from hcpgraph.store.sql import execute, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb

    from hcpgraph.model.erasure import Patterns

# Identifiers of others, digests, and words of hcpgraph itself.
_NOT_WORDS: Final = frozenset({
    "native_id", "handle", "platform", "sha256", "format", "hash", "proof", "kind",
    "lang", "version", "first", "origin", "registry", "match_basis", "source", "role",
    "field", "slug", "edits", "source_id", "source_handle", "target_id", "layer",
    "target_handle", "post_id", "refers_to", "author_id", "author_handle", "named",
})  # fmt: skip
_OWN_NAMES: Final = frozenset({"name", "value"})  # of other people
_PATH: Final = "path"
_LINES: Final = frozenset({"notes"})  # lists of sentences, not of tags
_TEXT, _TEXTS = "VARCHAR", "VARCHAR[]"

_COLUMNS: Final = """
select table_name, column_name, data_type from duckdb_columns()
semi join (select table_name from duckdb_tables()
           where not internal and temporary = $temporary) using (table_name)
where not internal and data_type in ('VARCHAR', 'VARCHAR[]')
  and starts_with(table_name, $prefix)
order by table_name, column_index
"""
_COVER: Final = f"regexp_replace({{0}}, $pattern, '\\1{ERASED}\\2', 'g')"
_TWICE: Final = _COVER.format(_COVER.format("{0}"))  # neighbours share a blank
_SETS: Final[Mapping[str, tuple[str, str]]] = {
    _TEXT: (_TWICE, "regexp_matches({0}, $pattern)"),
    _TEXTS: (
        "list_filter({0}, lambda one: not regexp_matches(one, $pattern))",
        "len(list_filter({0}, lambda one: regexp_matches(one, $pattern))) > 0",
    ),
}
_OF_LINES: Final = f"list_transform({{0}}, lambda one: {_TWICE.format('one')})"

# An area that only a file names may bear somebody's name; its slug is one of a kind.
_AREAS: Final = """
update area set slug = 'erased-' || area, name = 'erased'
where origin = 'file' and (regexp_matches(name, $pattern)
      or regexp_matches(replace(slug, '-', ' '), $pattern))
"""


def redact(
    connection: duckdb.DuckDBPyConnection, patterns: Patterns, *, staged: bool = False
) -> dict[str, int]:
    """Remove what matches from all texts; the rows changed, by table.

    Args:
        connection: inside a transaction, or with staged tables.
        patterns: what is removed.
        staged: look at the tables of an import, not at those of the study.
    """
    changed: dict[str, int] = {}
    if not patterns.named:
        return changed
    if not staged:
        count(changed, "area", _run(connection, _AREAS, patterns.named))
    for table, column, kind in _columns(connection, staged=staged):
        pattern = _pattern(patterns, table, column)
        if not pattern:
            continue
        value, test = _SETS[kind]
        if column in _LINES:
            value = _OF_LINES
        cell = f'"{column}"'
        update = f'update "{table}" set {cell} = {value} where {test}'.replace(
            "{0}", cell
        )
        count(changed, table, _run(connection, update, pattern))
    return changed


def count_matches(
    connection: duckdb.DuckDBPyConnection, patterns: Patterns
) -> Iterator[tuple[str, str, int]]:
    """Table, column and number of cells that a pattern matches, for all texts."""
    for table, column, kind in _columns(connection, staged=False):
        pattern = _pattern(patterns, table, column)
        if not pattern:
            continue
        test = _SETS[kind][1].replace("{0}", f'"{column}"')
        query = f'select count(*) from "{table}" where {test}'
        yield table, column, _run(connection, query, pattern)


def _columns(
    connection: duckdb.DuckDBPyConnection, *, staged: bool
) -> Iterable[tuple[str, str, str]]:
    asked = {"temporary": staged, "prefix": "staged_" if staged else ""}
    found = execute(connection, _COLUMNS, asked).fetchall()
    return [
        row
        for row in found
        if row[1] not in _NOT_WORDS and row[0] not in {"layer", "area", "study"}
    ]


def _pattern(patterns: Patterns, table: str, column: str) -> str:
    """What is removed from a column: of the names of others, ids and handles alone."""
    if column == _PATH:
        return patterns.path
    own = column in _OWN_NAMES and table != "source_file"
    return patterns.called if own else patterns.named


def _run(connection: duckdb.DuckDBPyConnection, query: str, pattern: str) -> int:
    """Run a statement about a pattern; how many rows it changed, or counted."""
    said = query.replace("$pattern", literal(pattern))
    return int(connection.execute(said).fetchall()[0][0])
