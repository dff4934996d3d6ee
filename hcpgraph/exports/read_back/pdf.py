"""The text of figures in PDF: what each font shows, read by its table of characters.

Only what matplotlib writes is understood: streams packed with zlib, text shown with
``Tj`` and ``TJ``, fonts with a table to Unicode.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from hcpgraph.model.content import TEXT, OutputPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Characters = Mapping[int, str]

_OBJECT: Final = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FONT: Final = re.compile(rb"/([A-Za-z]+[0-9]+) (\d+) 0 R")
_TO_UNICODE: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_RANGE: Final = re.compile(
    r"<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*\[([^\]]*)\]", re.IGNORECASE
)
_HEX: Final = re.compile(r"<([0-9a-f]*)>", re.IGNORECASE)
_BLOCK: Final = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
_TOKEN: Final = re.compile(
    rb"/([A-Za-z]+[0-9]+) [\d.]+ Tf|(\((?:\\.|[^\\()])*\))|<([0-9a-fA-F]*)>", re.DOTALL
)
_LITERAL: Final = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_SIGNS: Final[Mapping[bytes, bytes]] = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
}  # fmt: skip


def parts(content: bytes) -> list[OutputPart]:
    """Every text that is drawn, and the texts of the file about itself.

    Raises:
        ValueError: if it holds streams that cannot be unpacked.
    """
    held = {int(number): body for number, body in _OBJECT.findall(content)}
    if not held:
        raise ValueError("no object in it")
    characters = _fonts(held)
    drawn, said = [], []
    for body in held.values():
        found = _STREAM.search(body)
        head = body if found is None else body[: found.start()]
        said += [_plain(one) for one in _LITERAL.findall(head)]
        if (
            found is not None
            and b"/Subtype /Image" not in head
            and b"/Length1" not in head
        ):
            unpacked = _unpacked(head, found[1])
            drawn += [_shown(block, characters) for block in _BLOCK.findall(unpacked)]
    return [
        OutputPart("drawn", {TEXT: list(filter(None, drawn))}),
        OutputPart("about", {TEXT: said}),
    ]


def _unpacked(head: bytes, stream: bytes) -> bytes:
    return zlib.decompress(stream) if b"/FlateDecode" in head else stream


def _fonts(held: Mapping[int, bytes]) -> dict[bytes, Characters]:
    """Name of a font -> its characters by their codes."""
    found: dict[bytes, Characters] = {}
    for body in held.values():
        for name, number in _FONT.findall(body):
            table = _TO_UNICODE.search(held.get(int(number), b""))
            if table is not None:
                found[name] = _characters(held[int(table[1])])
    return found


def _characters(body: bytes) -> Characters:
    """The table from the codes of a font to Unicode."""
    stream = _STREAM.search(body)
    if stream is None:
        return {}
    found = {}
    for first, _, texts in _RANGE.findall(_unpacked(body, stream[1]).decode("latin-1")):
        for step, text in enumerate(_HEX.findall(texts)):
            shown = bytes.fromhex(text).decode("utf-16-be", errors="replace")
            found[int(first, 16) + step] = shown
    return found


def _shown(block: bytes, fonts: Mapping[bytes, Characters]) -> str:
    """The text between ``BT`` and ``ET``."""
    return "".join(_pieces(block, fonts))


def _pieces(block: bytes, fonts: Mapping[bytes, Characters]) -> Iterator[str]:
    characters: Characters = {}
    for font, literal, digits in _TOKEN.findall(block):
        if font:
            characters = fonts.get(font, {})
            continue
        codes = _unescaped(literal) if literal else bytes.fromhex(digits.decode())
        pairs = zip(codes[::2], codes[1::2], strict=False)
        yield "".join(characters.get(256 * a + b, "") for a, b in pairs)


def _unescaped(literal: bytes) -> bytes:
    """The bytes of a text in brackets."""
    return _ESCAPED.sub(_sign, literal[1:-1])


def _sign(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 0xFF]) if said.isdigit() else _SIGNS.get(said, said)


def _plain(literal: bytes) -> str:
    """A text of the file about itself: UTF-16 with a mark, or Latin."""
    codes = _unescaped(literal)
    if codes.startswith(b"\xfe\xff"):
        return codes[2:].decode("utf-16-be", errors="replace")
    return codes.decode("latin-1")
