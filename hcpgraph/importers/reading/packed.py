"""The bytes of a file, inflated if it is compressed: all of them, or an error.

A compressed file is a row of members, each with the length and the checksum of what
it holds; both are checked. Zeros between and after members are padding. Whoever
reads on past anything else would take a part of the file for the whole.
"""

from __future__ import annotations

import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

MAGIC: Final = b"\x1f\x8b"

_BLOCK: Final = 2**20  # bytes read at once
_FED: Final = 2**16  # bytes inflated at once; what follows a member is copied
_MOST: Final = 2**20  # bytes that come out at once, however well they were packed
_GZIP: Final = zlib.MAX_WBITS | 16  # zlib then reads header and trailer, too
_BEHIND: Final = (
    "is compressed, and behind its end stand bytes that are no part of it; decompress"
    " it, look at what follows, and import what is right"
)
_NO_MEMBER: Final = "incorrect header check"  # as zlib words it


class Inflation:
    """Inflates a compressed file that is given block by block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._member = zlib.decompressobj(_GZIP)
        self._begun = False
        self._members = 0

    def feed(self, block: bytes) -> Iterator[bytes]:
        """What *block* holds, in pieces; iterate to the end before the next.

        Raises:
            ExportError: if it is damaged, or no member where one must begin.
        """
        for start in range(0, len(block), _FED):
            yield from self._inflated(block[start : start + _FED])

    def close(self) -> None:
        """To be called when there are no more blocks.

        Raises:
            ExportError: if the last member has no end.
        """
        if self._begun or not self._members:
            raise ExportError(
                self._path,
                "is compressed and damaged: it is cut short; copy or download it again",
            )

    def _inflated(self, packed: bytes) -> Iterator[bytes]:
        while packed or self._begun:
            if not self._begun:
                packed = self._begin(packed)
                if not packed:
                    return
            try:
                piece = self._member.decompress(packed, _MOST)
            except zlib.error as error:
                raise ExportError(self._path, self._said(str(error))) from error
            if piece:
                yield piece
            if self._member.eof:
                packed, self._begun = self._member.unused_data, False
                self._members += 1
                continue
            packed = self._member.unconsumed_tail
            if not packed and len(piece) < _MOST:
                return

    def _begin(self, packed: bytes) -> bytes:
        """Begin a member, if there is one; gives it and what follows."""
        if self._members:
            # some programs fill the last block of a tape or a disk with zeros
            packed = packed.lstrip(b"\0")
            if not MAGIC.startswith(packed[:1]):
                raise ExportError(self._path, _BEHIND)
        if packed:
            self._member, self._begun = zlib.decompressobj(_GZIP), True
        return packed

    def _said(self, error: str) -> str:
        if self._members and _NO_MEMBER in error:
            return _BEHIND
        what = error.rpartition(": ")[2]
        return f"is compressed and damaged ({what}); copy or download it again"


def beginning(path: Path, size: int) -> tuple[bytes, bool]:
    """At least *size* bytes, as far as there are, and whether the file is compressed.

    Raises:
        ExportError: if it is compressed, and damaged.
        OSError: if it cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(size)
    if not start.startswith(MAGIC):
        return start, False
    start = b""
    with closing(pieces(path, gzipped=True)) as inflated:
        for piece in inflated:
            start += piece
            if len(start) >= size:
                break
    return start, True


def pieces(path: Path, *, gzipped: bool) -> Generator[bytes]:
    """The bytes of a file, inflated if it is compressed.

    Raises:
        ExportError: if it is damaged.
        OSError: if it cannot be read.
    """
    inflation = Inflation(path)
    with path.open("rb", buffering=0) as stream:
        while block := stream.read(_BLOCK):
            if gzipped:
                yield from inflation.feed(block)
            else:
                yield block
    if gzipped:
        inflation.close()
