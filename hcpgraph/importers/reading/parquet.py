"""Parquet tables: their columns, and the SQL that reads them as text."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import edge_lists, sql
from hcpgraph.importers.reading.edge_lists import UNUSABLE
from hcpgraph.model.files import EdgeBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from hcpgraph.importers.reading.edge_lists import Ends, Numbers
    from hcpgraph.importers.reading.head import Head


_READ: Final = """
create or replace temp table raw as
select file_row_number + 1 as line, $cells, null::varchar as broken
from read_parquet($file, file_row_number = true, hive_partitioning = false)
"""

# Whole numbers that a floating one keeps exact are written as such; of others only
# a rounded form is left, and no cell is a number that is none.
_FLOATING: Final = """case when not isfinite($column) then null
    when $column = trunc($column) and abs($column) <= $exact
    then $column::bigint::varchar
    when $column = trunc($column) then format('{:e}', $column)
    else $column::varchar end"""
# Bits of a number -> the largest whole one that no other is rounded to.
_EXACT: Final = {16: 2**11 - 1, 32: 2**24 - 1, 64: 2**53}
_DECIMAL: Final = """case when $column = trunc($column)
    then trunc($column)::hugeint::varchar else $column::varchar end"""

_ROWS: Final = 2**19  # rows read together


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file.

    Attributes:
        head: its beginning.
    """

    head: Head

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns and their types.

        Raises:
            ExportError: if the file is damaged.
        """
        with self._damage():
            return pq.read_schema(self.head.path)

    def first_rows(self, most: int) -> list[list[str]]:
        """The texts in the first rows; other cells are empty.

        Raises:
            ExportError: if the file is damaged.
        """
        path = self.head.path
        with self._damage(), pq.ParquetFile(path, pre_buffer=False) as table:
            batch = next(table.iter_batches(most), None)
            columns = [] if batch is None else [c.to_pylist() for c in batch.columns]
        return [
            [cell if isinstance(cell, str) else "" for cell in row]
            for row in zip(*columns, strict=True)
        ]

    def stage(self, columns: Mapping[str, int], ids: tuple[str, ...]) -> str:
        """A statement that makes ``raw``: line (the row, from 1), *columns* as text.

        As of a delimited file there is ``broken``, which no row is. Numbers in *ids*
        are written as ids are.

        Raises:
            ExportError: if one of *ids* cannot hold ids, or times have no zone.
        """
        self._check_ids([columns[name] for name in ids if name in columns])
        if "time" in columns:
            self._check_time(columns["time"])
        texts = {
            name: _text(self.schema.field(position), exact=name in ids)
            for name, position in columns.items()
        }
        cells = ", ".join(
            f"nullif(trim({text}), '') as {name}" for name, text in texts.items()
        )
        return sql.fill(_READ, cells=cells, file=sql.file(self.head.path))

    def blocks(
        self, columns: Mapping[str, int]
    ) -> Callable[[], Iterator[EdgeBlock]] | None:
        """How to read ties as plain numbers; None if more is read than both ends."""
        if columns.keys() != edge_lists.ENDS:
            return None
        names = {end: self.schema.field(columns[end]).name for end in columns}
        return blocks_of(self.head.path, names)

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Raise ``ExportError`` for what pyarrow finds wrong."""
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            raise ExportError(
                self.head.path, f"is a damaged Parquet file ({error}); export it again"
            ) from error

    def _check_ids(self, positions: Iterable[int]) -> None:
        """Refuse columns that hold neither text nor numbers.

        Decimal numbers can be ids: each is looked at by itself.
        """
        for position in positions:
            field = self.schema.field(position)
            kind = field.type
            if types.is_dictionary(kind):
                kind = kind.value_type
            text = types.is_string(kind) or types.is_large_string(kind)
            number = types.is_integer(kind) or _is_decimal(kind)
            if text or types.is_string_view(kind) or types.is_null(kind) or number:
                continue
            raise ExportError(
                self.head.path,
                f"column {field.name!r} holds {field.type}, which is no id; write ids "
                "as text or integers",
            )

    def _check_time(self, position: int) -> None:
        """Refuse times of which nobody knows the zone."""
        field = self.schema.field(position)
        naive = types.is_timestamp(field.type) and field.type.tz is None
        if naive or types.is_date(field.type):
            raise ExportError(
                self.head.path,
                f"column {field.name!r} holds {field.type} without a time zone; write "
                "it in UTC with its zone",
            )


def _is_decimal(kind: pa.DataType) -> bool:
    """Whether numbers of a type may have digits behind a point."""
    return bool(types.is_floating(kind) or types.is_decimal(kind))


def _text(field: pa.Field, *, exact: bool) -> str:
    """A column as text."""
    column = quoted(field.name)
    if exact and types.is_floating(field.type):
        most = str(_EXACT[field.type.bit_width])
        return sql.fill(_FLOATING, column=column, exact=most)
    if exact and types.is_decimal(field.type):
        return sql.fill(_DECIMAL, column=column)
    return f"{column}::varchar"


def quoted(name: str) -> str:
    """The name of a column, as it stands in a query."""
    return '"' + name.replace('"', '""') + '"'


def blocks_of(path: Path, ends: Mapping[str, str]) -> Callable[[], Iterator[EdgeBlock]]:
    """How to read the columns of both ends of every tie as numbers."""
    return partial(_batches, path, ends["source"], ends["target"])


def _batches(path: Path, source: str, target: str) -> Iterator[EdgeBlock]:
    done = 0
    try:
        with pq.ParquetFile(path, pre_buffer=False) as table:
            rows = table.metadata.num_rows
            for batch in table.iter_batches(_ROWS, columns=[source, target]):
                done += len(batch)
                ends = batch.column(source), batch.column(target)
                yield EdgeBlock(partial(_read_cells, *ends), done / rows)
    except (OSError, pa.ArrowException):
        yield UNUSABLE  # it is damaged


def _read_cells(source: pa.Array, target: pa.Array) -> Ends | None:
    try:
        sources, targets = _numbers(source), _numbers(target)
    except pa.ArrowException:
        return None  # text in a form that Arrow cannot change into another yet
    return None if sources is None or targets is None else (sources, targets)


def _numbers(cells: pa.Array) -> Numbers | None:
    """A column of integers or text as numbers; None if a cell is none."""
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if cells.null_count:
        return None
    if pa.types.is_unsigned_integer(cells.type):
        unsigned: Numbers = cells.cast(pa.uint64()).to_numpy()
        return unsigned
    if pa.types.is_integer(cells.type):
        signed = cells.cast(pa.int64()).to_numpy()
        return None if len(signed) and signed.min() < 0 else signed.view(np.uint64)
    return _numbers_in(cells.cast(pa.large_string()))


def _numbers_in(cells: pa.LargeStringArray) -> Numbers | None:
    from hcpgraph.importers.reading.digits import read_texts  # noqa: PLC0415 - numba, 0.3 s

    _, bounds, text = cells.buffers()
    offsets = np.frombuffer(bounds, np.int64)[cells.offset :][: len(cells) + 1]
    letters = np.frombuffer(text or b"", np.uint8)
    numbers = np.empty(len(cells), np.uint64)
    return numbers if read_texts(letters, offsets, numbers) else None
