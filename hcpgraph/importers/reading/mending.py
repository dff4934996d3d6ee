r"""JSON with a few bad signs in it, mended: a page is not lost for one of them.

Programs cut texts at a number of units and leave half of a sign (``\ud83d``), write
bytes that are no UTF-8, or leave control characters as they are. Where such a sign
stands, U+FFFD stands afterwards, and everything around it is as it was. What no
longer is JSON for another reason, such as a page that is cut short, stays so.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import lines, packed
from hcpgraph.importers.reading.copying import write_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MARK: Final = b"\\ufffd"

# A pair of halves, half a sign (1), any other escape, and a backslash that is none
# (2). Escapes are read one after the other: the second of two backslashes begins none.
_ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb'|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
    rb"|(\\)"
)
# Blanks between values remain; inside a text a tab may stand as a blank.
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Where no sign is cut in two: neither is ever part of an escape or of a longer sign.
_CUTS: Final = (b",", b"\n")


class Mender:
    """Mends text piece by piece.

    Attributes:
        count: signs that were replaced by U+FFFD.
        changed: whether anything was, tabs among it.
    """

    def __init__(self) -> None:
        self.count = 0
        self.changed = False

    def mend(self, text: bytes) -> bytes:
        r"""Whole lines, or any text that is not cut inside of a sign, mended.

        >>> Mender().mend(rb'{"name": "Ann \ud83d"}')
        b'{"name": "Ann \\ufffd"}'
        """
        before = text
        try:
            text.decode()
        except UnicodeDecodeError:
            signs = text.decode("utf-8", "replace")
            self.count += signs.count("\ufffd") - text.count("\ufffd".encode())
            text = signs.encode()
        text, found = _CONTROL.subn(
            lambda _: _MARK, _ESCAPE.sub(self._escaped, text).replace(b"\t", b" ")
        )
        self.count += found
        self.changed |= text != before
        return text

    def _escaped(self, found: re.Match[bytes]) -> bytes:
        if found.lastindex is None:
            return found[0]
        self.count += 1
        return _MARK


def mended(text: str) -> str:
    """The same for text that was read already."""
    return Mender().mend(text.encode("utf-8", "replace")).decode()


def inflate(source: Path, target: Path) -> None:
    """Write what a compressed file holds.

    Raises:
        ExportError: if it is damaged.
    """
    with closing(packed.pieces(source, gzipped=True)) as pieces:
        write_copy(source, target, pieces)


def mend(source: Path, target: Path, *, gzipped: bool) -> Mender:
    """Write JSON mended; gives what was done to it.

    Raises:
        ExportError: if the file is damaged, or holds too much without a line or comma.
    """
    mender = Mender()
    with closing(packed.pieces(source, gzipped=gzipped)) as pieces:
        write_copy(source, target, (mender.mend(each) for each in _cut(source, pieces)))
    return mender


def _cut(source: Path, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same text in pieces that are not cut inside of a sign."""
    rest = b""
    for piece in pieces:
        cut = 1 + max(piece.rfind(sign) for sign in _CUTS)
        if cut:
            yield rest + piece[:cut]
            rest = piece[cut:]
        else:
            rest += piece
        if len(rest) > lines.LONGEST:
            raise ExportError(source, "holds more than 32 MB without a comma in it")
    yield rest
