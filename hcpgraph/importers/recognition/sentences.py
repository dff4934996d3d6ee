"""Whether the cells of a column are sentences that people wrote to each other.

Columns called note or comment may hold anything, and so may columns of any name: what
stands in their first cells decides. What is told of it names the column and no cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.recognition.letter_words import NOTES, PERSONAL, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
# Scripts that write no blanks between words.
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{4,}")
_ENDED: Final = re.compile(r"[.!?\u2026\u3002\uff01\uff1f)]+[\"'\s]*$|[!?]")
_FEW: Final = 2  # words of a note
_MANY: Final = 4  # words of a sentence
# A column counts if more than this share of its cells are such.
_SHARE: Final = 0.3


def are_notes(name: str, cells: Sequence[str]) -> bool:
    """Whether a column is called a note, and more than single words stand in it.

    >>> are_notes("Notes", ["see you at 8"]), are_notes("Notes", ["A", "B"])
    (True, False)
    """
    return bool(NOTES & set(words_of(name))) and _most(cells, _is_note)


def are_sentences(cells: Sequence[str]) -> bool:
    """Whether the cells of a column of any name address somebody.

    >>> are_sentences(["Can we meet after your talk?"])
    True
    >>> are_sentences(["Department of Surgery, University Hospital"])
    False
    """
    return _most(cells, _is_sentence)


def _most(cells: Sequence[str], is_such: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    found = sum(1 for cell in filled if is_such(cell))
    return found > _SHARE * len(filled)


def _is_note(cell: str) -> bool:
    return len(_LETTERS.findall(cell)) >= _FEW or bool(_UNSPACED.search(cell))


def _is_sentence(cell: str) -> bool:
    if _UNSPACED.search(cell):
        return bool(_ENDED.search(cell))
    words = words_of(cell)
    if len(_LETTERS.findall(cell)) < _FEW:
        return False
    personal = bool(PERSONAL & set(words))
    ended = bool(_ENDED.search(cell))
    return personal and (ended or len(words) >= _MANY)
