"""Which words may leave a study: names travel in hashtags, links and file names.

A name is known under many spellings: with titles and degrees, with digits, glued,
reversed, as an initial and a surname. Where words may call somebody who must never
be listed, they stay: to lose a topic is a smaller harm than to expose a person.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hcpgraph.policy import sensitive
from hcpgraph.policy.folding import fold, size, words, written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from hcpgraph.policy.rules import WordRules

_PART: Final = 4  # how much a part of a name says, at least, by itself
_AT_AN_END: Final = 5  # likewise at an end of a longer word
_HANDLE_INSIDE: Final = 5  # a handle anywhere in a longer word
_NAME_INSIDE: Final = 6  # two parts of a name, likewise
_ID_INSIDE: Final = 8
_ID_DIGITS: Final = 4  # of an id that is looked for among other digits
_INITIALED: Final = 5  # an initial and a surname
_SHORTEST: Final = 3  # of a word among others
_LONG: Final = 64  # letters; few handles and names are longer
_SEGMENTS: Final = (re.compile(r"\W+"), re.compile(r"[\W_]+"))
_DIGITS: Final = "0123456789"


class Words:
    """What may be said, given how those are called who must never be listed.

    Args:
        called: (``"id"``, ``"handle"`` or ``"name"``, text) of those people.
        terms: of the vocabulary of disease areas, folded or not.
        rules: of the policy.
    """

    def __init__(
        self,
        called: Iterable[tuple[str, str]],
        terms: Iterable[str],
        rules: WordRules,
    ) -> None:
        self.least_accounts = rules.least_accounts
        self._titles = rules.titles
        every = list(terms)
        self._terms = frozenset(map(fold, every))
        self._common = rules.common | {word for term in every for word in words(term)}
        self._whole: set[str] = set()
        self._inside: set[str] = set()
        self._parts: set[str] = set()
        self._ids: set[str] = set()
        add = {"id": self._add_id, "handle": self._add_handle, "name": self._add_name}
        for kind, text in called:
            add[kind](text)
        self._inside_of = _by_length(self._inside)
        self._part_lengths = sorted({len(part) for part in self._parts})

    def is_term(self, tag: str) -> bool:
        """Whether a hashtag stands in the vocabulary."""
        return fold(tag) in self._terms

    def withholds(self, text: str) -> bool:
        """Whether a text stays: it may call somebody, or hold what never leaves.

        A text is a hashtag, a link, the name of a community or of a file, or a line.
        """
        return bool(text) and (self.calls(text) or sensitive.load().holds(text))

    def calls(self, text: str) -> bool:
        """Whether a text may call somebody who must never be listed."""
        folded = fold(text)
        if not folded:
            return False
        return (
            not self._whole.isdisjoint(self.plain_forms(folded))
            or self._holds(folded)
            or any(self._is_called(one) for one in _segments(text))
            or any(self._is_part(word) for word in words(text))
        )

    def plain_forms(self, tag: str) -> Set[str]:
        """A hashtag folded; also without titles, degrees and digits around."""
        folded = fold(tag)
        forms = {folded}
        for start in (folded, folded.strip(_DIGITS)):
            for head in (start, *self._without_head(start)):
                tails = self._without_tail(head)
                forms |= {one.strip(_DIGITS) for one in (head, *tails)}
                forms.add(head)
        return {form for form in forms if form == folded or size(form) >= _SHORTEST}

    def _without_head(self, folded: str) -> Iterator[str]:
        """What is left of a word that begins with a title."""
        lengths = {len(title) for title in self._titles}
        return (folded[n:] for n in lengths if folded[:n] in self._titles)

    def _without_tail(self, folded: str) -> Iterator[str]:
        """What is left of a word that ends with a degree."""
        lengths = {len(title) for title in self._titles}
        return (folded[:-n] for n in lengths if folded[-n:] in self._titles)

    def _holds(self, folded: str) -> bool:
        """Whether a handle, a name or an id stands anywhere in a folded text."""
        return any(
            _has_one(folded, length, forms) for length, forms in self._inside_of.items()
        )

    def _is_called(self, segment: str) -> bool:
        """Whether one word of a text is what somebody is called."""
        return (
            size(segment) >= _SHORTEST
            and not segment.isdigit()
            and segment not in self._common
            and segment in self._whole
        )

    def _is_part(self, word: str) -> bool:
        """Whether a word is an id, or begins or ends with a part of a name."""
        if word.isdigit():
            return word in self._ids
        if word in self._parts:
            return True
        ends = (
            piece
            for length in self._part_lengths
            if length < len(word)
            for piece in (word[:length], word[-length:])
        )
        return any(piece in self._parts and size(piece) >= _AT_AN_END for piece in ends)

    def _add_id(self, text: str) -> None:
        folded = fold(text)
        self._whole.add(folded)
        if folded.isdigit() and len(folded) >= _ID_DIGITS:
            self._ids.add(folded)
        if size(folded) >= _ID_INSIDE:
            self._inside.add(folded)

    def _add_handle(self, text: str) -> None:
        """A handle; of ``anna@mastodon.social`` also what stands before the host."""
        bare = text.lstrip("@")
        first = re.split(r"[@.]", bare, maxsplit=1)[0]
        for one in (bare, first):
            for form in self.plain_forms(one):
                self._whole.add(form)
                if size(form) >= _HANDLE_INSIDE and form not in self._common:
                    self._inside.add(form)
        self._add_name(first if size(fold(first)) >= _PART else bare)

    def _add_name(self, text: str) -> None:
        """A name as a whole, glued, in twos, with an initial, and its parts."""
        for spelling in _spelt(text):
            folded = fold(spelling)
            tokens = [
                word
                for word in words(spelling)
                if word not in self._titles and not word.isdigit()
            ]
            telling = [word for word in tokens if word not in self._common]
            for form in (folded, "".join(tokens)):
                if form:
                    self._whole.add(form)
                if size(form) >= _NAME_INSIDE and (telling or len(tokens) > 2):
                    self._inside.add(form)
            self._parts.update(word for word in telling if size(word) >= _PART)
            self._add_twos(tokens)

    def _add_twos(self, tokens: list[str]) -> None:
        """Two parts of a name that stand together, or the first and the last."""
        ends = [(tokens[0], tokens[-1])] if len(tokens) > 2 else []
        for one, other in (*pairwise(tokens), *ends):
            if self._common.issuperset((one, other)):
                continue
            for first, second in ((one, other), (other, one)):
                glued = first + second
                self._whole.add(glued)
                if size(glued) >= _NAME_INSIDE and min(len(one), len(other)) > 1:
                    self._inside.add(glued)
                if first not in self._common and second not in self._common:
                    short = (first[0] + second, first + second[0])
                    self._whole.update(s for s in short if size(s) >= _INITIALED)


def _by_length(forms: Iterable[str]) -> dict[int, frozenset[str]]:
    """Forms of two letters and more by their length, the shortest first."""
    found: dict[int, set[str]] = {}
    for form in forms:
        found.setdefault(len(form), set()).add(form)
    return {length: frozenset(found[length]) for length in sorted(found) if length > 1}


def _has_one(folded: str, length: int, forms: frozenset[str]) -> bool:
    """Whether one of *forms*, all of one length, stands in a folded text."""
    if length > _LONG:  # to cut out every piece would take the square of the length
        return any(form in folded for form in forms)
    starts = range(len(folded) - length + 1)
    return any(folded[start : start + length] in forms for start in starts)


def _segments(text: str) -> Iterator[str]:
    """The words of a text between signs, folded; with and without underscores."""
    for signs in _SEGMENTS:
        yield from (fold(one) for one in signs.split(text) if one)


def _spelt(name: str) -> Iterator[str]:
    """A name as it stands, and with the letters that keyboards write out."""
    yield name
    if not name.isascii():
        yield written_out(name)
