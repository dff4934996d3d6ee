"""Who was erased: keyed hashes, and what else in a study calls such a person.

An account is hashed as ``platform:id``, and as ``platform:@handle`` in small letters.
A word in a text of somebody else is a handle if it cannot be another word: behind
``@`` or ``/``, or with a digit or a sign in it, or long. A name counts as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from hcpgraph.model.erasure import ERASED, Identifiers, Patterns
from hcpgraph.model.hashed import account_texts
from hcpgraph.policy.folding import fold, size

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from hcpgraph.policy.keys import Key

_ID: Final = 6  # digits of an id that is looked for without its platform, at least
_LONG: Final = 9  # letters of a handle that is looked for as a word, at least
_SHORTEST: Final = 3  # of one with a digit or a sign
_WHOLE: Final = 6  # letters of a whole name, at least
_UNSPACED: Final = re.compile(r"[\u2e80-\U0003ffff]")  # scripts without blanks
_BESIDE_NAMES: Final = re.compile(r"[|,;:()/\u2013\u2014\u2022\u00b7]|\s-\s")
_TOKEN: Final = re.compile(r"[@/]?\w[\w.:@-]*")
_END: Final = ".:-@"
_PIECES: Final = re.compile(r"[.:@-]+")
_PARTS: Final = re.compile(r"_+")
_BETWEEN: Final = r"[\s._-]*"
_LETTER: Final = r"[^\p{L}\p{N}_]"
_OF_PATHS: Final = r"[^\p{L}\p{N}]"
_MARK: Final = "[@/]"
_NEVER: Final = r"()\b\B"
_OF_POST: Final = r"(?:/status(?:es)?/[0-9]+)?"


def hashes(key: Key, known: Identifiers) -> tuple[str, ...]:
    """The keyed hashes of people's ids, handles and registry numbers, sorted."""
    texts = [
        *(said for p, one in known.ids for said in account_texts(p, one, None)),
        *(said for p, one in known.handles for said in account_texts(p, None, one)),
    ]
    found = {key.digest("account", text) for text in texts}
    found |= {key.digest("npi", number) for number in known.numbers}
    return tuple(sorted(found))


def proof(key: Key) -> str:
    """What tells a key from another without telling the key."""
    return key.digest("key", "suppression")


def is_distinct(handle: str, common: Collection[str]) -> bool:
    """Whether a handle is its account's also as a bare word of a text.

    >>> is_distinct("jane_h", ()), is_distinct("anna", ())
    (True, False)
    """
    if fold(handle) in common:
        return False
    if handle.isalpha():
        return size(handle) >= _LONG
    return len(handle) >= _SHORTEST


def patterns(known: Identifiers, common: Collection[str]) -> Patterns:
    """How people are called in texts of others.

    Args:
        known: the people.
        common: words that are no name, nor a part of one, folded.
    """
    called = sorted(_called(known, common))
    named = sorted({one for name in known.names for one in _named(name, common)})
    unspaced = sorted(
        {
            re.escape(name)
            for name in known.names
            if _UNSPACED.search(name) and size(fold(name)) >= _WHOLE
        }
    )
    return Patterns(
        called=_pattern(called, [], _LETTER),
        named=_pattern([*called, *named], unspaced, _LETTER),
        path=_pattern([*called, *named], unspaced, _OF_PATHS),
    )


def _pattern(bounded: list[str], anywhere: list[str], no_letter: str) -> str:
    """One expression of several, with what stands around them in two groups."""
    marked = [one for one in bounded if one.startswith(_MARK)]
    bare = [one for one in bounded if not one.startswith(_MARK)]
    before = [
        # what matches nothing still has the first group
        f"(^|{no_letter})(?:{'|'.join(bare)})" if bare else _NEVER,
        *([f"(?:{'|'.join(marked)})"] if marked else []),
    ]
    if not bounded and not anywhere:
        return ""
    parts = [f"(?:{'|'.join(before)})($|{no_letter})", *anywhere]
    return f"(?i)(?:{'|'.join(parts)})"


def _called(known: Identifiers, common: Collection[str]) -> Iterator[str]:
    told = {fold(word) for name in known.names for word in name.split()}
    for platform, one in known.ids:
        long = len(one) >= _ID or not one.isdigit()
        yield re.escape(one if long else f"{platform}:{one}")
    for _, one in known.handles:
        bare = is_distinct(one, common) and fold(one) not in told
        for spelt in _spellings(one):
            yield ("@?" if bare else _MARK) + re.escape(spelt) + _OF_POST
    yield from map(re.escape, known.numbers)


def _named(name: str, common: Collection[str]) -> Iterator[str]:
    """A name of two words or more, forwards and backwards."""
    for part in {name, *_BESIDE_NAMES.split(name)}:
        said = [
            word
            for word in re.split(r"[\s.]+", part)
            if any(map(str.isalpha, word)) and fold(word) not in common
        ]
        if len(said) < 2 or size(fold("".join(said))) < _WHOLE:
            continue
        for spelt in _spellings(" ".join(said)):
            words = [re.escape(word) for word in spelt.split(" ")]
            yield _BETWEEN.join(words)
            yield f"{words[-1]},?{_BETWEEN}{_BETWEEN.join(words[:-1])}"


def _spellings(text: str) -> set[str]:
    """A text composed, decomposed, and without its accents."""
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return {text, apart, unicodedata.normalize("NFC", text), bare, text.casefold()}


class Suppressed:
    """The people erased from a study, known by keyed hashes.

    Args:
        key: of the hashes.
        known: the hashes.
        common: words that are no name, nor a part of one, folded.
    """

    def __init__(
        self, key: Key, known: Iterable[str], common: Collection[str] = ()
    ) -> None:
        self._key = key
        self._known = set(known)
        self._common = common

    def holds(self, platform: str, native_id: str | None, handle: str | None) -> bool:
        """Whether an account is of somebody who was erased."""
        return any(
            self._key.digest("account", text) in self._known
            for text in account_texts(platform, native_id, handle)
        )

    def holds_number(self, number: str) -> bool:
        """Whether a registry number is of somebody who was erased."""
        return self._key.digest("npi", number) in self._known

    def extend(self, known: Identifiers) -> tuple[str, ...]:
        """Take in more of what such a person is called; gives the new hashes."""
        fresh = tuple(sorted(set(hashes(self._key, known)) - self._known))
        self._known.update(fresh)
        return fresh

    def patterns(self, known: Identifiers) -> Patterns:
        """How those whose identifiers a file shows are called in texts of others."""
        return patterns(known, self._common)

    def called(self, platform: str, tokens: Iterable[str]) -> Identifiers:
        """The ids and handles of such people among words of texts."""
        ids: set[tuple[str, str]] = set()
        handles: set[tuple[str, str]] = set()
        for token in tokens:
            for word in _readings(token):
                if self._is_handle(platform, word, marked=token[0] in "@/"):
                    handles.add((platform, word))
                elif len(word) >= _ID and self.holds(platform, word, None):
                    ids.add((platform, word))
        return Identifiers(tuple(sorted(ids)), tuple(sorted(handles)))

    def _is_handle(self, platform: str, word: str, *, marked: bool) -> bool:
        if not marked and not is_distinct(word, self._common):
            return False
        return self.holds(platform, None, word)

    def covered(self, platform: str, text: str) -> str:
        """A line about a file without what calls such a person."""

        def cover(found: re.Match[str]) -> str:
            said = found[0]
            for word in sorted((*_readings(said), *_runs(said)), key=len, reverse=True):
                marked = said[0] in "@/"
                if self._is_handle(platform, word, marked=marked) or (
                    len(word) >= _ID and self.holds(platform, word, None)
                ):
                    said = said.replace(word, ERASED)
            return said

        return _TOKEN.sub(cover, text)


def _readings(token: str) -> Iterator[str]:
    """A word as a whole, and its pieces.

    >>> list(_readings("@Ann.lee."))
    ['Ann.lee', 'Ann', 'lee']
    """
    bare = token.lstrip("@/").rstrip(_END)
    yield bare
    pieces = _PIECES.split(bare)
    if len(pieces) > 1:
        yield from filter(None, pieces)


def _runs(token: str) -> Iterator[str]:
    """Parts of the name of a file that follow each other: ``list_of_ann_lee``."""
    for piece in _PIECES.split(token):
        parts = _PARTS.split(piece)
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                if end - start < len(parts):
                    yield "_".join(parts[start:end])
