"""Integer edge lists: the fast path for long lists of follows.

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

    from numpy.typing import NDArray

    from hcpgraph.importers.reading.delimited import Header
    from hcpgraph.importers.reading.head import Head

    Numbers = NDArray[np.uint64]
    Ends = tuple[Numbers, Numbers]

ENDS: Final = frozenset({"source", "target"})
_BLOCK: Final = 2**23  # bytes of text read together
_LONGEST: Final = 2**12  # bytes of a line; plain ones have some fifty
_SHORTEST: Final = 4  # bytes of a line, such as 1,2


def _nothing() -> None:
    """What a block gives that cannot be read."""


# The careful way says why.
UNUSABLE: Final = EdgeBlock(_nothing, 1.0)


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
    if header.line != 1 or len(header.names) != len(ENDS) or columns.keys() != ENDS:
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
                    yield UNUSABLE
                    return
    except (OSError, EOFError, zlib.error):
        yield UNUSABLE  # it is damaged
    else:
        yield EdgeBlock(partial(read, rest, (0, len(rest), True)), 1.0)


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
