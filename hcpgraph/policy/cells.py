"""Which cells may leave that say something of one person and may call another.

An institution, a specialty or a name that somebody is listed with may call a person
who must never be listed: ``Practice of Dr. Jane Hidden``. Such a cell stays empty, and
so does one that holds a mail address, a telephone number or a number of a document.

Cells are needed more than tags are, so less withholds them: the whole name, the
handle, the id; not a surname alone, which namesakes bear, as at Johns Hopkins. Who is
called *exactly* as somebody hidden keeps the own name: it is theirs, and its absence
would tell that somebody of that name is hidden.
"""

from __future__ import annotations

import re
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final

from hcpgraph.policy import identifiers
from hcpgraph.policy.folding import fold, size, words, written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Sized

    from hcpgraph.policy.rules import WordRules

NAME: Final = "name"  # the column with people's own names
_WHOLE: Final = 6  # letters of a whole name, at least
_SURNAME: Final = 4  # likewise of one beside an initial
_BARE: Final = 6  # likewise of a handle without @ and without digits or signs
_SHORTEST: Final = 2  # of other handles, more than that
_ID: Final = 4
_IN_ANY_ORDER: Final = 4  # words of a name that are looked for without blanks
_UNSPACED: Final = re.compile(r"[\u2e80-\U0003ffff]")  # scripts without blanks
_LETTERS: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_INNER_CAPITAL: Final = re.compile(r"[a-z][A-Z]")
_BESIDE_NAMES: Final = re.compile(r"[|,;:()/\u2013\u2014\u2022\u00b7]|\s-\s")
_SEGMENT: Final = re.compile(r"[^\s,;:/()\[\]<>\"'|]+")
_PIECE: Final = re.compile(r"\w+")


class Cells:
    """Release of cells about people: none names an account that may not be listed.

    Args:
        called: (``"id"``, ``"handle"`` or ``"name"``, text) of those people.
        terms: of the vocabulary of disease areas.
        rules: of the policy.
    """

    def __init__(
        self,
        called: Iterable[tuple[str, str]],
        terms: Iterable[str],
        rules: WordRules,
    ) -> None:
        self._titles = rules.titles
        self._common = rules.common | {word for term in terms for word in words(term)}
        self._names: set[tuple[str, ...]] = set()  # words of a name, sorted
        self._parts: set[tuple[str, ...]] = set()  # two of them, or an initial and one
        self._glued: set[str] = set()
        self._unspaced: set[str] = set()
        self._handles: set[str] = set()
        self._ids: set[str] = set()
        add = {"id": self._add_id, "handle": self._add_handle, "name": self._add_name}
        for kind, text in called:
            add[kind](text)
        told = {word for name in (*self._names, *self._parts) for word in name}
        bare = {one for one in self._handles if size(one) >= _BARE or _marked(one)}
        # a handle that is a surname or a first name as well has namesakes, too
        self._bare = bare - told - self._common - self._titles
        pieces = {piece for one in self._handles for piece in _LETTERS.findall(one)}
        self._signs = told | self._glued | self._ids | pieces
        # asked for each cell: never to be made of all names again
        self._either = self._names | self._parts
        self._lengths = {True: _lengths(self._names), False: _lengths(self._either)}
        self._unspaced_lengths = _lengths(self._unspaced)

    def released(self, column: str, cells: Sequence[str | None]) -> list[str | None]:
        """The cells of a column; none where one calls somebody or tells how to."""
        held = {
            cell
            for cell in set(cells)
            if cell and self._withholds(cell, own=column == NAME)
        }
        return [None if cell in held else cell for cell in cells]

    def calls(self, text: str, *, own: bool = False) -> bool:
        """Whether a text calls somebody who must never be listed.

        Args:
            text: of a cell.
            own: it is what a person who may be listed is called.
        """
        every = words(text)
        return (
            self._holds_handle(text)
            or any(word in self._ids or word in self._glued for word in every)
            or self._holds_name(
                [word for word in every if word not in self._titles], own=own
            )
            or self._holds_unspaced(fold(text), own=own)
        )

    def _withholds(self, cell: str, *, own: bool) -> bool:
        return (
            self._hints(cell) and self.calls(cell, own=own)
        ) or identifiers.holds_any(cell)

    def _hints(self, text: str) -> bool:
        """Whether a closer look pays: few cells hold a word of any of them."""
        if not text.isascii() or _INNER_CAPITAL.search(text):
            return bool(self._signs or self._unspaced)
        return not self._signs.isdisjoint(_LETTERS.findall(text.lower()))

    def _holds_handle(self, text: str) -> bool:
        """Whether a handle stands in a text as a word, with ``@`` or without."""
        for segment in _SEGMENT.findall(text.casefold()):
            said = segment.strip(".-!?*#&+")
            bare = said.lstrip("@")
            pieces = _PIECE.findall(bare)
            if bare in self._bare or not self._bare.isdisjoint(pieces):
                return True
            if said != bare and not self._handles.isdisjoint((bare, *pieces[:1])):
                return True
        return False

    def _holds_name(self, told: list[str], *, own: bool) -> bool:
        """Whether a name stands in words that follow each other, in any order."""
        known = self._names if own else self._either
        lengths = [
            length
            for length in self._lengths[own]
            if length <= len(told) - own  # all of the own name may stand
        ]
        return any(
            tuple(sorted(told[start : start + length])) in known
            # of M. D. Anderson no D. Anderson is called
            and not (start and len(told[start - 1]) == len(told[start]) == 1)
            for length in lengths
            for start in range(len(told) - length + 1)
        )

    def _holds_unspaced(self, folded: str, *, own: bool) -> bool:
        """Whether a name stands in a text in which no blanks tell where it begins."""
        if not _UNSPACED.search(folded) or (own and folded in self._unspaced):
            return False
        return any(
            folded[start:end] in self._unspaced
            for length in self._unspaced_lengths
            for start in range(len(folded) - length + 1)
            for end in (start + length,)
        )

    def _add_id(self, text: str) -> None:
        """A number; of ``did:plc:abc`` the last part, as a handle."""
        if text.isdigit():
            self._ids |= {text} if len(text) >= _ID else set()
        else:
            self._handles |= set(_PIECE.findall(text.casefold())[-1:])

    def _add_handle(self, text: str) -> None:
        """A handle; of ``anna@mastodon.social`` also what stands before the host."""
        bare = text.strip().lstrip("@").casefold()
        first = re.split(r"[@.]", bare, maxsplit=1)[0]
        self._handles |= {one for one in (bare, first) if one}

    def _add_name(self, text: str) -> None:
        """A name as a whole and without additions such as titles, however spelt."""
        for spelling in {text, written_out(text)}:
            for part in {spelling, *_BESIDE_NAMES.split(spelling)}:
                told = [
                    word
                    for word in words(part)
                    if word not in self._titles and not word.isdigit()
                ]
                self._add_words(told)
                self._add_words([one for one in told if one not in self._common])

    def _add_words(self, told: list[str]) -> None:
        glued = "".join(told)
        if size(glued) < _WHOLE or self._common.issuperset(told):
            return
        if len(told) == 1:
            if _UNSPACED.search(glued):
                self._unspaced.add(glued)
            return
        self._names |= {tuple(sorted(told)), tuple(sorted((told[0], told[-1])))}
        self._parts |= set(self._twos(told))
        if len(told) <= _IN_ANY_ORDER:
            self._glued |= {"".join(order) for order in permutations(told)}

    def _twos(self, told: list[str]) -> Iterator[tuple[str, ...]]:
        """Two words of a name that stand together, and an initial with a surname."""
        for one, other in pairwise(told):
            plain = self._common.issuperset((one, other))
            if not plain and min(len(one), len(other)) > 1:
                yield tuple(sorted((one, other)))
        if size(told[-1]) >= _SURNAME and told[-1] not in self._common:
            yield tuple(sorted((told[0][0], told[-1])))


def _lengths(names: Iterable[Sized]) -> list[int]:
    """How long names are, each length once, ascending."""
    return sorted({len(name) for name in names})


def _marked(handle: str) -> bool:
    """Whether a handle can be no word: it holds a digit or a sign.

    >>> _marked("jane_h"), _marked("anna")
    (True, False)
    """
    return len(handle) > _SHORTEST and not handle.isalpha()
