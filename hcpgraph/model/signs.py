"""Control and invisible characters, and their escapes on a screen.

Strangers choose names, handles, bios and file names. What moves the cursor, ends a
line, turns the direction of writing or cannot be seen stands on a screen as its
number, as in a string of Python, so that it has no effect and stays visible.
"""

from __future__ import annotations

import re
from typing import Final

# Controls (C0, C1), invisible letters and joiners, marks of direction, line and
# paragraph separators, tags, and halves of characters.
HIDDEN: Final = (
    "\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# The same inside the brackets of a pattern of RE2.
HIDDEN_IN_RE2: Final = "".join(c if c == "-" else f"\\x{{{ord(c):x}}}" for c in HIDDEN)
_STEERING: Final = re.compile(f"[{HIDDEN}\ud800-\udfff]")
# Joiners belong to emoji, as that of a health worker, and to the writing of Persian
# and many languages of India; three flags are spelled with tags.
_SPELLED: Final = re.compile(
    "(?<=[\u02ff-\u1fff\u2190-\U0003ffff])[\u200c\u200d]"
    "(?=[\u02ff-\u1fff\u2190-\U0003ffff])"
    "|(?<=\U0001f3f4)(?:\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"
    "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f)"
)
_NAMED: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def shortened(text: str, most: int = 400) -> str:
    """A text that may quote a cell of any length, cut to *most* characters.

    >>> shortened("no time: 2025-13", 10)
    'no time: …'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def on_one_line(text: str) -> str:
    r"""A text as one line of a screen.

    >>> on_one_line("Ann\x1b[31m\n\u202eBob\u200b")
    'Ann\\x1b[31m\\n\\u202eBob\\u200b'
    """
    if text.isascii() and text.isprintable():
        return text
    kept = {place for one in _SPELLED.finditer(text) for place in range(*one.span())}
    return _STEERING.sub(
        lambda found: found[0] if found.start() in kept else _number(found[0]), text
    )


def on_lines(text: str) -> str:
    r"""Several lines, ended by LF, as they may stand on a screen.

    >>> on_lines("Ann\x85\r\nBob\n")
    'Ann\\u0085\nBob\n'
    """
    return "\n".join(map(on_one_line, text.replace("\r\n", "\n").split("\n")))


def for_screen(content: bytes) -> bytes | None:
    """What a file holds as a screen may show it; None where it is no text."""
    if b"\0" in content:
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return on_lines(text).encode()


def _number(character: str) -> str:
    """How a string of Python would name a character."""
    number = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if number < 0x80:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
