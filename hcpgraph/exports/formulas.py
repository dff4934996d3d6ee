"""Texts that a spreadsheet would run, and how they are written so that it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# What begins a formula, or did in some version; full-width and small signs are
# taken for the plain ones in spreadsheets of East Asia.
_SIGNS: Final = (
    "=+\\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05\ufe66\ufe62\ufe63\ufe6b\ufe6a\u2212"
)
# What a spreadsheet passes over in front of it: blanks, what cannot be seen, quotes.
_PASSED: Final = (
    "\x00-\x08\x0e-\x1b\x1f \x7f-\x84\x86-\xa0\u00ad\u034f\u061c\u115f\u1160"
    "\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    '\U000e0000-\U000e0fff"'
)
# Where a cell begins: at the start and, for who takes semicolons or tabs as
# delimiters and lines as they come, behind those.
DELIMITERS: Final = ";\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_FORMULA: Final = re.compile(f"(^|[{DELIMITERS}])([{_PASSED}]*)(?=[{_SIGNS}])")
# Some take a cell that begins with a control or an end for one that begins later.
_WHOLE: Final = re.compile(f"[\x00-\x1f\x7f]|[{_PASSED}{DELIMITERS}]*[{_SIGNS}]")
_FIRST: Final = re.compile(f"[{_SIGNS}{_PASSED}]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text, or a part of it, for a formula.

    >>> is_formula("=1+1"), is_formula(" \uff1d1"), is_formula("a-1")
    (True, True, False)
    """
    return bool(_WHOLE.match(text) or _FORMULA.search(text))


def disarmed(text: str) -> str:
    """The text with an apostrophe where a formula would begin.

    >>> disarmed(" =1+1"), disarmed("a; =1"), disarmed("a=1")
    ("' =1+1", "a;' =1", 'a=1')
    """
    if _WHOLE.match(text):
        text = f"'{text}"
    return _FORMULA.sub(r"\1'\2", text)


def may_begin(first: Iterable[str]) -> bool:
    """Whether a text that begins with one of these characters may need it."""
    return any(map(_FIRST.match, first))
