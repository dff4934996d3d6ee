"""Names and numbers as a figure can show them."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from matplotlib import font_manager

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.table import Listed

_FIRST_CHOICE: Final = "DejaVu Sans"
# Fonts with other scripts, as systems ship them; used where they are installed.
_FALLBACKS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans",
    "Yu Gothic",
    "Malgun Gothic",
    "WenQuanYi Zen Hei",
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Geeza Pro",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Nirmala UI",
    "Noto Sans Thai",
    "Arial Unicode MS",
)
_LETTERS: Final = ("L", "N")  # Unicode categories without which a name is not a name
_UNKNOWN: Final = "\N{WHITE SQUARE}"


@cache
def families() -> tuple[str, ...]:
    """DejaVu Sans, then what the system has for other scripts."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return (_FIRST_CHOICE, *(name for name in _FALLBACKS if name in installed))


@cache
def _glyphs() -> frozenset[int]:
    """The characters that some font of ``families`` can draw."""
    known: set[int] = set()
    for family in families():
        path = font_manager.findfont(family, fallback_to_default=False)
        known.update(font_manager.get_font(path).get_charmap())
    return frozenset(known)


def drawable(text: str) -> str | None:
    r"""The text without signs that no font can draw; None if letters would go.

    Emoji and invisible signs are left out. A name in a script for which no font
    is installed is not cut down to what happens to remain of it.

    >>> drawable("Ana  Ruiz\N{DNA DOUBLE HELIX}")
    'Ana Ruiz'
    >>> drawable("\N{CUNEIFORM SIGN A}") is None
    True
    """
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace():
            kept.append(" ")
        elif unicodedata.category(sign)[0] == "C":
            continue
        elif ord(sign) in _glyphs():
            kept.append(sign)
        elif unicodedata.category(sign).startswith(_LETTERS):
            return None
    return " ".join("".join(kept).split()) or None


def legible(text: str) -> str:
    r"""The text with a square for each letter that no font can draw.

    For titles, which nothing else can stand for. Other signs are left out.

    >>> legible("Ana\N{DNA DOUBLE HELIX} \N{CUNEIFORM SIGN A}")
    'Ana □'
    """
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        drawn = drawable(sign)
        if sign.isspace():
            kept.append(" ")
        elif drawn or unicodedata.category(sign).startswith(_LETTERS):
            kept.append(drawn or _UNKNOWN)
    return " ".join("".join(kept).split())


def shorten(text: str, most: int) -> str:
    """At most *most* characters, the last an ellipsis where something was cut.

    >>> shorten("Anastasia Papadopoulou", 12)
    'Anastasia P\u2026'
    """
    return (
        text
        if len(text) <= most
        else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    )


def runs_left(text: str) -> bool:
    """Whether some of it is written from right to left.

    >>> runs_left("Ana Ruiz"), runs_left("Ana \N{HEBREW LETTER ALEF}")
    (False, True)
    """
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


def called(name: object, handle: object, account: object) -> str:
    """What to call an account: its name, else its @handle, else its id.

    >>> called(None, "ana", 7), called("Ana Ruiz", "ana", 7), called(None, None, 7)
    ('@ana', 'Ana Ruiz', '7')
    """
    at = f"@{str(handle).removeprefix('@')}" if handle else None
    for wording in (name, at, account):
        shown = drawable(str(wording)) if wording else None
        if shown:
            return shown
    # an id in a script without a font: one sign for each letter keeps its length
    return _UNKNOWN * min(len(str(account)), 8)


def names_in(people: Listed) -> Mapping[str, str]:
    """What to call each account of a list, by its id as text, as first listed."""
    table = people.table
    blank = [None] * len(table)
    columns = [
        table[column] if column in table.names else blank
        for column in ("id", "name", "handle")
    ]
    named: dict[str, str] = {}
    for account, name, handle in zip(*columns, strict=True):
        named.setdefault(str(account), called(name, handle, account))
    return named
