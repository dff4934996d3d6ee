"""How words are compared: case, accents and punctuation do not count.

The same folding exists twice, once in Python for the vocabulary and once as an
SQL expression for posts and bios. They must agree on every text, so what
separates words is a fixed list of characters, not a class that each Unicode
version draws anew.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# First and last character of each range that separates words: controls, ASCII and
# Latin punctuation, spacing accents, general punctuation, symbols, arrows and
# dingbats, CJK punctuation, variation selectors, emoji, tags.
_SEPARATORS: Final = (
    (0x00, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0xA9), (0xAB, 0xB1),
    (0xB4, 0xB4), (0xB6, 0xB8), (0xBB, 0xBB), (0xBF, 0xBF), (0xD7, 0xD7),
    (0xF7, 0xF7), (0x2C2, 0x2C5), (0x2D2, 0x2DF), (0x37E, 0x37E), (0x384, 0x385),
    (0x387, 0x387), (0x1680, 0x1680), (0x1FBD, 0x1FBD), (0x1FBF, 0x1FC1),
    (0x1FCD, 0x1FCF),
    (0x1FDD, 0x1FDF), (0x1FED, 0x1FEF), (0x1FFD, 0x1FFE), (0x2000, 0x206F),
    (0x20A0, 0x20CF), (0x2120, 0x2122), (0x2190, 0x2BFF), (0x2E00, 0x2E7F),
    (0x3000, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030), (0x303D, 0x303F),
    (0xFE00, 0xFE0F), (0xFE30, 0xFE6F), (0xFF00, 0xFF0F), (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF40), (0xFF5B, 0xFF65), (0xFFF0, 0xFFFF), (0x1F000, 0x1FAFF),
    (0xE0000, 0xE007F),
)  # fmt: skip

# Scripts written without blanks between words: no word of theirs can be found.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007),
    (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip

_URL: Final = r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+"
_HANDLE: Final = r"[@\x{ff20}][\w.@-]+"


def _python_class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in ranges)


def _sql_class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in ranges)


_SPLIT: Final = re.compile(f"[{_python_class(_SEPARATORS)}]+")
_NO_BLANKS: Final = re.compile(f"[{_python_class(_UNSPACED)}]")
_SQL_SEPARATORS: Final = _sql_class(_SEPARATORS)
# The separators but for the blank, which needs no replacing: leaving it out makes
# the search three times faster, as most words end in one.
_SQL_NO_BLANK: Final = f"[{_sql_class(((0x00, 0x1F), (0x21, 0x2F), *_SEPARATORS[1:]))}]"

# A hashtag ends where a word ends, but may hold underscores.
HASHTAG_IN_TEXT: Final = rf"[#\x{{ff03}}]((?:[^{_SQL_SEPARATORS}]|_)+)"


def folded(text: str) -> str:
    """The words of *text* in lower case, without accents, one blank between them.

    Two spellings of a term or a hashtag are the same if they fold alike.

    >>> folded("  #Brustkrebs-Forschung:  Épilepsie ")
    'brustkrebs forschung epilepsie'
    >>> folded("#HIV_chat") == folded("hiv chat")
    True
    """
    # Letter by letter: str.lower() would write a Greek final sigma differently,
    # which the database does not.
    lower = "".join(letter.lower() for letter in text)
    words = (_without_accents(word) for word in _SPLIT.split(lower))
    return " ".join(word for word in words if word)


def is_unspaced(text: str) -> bool:
    """Whether *text* is in a script that puts no blanks between words.

    >>> is_unspaced("乳癌"), is_unspaced("Krebs")
    (True, False)
    """
    return _NO_BLANKS.search(text) is not None


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(c for c in letters if not unicodedata.category(c).startswith("M"))
    return unicodedata.normalize("NFC", bare)


def prose_sql(text: str) -> str:
    """SQL for the words of *text* in lower case, apart from each other by blanks.

    Web addresses and @handles are no words. Accents are still on, and there may be
    several blanks in a row; ``bare_sql`` sees to both.
    """
    skipped = rf"(?:{_URL}|{_HANDLE}|{_SQL_NO_BLANK})+"
    return f"regexp_replace(lower({text}), '{skipped}', ' ', 'g')"


def bare_sql(words: str) -> str:
    """SQL that takes accents and spare blanks from what ``prose_sql`` gave."""
    return f"trim(regexp_replace(strip_accents({words}), '  +', ' ', 'g'))"


def folded_sql(text: str) -> str:
    """SQL for ``folded`` of the expression *text*: the same result on any text."""
    return bare_sql(f"regexp_replace(lower({text}), '{_SQL_NO_BLANK}+', ' ', 'g')")
