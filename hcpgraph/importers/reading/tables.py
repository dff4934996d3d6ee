"""Tables, whether they are delimited text or Parquet: header and rows as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors import UnknownFormat
from hcpgraph.importers.reading import delimited, edge_lists
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.delimited import Header, check_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.reading.parquet import ParquetTable
    from hcpgraph.model.files import EdgeBlock

__all__ = [
    "Header",
    "blocks",
    "check_header",
    "first_rows",
    "header_of",
    "positions_of",
    "rejects",
    "stage",
    "table_of",
]


def header_of(head: Head) -> Header | None:
    """The columns of a table, or None if the file is none.

    Raises:
        ExportError: if it is a Parquet file and damaged.
    """
    if not head.parquet:
        return delimited.header_of(head)
    names = (name.strip() for name in _parquet(head).schema.names)
    return Header(",", tuple(names), 0)


def first_rows(head: Head, most: int) -> list[list[str]]:
    """The texts in the first rows of a Parquet file; other cells are empty.

    Raises:
        ExportError: if it is damaged.
    """
    return _parquet(head).first_rows(most)


def table_of(head: Head) -> Header:
    """The columns of what must be a table.

    Raises:
        UnknownFormat: if it is none.
        ExportError: if a column is named twice, or a Parquet file is damaged.
    """
    header = header_of(head)
    if header is None:
        raise UnknownFormat(
            head.path, "is no table: its first line names no columns between delimiters"
        )
    check_header(head, header)
    return header


def positions_of(header: Header, columns: Mapping[str, str]) -> dict[str, int]:
    """Where columns known by name stand; those that are absent are left out.

    Args:
        header: the columns of the file.
        columns: name in ``raw`` -> name in the file.
    """
    folded = header.folded
    return {
        name: folded[fold(column)]
        for name, column in columns.items()
        if fold(column) in folded
    }


def stage(
    head: Head,
    header: Header,
    columns: Mapping[str, int],
    *,
    ids: tuple[str, ...] = (),
    absent: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Statements that make ``raw``: line, *columns* as trimmed text, broken.

    Args:
        head: the file.
        header: its columns.
        columns: name in ``raw`` -> position in the file; at least one. Empty cells
            become null.
        ids: those of *columns* that hold ids.
        absent: further columns of ``raw``, all null.

    Raises:
        ExportError: if a Parquet column cannot hold ids, or times without a zone.
    """
    added = (f"alter table raw add column {name} varchar" for name in sorted(absent))
    if not head.parquet:
        return (*delimited.stage(head, header, columns), *added)
    return (_parquet(head).stage(columns, ids), *added)


def blocks(
    head: Head, header: Header, columns: Mapping[str, int]
) -> Callable[[], Iterator[EdgeBlock]] | None:
    """How to read a table of ties as plain numbers, if it may be nothing else."""
    if head.parquet:
        return _parquet(head).blocks(columns)
    return edge_lists.from_csv(head, header, columns)


def _parquet(head: Head) -> ParquetTable:
    from hcpgraph.importers.reading.parquet import ParquetTable  # noqa: PLC0415 - pyarrow, 0.1 s

    return ParquetTable(head)


def rejects(head: Head, header: Header) -> str:
    """A query that gives line and reason of what is no row at all."""
    if head.parquet:
        return "select line, broken as reason from raw where false"
    return delimited.rejects(header)
