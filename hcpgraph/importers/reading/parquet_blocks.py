"""Ties between plain numbers in Parquet: the quick way to read them.

Like ``edge_lists``; other columns do no harm here, as they are not read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hcpgraph.importers.reading.edge_lists import UNUSABLE
from hcpgraph.model.files import EdgeBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from hcpgraph.importers.reading.edge_lists import Ends, Numbers

_ROWS: Final = 2**19  # rows read together


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
