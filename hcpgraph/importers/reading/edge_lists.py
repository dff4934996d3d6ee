"""Ties between plain numbers: the quick way to read a list of who follows whom.

Most such lists have two columns of long numbers and not one bad row. Those are read
block by block, on all cores, straight into numbers; the first row that is anything
else ends that, and the file is then read the careful way.
"""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.files import EdgeBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from hcpgraph.importers.reading.delimited import Header
    from hcpgraph.importers.reading.head import Head

    Numbers = NDArray[np.uint64]
    Ends = tuple[Numbers, Numbers]

_ENDS: Final = frozenset({"source", "target"})
_BLOCK: Final = 2**23  # bytes of text read together
_LONGEST: Final = 2**12  # bytes of a line; plain ones have some fifty
_SHORTEST: Final = 4  # bytes of a line, such as 1,2
_ROWS: Final = 2**19  # rows of Parquet read together


def from_csv(
    head: Head, header: Header, columns: Mapping[str, int]
) -> Callable[[], Iterator[EdgeBlock]] | None:
    """How to read both ends of every tie as numbers.

    A cell that is a number holds no quote, delimiter or line end, so there is
    nothing that the careful way could split differently.

    Args:
        head: the file.
        header: its header.
        columns: what is to be read -> position in the file.

    Returns:
        Gives the blocks of the file; None if the file has other columns, or does
        not begin like this.
    """
    if header.line != 1 or len(header.names) != len(_ENDS) or columns.keys() != _ENDS:
        return None
    first, line_end, _ = head.text.partition("\n")
    if not line_end or "\r" in first.removesuffix("\r"):
        return None  # what ends the header, ends all lines
    if not all(_plain(line, header.delimiter) for line in head.lines()[1:]):
        return None
    read = partial(
        _read_text,
        delimiter=ord(header.delimiter),
        swapped=columns["source"] > columns["target"],
    )
    return partial(_inflated if head.gzipped else _ranges, head.path, read)


def _plain(line: str, delimiter: str) -> bool:
    """Whether a line is likely to hold nothing but numbers."""
    cells = line.replace('"', "").split(delimiter)
    return all(cell.strip().isdecimal() for cell in cells)


def _ranges(path: Path, read: Callable[..., Ends | None]) -> Iterator[EdgeBlock]:
    """Blocks of a file of text, which each thread reads for itself."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = len(stream.readline())
    for begin in range(start, size, _BLOCK):
        stop = min(begin + _BLOCK, size)
        yield EdgeBlock(partial(_read_range, path, (begin, stop), read), stop / size)


def _read_range(
    path: Path, bounds: tuple[int, int], read: Callable[..., Ends | None]
) -> Ends | None:
    """The lines that begin within *bounds*."""
    begin, stop = bounds
    with path.open("rb", buffering=0) as stream:
        stream.seek(begin - 1)  # if that is a line end, the first line begins here
        text = stream.read(stop - begin + 1 + _LONGEST)
    whole = len(text) < stop - begin + 1 + _LONGEST
    first = text.find(b"\n") + 1
    if not first:
        if not whole:
            return None
        first = len(text)  # the file ends with a line of an earlier block
    return read(text, (first, max(first, stop - begin + 1), whole))


def _inflated(path: Path, read: Callable[..., Ends | None]) -> Iterator[EdgeBlock]:
    """Blocks of a compressed file; only one thread can inflate it."""
    size = path.stat().st_size
    rest = b""
    try:
        with path.open("rb") as packed, gzip.open(packed) as stream:
            stream.readline()  # the header
            while text := stream.read(_BLOCK):
                rest += text
                cut = rest.rfind(b"\n") + 1
                if cut:
                    lines, rest = rest[:cut], rest[cut:]
                    share = packed.tell() / size
                    yield EdgeBlock(partial(read, lines, (0, cut, True)), share)
                elif len(rest) > _LONGEST:
                    yield EdgeBlock(_nothing, 1.0)
                    return
    except (OSError, EOFError, zlib.error):
        yield EdgeBlock(_nothing, 1.0)  # damaged: the careful way says how
    else:
        yield EdgeBlock(partial(read, rest, (0, len(rest), True)), 1.0)


def _nothing() -> None:
    """What a block gives that cannot be read."""


def _read_text(
    text: bytes, bounds: tuple[int, int, bool], *, delimiter: int, swapped: bool
) -> Ends | None:
    """Both ends of the ties in some lines of text; see ``read_rows``."""
    from hcpgraph.importers.reading.digits import read_rows  # noqa: PLC0415 - numba, 0.3 s

    most = (bounds[1] - bounds[0]) // _SHORTEST + 1
    numbers = np.empty((2, most), np.uint64)
    letters = np.frombuffer(text, np.uint8)
    rows = read_rows(letters, bounds, delimiter, numbers)
    if rows < 0:
        return None
    first, second = numbers[:, :rows]
    return (second, first) if swapped else (first, second)


def from_parquet(
    head: Head, schema: pa.Schema, columns: Mapping[str, int]
) -> Callable[[], Iterator[EdgeBlock]] | None:
    """Like ``from_csv``; other columns do no harm here, if they are not read."""
    if columns.keys() != _ENDS:
        return None
    source, target = (schema.field(columns[end]).name for end in ("source", "target"))
    return partial(_batches, head.path, source, target)


def _batches(path: Path, source: str, target: str) -> Iterator[EdgeBlock]:
    import pyarrow as pa  # noqa: PLC0415 - 0.1 s, only for Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    done = 0
    try:
        with pq.ParquetFile(path, pre_buffer=False) as table:
            rows = table.metadata.num_rows
            for batch in table.iter_batches(_ROWS, columns=[source, target]):
                done += len(batch)
                ends = batch.column(source), batch.column(target)
                yield EdgeBlock(partial(_read_cells, *ends), done / rows)
    except (OSError, pa.ArrowException):
        yield EdgeBlock(_nothing, 1.0)  # damaged: the careful way says how


def _read_cells(source: pa.Array, target: pa.Array) -> Ends | None:
    import pyarrow as pa  # noqa: PLC0415 - 0.1 s, only for Parquet

    try:
        sources, targets = _numbers(source), _numbers(target)
    except pa.ArrowException:
        return None  # text in a form that Arrow cannot change into another yet
    return None if sources is None or targets is None else (sources, targets)


def _numbers(cells: pa.Array) -> Numbers | None:
    """A column of integers or text as numbers; None if a cell is none."""
    import pyarrow as pa  # noqa: PLC0415 - 0.1 s, only for Parquet

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
