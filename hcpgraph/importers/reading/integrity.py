"""Whether a compressed file is whole, found out beside the reading of its rows.

The database takes the end of damaged data for the end of the file, and passes over
lines of two buffers without a word. How long lines are inside a compressed file shows
only when it is inflated, so both are looked for together, by whoever reads all bytes.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import json_values, lines, packed
from hcpgraph.importers.reading.head import peek

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.importers.reading.head import Head


def breaks_off(head: Head) -> bool:
    """Whether the last line of a file has no end, in what is compressed if it is.

    Raises:
        ExportError: if it is damaged.
    """
    if not head.gzipped:
        with head.path.open("rb") as stream:
            stream.seek(-1, 2)
            return stream.read(1) != b"\n"
    last = b""
    with closing(packed.pieces(head.path, gzipped=True)) as pieces:
        for piece in pieces:
            last = piece[-1:]
    return last != b"\n"


class Integrity:
    """Looks at all bytes of a file, block by block; of one not compressed, at none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inflation: packed.Inflation | None = None
        self._lined = False
        self._line = 0  # bytes of the line that has not ended yet
        self._passed = 0  # bytes that were inflated
        self._begun = False

    def feed(self, block: bytes) -> None:
        """Look at the next bytes of the file.

        Raises:
            ExportError: if they are damaged, or a line is too long to be read.
        """
        if not self._begun:
            self._begin(block)
        if self._inflation is not None:
            for piece in self._inflation.feed(block):
                self._measure(piece)

    def close(self) -> None:
        """To be called at the end of the file.

        Raises:
            ExportError: if something is missing.
        """
        if self._inflation is not None:
            self._inflation.close()

    def _begin(self, block: bytes) -> None:
        self._begun = True
        if block.startswith(packed.MAGIC):
            self._inflation = packed.Inflation(self._path)
            try:
                head = peek(self._path)
            except ExportError:
                # in another encoding: a copy is read, and its lines are looked at
                # there; what is damaged is found as it is inflated
                return
            # one value may span a file that has no lines; its parts are measured
            # by whoever takes it apart
            self._lined = not (
                json_values.begins(head) and json_values.is_document(head)
            )

    def _measure(self, piece: bytes) -> None:
        if not self._lined:
            return
        last = piece.rfind(b"\n")
        longest = self._line + (len(piece) if last == -1 else piece.find(b"\n"))
        if longest > lines.LONGEST:
            raise ExportError(self._path, lines.too_long(self._passed - self._line))
        self._line = longest if last == -1 else len(piece) - last - 1
        self._passed += len(piece)
