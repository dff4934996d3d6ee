"""Search files for the bytes of people's words, in the encodings that files have."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from hcpgraph.model.erasure import Search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_AT_ONCE: Final = 1 << 26  # bytes
_LEAST: Final = 8  # bytes; what is shorter stands everywhere by chance
_MOST: Final = 120  # characters of a text
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be")


def search_file(
    file: Path, words: Mapping[str, Sequence[str]], where: str
) -> Iterator[Search]:
    """Count the words of each kind in the bytes of a file, in any case.

    Words of fewer than eight bytes are left to the search of the tables.

    Args:
        file: the file.
        words: kind to words.
        where: what to call the file.
    """
    asked = {
        (kind, encoding): _patterns(said, encoding)
        for kind, said in sorted(words.items())
        for encoding in _ENCODINGS
    }
    found = dict.fromkeys(asked, 0)
    longest = max((len(p) for some in asked.values() for p in some), default=1)
    before = b""
    with file.open("rb") as stream:
        while block := stream.read(_AT_ONCE):
            # what straddles two blocks begins in the end of the first
            window = (before + block).lower()
            for key, some in asked.items():
                found[key] += sum(_count(window, one, len(before)) for one in some)
            before = window[-(longest - 1) :] if longest > 1 else b""
    for (kind, encoding), some in asked.items():
        yield Search(where, kind, encoding, len(some), found[kind, encoding])


def _count(window: bytes, pattern: bytes, old: int) -> int:
    """How often a pattern stands in a window and ends behind its *old* bytes."""
    return window.count(pattern) - window[:old].count(pattern)


def _patterns(words: Sequence[str], encoding: str) -> list[bytes]:
    """The bytes of words in every case; ASCII letters are small in the window."""
    found = {
        spelt.encode(encoding, "surrogatepass").lower()
        for word in words
        for spelt in _spellings(word[:_MOST])
    }
    return sorted(one for one in found if len(one) >= _LEAST)


def _spellings(word: str) -> set[str]:
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")} | {word}
    return {said for one in forms for said in (one, one.lower(), one.upper())}
