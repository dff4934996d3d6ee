"""What words never tell of anybody: health, beliefs, origin, and where to reach them.

The special categories of the GDPR (article 9) and of the terms of platforms, postal and
mail addresses, telephone numbers, and numbers of documents and patients. Recall
first: a topic more that stays is a small harm, a religion that leaves is not. Illness
alone is no sign, as it is what professionals write about: it counts as somebody's own
or that of a named person.

The rules are data, ``sensitive.toml``; ``docs/privacy.md`` has what they find of texts
that were labelled by hand.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Self

from hcpgraph.policy import identifiers
from hcpgraph.policy.folding import fold, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ANYWHERE: Final = 6  # letters of a word that counts inside a hashtag
_LONG: Final = 80  # letters of a hashtag; longer ones are addresses and the like
_UNSPACED: Final = re.compile(r"[\u0590-\u08ff\u2e80-\U0003ffff]")
_APOSTROPHES: Final = re.compile("['\u2019\u02bc`]")
_INNER: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=[0-9])|(?<=[0-9])(?=[^\W\d_])"
)
# No word is so long; patterns take the square of its length.
_ENDLESS: Final = re.compile(r"([A-Za-z0-9_]{80})(?=[A-Za-z0-9_])")
_TAG: Final = re.compile(r"#(\w+)")
_RUN: Final = re.compile(r"\w+")
_ILL, _NAMED = "illx", "Namx"  # stand for an illness and for somebody by name


@dataclass(frozen=True, slots=True)
class Told:
    """A text as words.

    Attributes:
        text: without accents and apostrophes.
        words: folded; also those that are glued with capitals.
        joined: the same with a blank before and after each.
    """

    text: str
    words: frozenset[str]
    joined: str

    @classmethod
    def of(cls, text: str) -> Self:
        told = words(text)
        runs = map(fold, _RUN.findall(text))
        return cls(text, frozenset((*told, *runs)), f" {' '.join(told)} ")


class Lexicon:
    """The words of one kind.

    Args:
        entries: as in ``sensitive.toml``, of any language.
        beside: words beside which a short one counts in a hashtag.
    """

    def __init__(self, entries: Iterable[str], beside: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._starts: set[str] = set()
        self._together: list[str] = []
        self._anywhere: list[str] = []
        self._unspaced: list[str] = []
        self._tags: set[str] = set()
        in_company: set[str] = set()
        for entry in sorted(set(map(plain, entries))):
            if entry.startswith("+"):
                in_company.add(fold(entry))
            elif entry.startswith("#"):
                self._tags.add(fold(entry))
            elif _UNSPACED.search(entry):
                self._unspaced.append(entry)
            else:
                self._add(entry.rstrip("*"), begins=entry.endswith("*"))
        self._lengths = sorted({len(one) for one in self._starts})
        self._in_company = in_company
        self._beside = beside

    def _add(self, stem: str, *, begins: bool) -> None:
        """File a word of letters under how it is looked for."""
        told = " ".join(words(stem))
        if " " in told:
            self._together.append(f" {told}{'' if begins else ' '}")
        else:
            (self._starts if begins else self._whole).add(told)
        glued = fold(stem)
        if len(glued) >= _ANYWHERE:
            self._anywhere.append(glued)
        else:
            self._tags.add(glued)

    def stands_in(self, told: Told) -> bool:
        """Whether a text holds one of the words."""
        return (
            not self._whole.isdisjoint(told.words)
            or any(
                word[:n] in self._starts for word in told.words for n in self._lengths
            )
            or any(one in told.joined for one in self._together)
            or (not told.text.isascii() and any(o in told.text for o in self._unspaced))
        )

    def stands_inside(self, tag: str) -> bool:
        """Whether a hashtag is glued together of one of the words and others."""
        glued = fold(tag)[:_LONG].strip("0123456789")
        if any(one in glued for one in self._anywhere):
            return True
        some = any(one in glued for one in (*self._tags, *self._in_company))
        return some and self._glued.fullmatch(glued) is not None

    @cached_property
    def _glued(self) -> re.Pattern[str]:
        """Words and others in a row; most texts have no such word, and need none."""
        ours, others, both = map(
            _longest_first, (self._tags, self._beside, self._in_company)
        )
        return re.compile(
            f"(?:{others})*(?:{ours})s?(?:{others}|{ours}|{both})*"
            f"|(?:{others})+(?:{both})s?(?:{others}|{both})*"
            f"|(?:{both})s?(?:{others})+(?:{others}|{both})*"
        )


class Sensitive:
    """What of a text never leaves.

    Args:
        rules: as in ``sensitive.toml``.
    """

    def __init__(self, rules: Mapping[str, Any]) -> None:
        beside = [word for some in rules["beside"].values() for word in some]
        self._words = {
            kind: Lexicon(_every(by_language), beside)
            for kind, by_language in rules["words"].items()
        }
        marks = {"$illness": _ILL, "$named": rf"\b{_NAMED}\b"}
        self._phrases = {
            kind: _either(_every(by_language), marks)
            for kind, by_language in rules["phrases"].items()
        }
        self._allowed = {kind: _either(some) for kind, some in rules["allowed"].items()}
        self._illness = re.compile(
            rf"\b(?:{'|'.join(map(plain, rules['illness']['latin']))})|"
            r"\w+(?:krebs|kanker|karzinom|tumor)\w*",
            re.IGNORECASE,
        )
        self._ill_tags = _either(rules["illness"]["tags"])
        self._named = re.compile("|".join(rules["named"]["patterns"]), re.IGNORECASE)

    def kinds(self, text: str) -> frozenset[str]:
        """The kinds of what may not leave that stand in a text or a hashtag.

        >>> sorted(load().kinds("#ProudCatholic, mail ann@mail.org"))
        ['mail', 'religion']
        >>> load().kinds("Breast cancer trials in 2024")
        frozenset()
        """
        return frozenset(self._found(text))

    def holds(self, text: str) -> bool:
        """Whether anything of a text may not leave."""
        return next(self._found(text), None) is not None

    def _found(self, text: str) -> Iterator[str]:
        bare = _ENDLESS.sub(r"\1 ", _APOSTROPHES.sub(" ", plain(text)))
        yield from identifiers.kinds_of(bare)
        is_tag = not any(c.isspace() for c in text.strip())
        tags = _RUN.findall(bare) if is_tag else _TAG.findall(bare)
        forms = [bare, *(_apart(tag) for tag in tags)]
        told = list(map(Told.of, forms))
        for kind, lexicon in self._words.items():
            allowed = self._allowed.get(kind)
            left, glued = told, tags
            if allowed and any(map(allowed.search, forms)):
                left, glued = [Told.of(allowed.sub(" . ", one)) for one in forms], []
            if (
                any(map(lexicon.stands_in, left))
                or any(map(lexicon.stands_inside, glued))
                or any(self._phrases[kind].search(one.text) for one in left)
            ):
                yield kind
        if any(map(self._phrases["address"].search, forms)):
            yield "address"
        if any(map(self._tells_health, forms)) or any(
            self._ill_tags.search(fold(tag)) for tag in tags
        ):
            yield "health"

    def _tells_health(self, text: str) -> bool:
        """Whether an illness is the writer's own, of kin, or of somebody named."""
        phrases = self._phrases["health"]
        marked = self._named.sub(_NAMED, self._illness.sub(_ILL, text))
        return bool(phrases.search(text) or phrases.search(marked))


@cache
def load() -> Sensitive:
    """The rules that come with the toolkit."""
    data = (resources.files("hcpgraph.policy") / "sensitive.toml").read_bytes()
    return Sensitive(tomllib.loads(data.decode()))


def _apart(tag: str) -> str:
    """The words of a hashtag with blanks between.

    >>> _apart("PatientJohnSmith_has_HIV2")
    'Patient John Smith has HIV 2'
    """
    return _INNER.sub(" ", tag.replace("_", " "))


def _every(by_language: Mapping[str, Iterable[str]]) -> list[str]:
    return [one for some in by_language.values() for one in some]


def _longest_first(some: Iterable[str]) -> str:
    """Words as alternatives of a pattern; of none nothing that ever fits."""
    return "|".join(sorted(set(some), key=lambda word: (-len(word), word))) or "(?!)"


def _either(
    patterns: Iterable[str], marks: Mapping[str, str] | None = None
) -> re.Pattern[str]:
    joined = "|".join(f"(?:{plain(one)})" for one in patterns)
    for mark, stands_for in (marks or {}).items():
        joined = joined.replace(mark, stands_for)
    return re.compile(joined, re.IGNORECASE)
