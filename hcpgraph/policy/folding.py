"""How names and words are compared: one spelling for the many of a name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Letters that do not fall apart into one of the alphabet and an accent.
_PLAIN: Final = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "\u0131": "i",
    "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Æ": "Ae", "Œ": "Oe", "Þ": "Th",
    "Ħ": "H", "Ŧ": "T", "Ŋ": "N",
})  # fmt: skip
# Keyboards without these letters write them so.
_WRITTEN_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
)
_UNSPACED: Final = 0x2E80  # from here on a letter says as much as several
_WORTH: Final = 2
# Of Latin, Greek and Cyrillic letters, and vowels, hamza and dashes of Arabic ones.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u0640\u064b-\u0655\u0670]")
# An inner capital begins a word: AnnaSmith, annaSmith, ANNASmith; so does a digit.
_WORDS: Final = re.compile(r"[0-9]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\dA-Za-z_]+")


def fold(text: str) -> str:
    """The letters and digits of *text*, without case and accents, glued together.

    >>> fold("Dr. Ana-Lucía Ñúñez_84"), fold("Weiß")
    ('dranalucianunez84', 'weiss')
    """
    return "".join(c for c in _bare(text).casefold() if c.isalnum())


def written_out(text: str) -> str:
    """*text* with two letters for those that have dots or a ring.

    >>> written_out("Jörg Müller")
    'joerg mueller'
    """
    return unicodedata.normalize("NFC", text).casefold().translate(_WRITTEN_OUT)


def words(text: str) -> list[str]:
    """The words of *text*, folded; also those that are glued with capitals.

    >>> words("#DrAnnaSmith_MD2024"), words("anna.smith@clinic")
    (['dr', 'anna', 'smith', 'md', '2024'], ['anna', 'smith', 'clinic'])
    """
    return [found for found in map(fold, _WORDS.findall(_bare(text))) if found]


def plain(text: str) -> str:
    """*text* without accents, with digits of one script; nothing else of it changes.

    Marks that make other letters, as of kana, stay; signs that cannot be seen go.

    >>> plain("Çankaya \u0661\u0662 ｶﾞﾝ"), plain("أحمد")
    ('Cankaya 12 ガン', 'احمد')
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in apart
        if not (_ACCENTS.match(c) or unicodedata.category(c) == "Cf")
    )
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def size(folded: str) -> float:
    """How much a word says: its letters, those of scripts without blanks twice.

    >>> size("anna"), size("王小明")
    (4, 6)
    """
    return sum(_WORTH if ord(letter) >= _UNSPACED else 1 for letter in folded)


def _bare(text: str) -> str:
    """Without accents; capitals stay."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in apart if not unicodedata.category(c).startswith("M"))
    return bare.translate(_PLAIN)
