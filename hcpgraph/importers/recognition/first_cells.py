"""The first rows of a file as texts, to see what its columns hold."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.reading import tables
from hcpgraph.importers.reading.delimited import DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hcpgraph.importers.reading.head import Head

    # names of columns, rows of cells
    Table = tuple[list[str], list[list[str]]]

_HEADERS_TRIED: Final = 8  # notes and a line sep= may stand before the header
_ROWS: Final = 20
_LONGEST: Final = 10_000  # characters of a line that is looked into


def tables_of(
    head: Head, names: Iterable[str] | None, objects: Iterable[dict[str, Any]]
) -> Iterator[Table]:
    """Every table that the file may be, as the header may stand in several lines.

    Args:
        head: the file.
        names: its columns, if it is a table.
        objects: its first objects of JSON; each is a row of its own.
    """
    for one in objects:
        yield (
            list(one),
            [[cell if isinstance(cell, str) else "" for cell in one.values()]],
        )
    if head.parquet:
        yield list(names or ()), tables.first_rows(head, _ROWS)
    if head.parquet or head.text.lstrip()[:1] in ("{", "["):
        return
    lines = [line[:_LONGEST] for line in head.lines()]
    for place, line in enumerate(lines[:_HEADERS_TRIED]):
        for delimiter in DELIMITERS:
            if delimiter in line:
                cut = _split(lines[place : place + _ROWS], delimiter)
                yield cut[0], cut[1:]


def _split(lines: list[str], delimiter: str) -> list[list[str]]:
    """Rows of cells, as far as the quotes are in order."""
    rows = csv.reader(lines, delimiter=delimiter)
    found: list[list[str]] = []
    for _ in lines:
        try:
            found.append(next(rows))
        except (csv.Error, StopIteration):
            break
    return found or [[]]
