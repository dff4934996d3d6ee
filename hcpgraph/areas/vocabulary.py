"""Vocabularies of disease areas: read, checked, turned into rows."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

from hcpgraph.areas.folding import folded, is_unspaced
from hcpgraph.errors import VocabularyError

BUILT_IN: Final = Path(__file__).with_name("vocabulary.toml")

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MESH: Final = re.compile(r"[CD][0-9]{6,9}")
_LISTS: Final = ("hashtags", "terms", "exclude")
_KEYS: Final = frozenset({"name", "mesh", *_LISTS})
_SHORTEST_TERM: Final = 3
_SHORTEST_HASHTAG: Final = 2

AreaRow: TypeAlias = tuple[int, str, str, str | None, str]
TermRow: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Area:
    """A disease area and the words by which posts about it are known.

    Attributes:
        slug: its name in commands and files, such as ``"breast-cancer"``.
        name: its name in figures and reports.
        mesh: descriptor id in the Medical Subject Headings, or None.
        hashtags: tags, without ``#``, that mean this area whatever else is said.
        terms: words and phrases that mean it unless an excluded word is near.
        exclude: words and phrases that show a term means something else.
    """

    slug: str
    name: str
    mesh: str | None
    hashtags: tuple[str, ...]
    terms: tuple[str, ...]
    exclude: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Disease areas from one source.

    Attributes:
        areas: in the order of the file; slugs are unique.
        origin: ``"built-in"``, or the name of the user's file.
    """

    areas: tuple[Area, ...]
    origin: str


def load(path: Path | str | None = None) -> Vocabulary:
    """The vocabulary in the TOML file *path*, or the built-in one.

    Args:
        path: a file with one table an area, its heading the slug, holding ``name``,
            ``mesh``, ``hashtags``, ``terms`` and ``exclude``; all but one of
            hashtags and terms may be missing. None reads the built-in vocabulary.

    Returns:
        At least one area, each with a hashtag or a term.

    Raises:
        VocabularyError: the file cannot be read, or something in it cannot be used.

    >>> load().areas[1].slug
    'breast-cancer'
    """
    source = BUILT_IN if path is None else Path(path)
    tables = _read(source)
    if not tables:
        raise VocabularyError(source, "no areas in it; write one as a table: [asthma]")
    areas = tuple(_area(source, slug, table) for slug, table in tables.items())
    return Vocabulary(areas, "built-in" if path is None else source.name)


def rows(
    vocabulary: Vocabulary, *, first: int = 0
) -> tuple[list[AreaRow], list[TermRow]]:
    """The vocabulary as rows of the tables ``area`` and ``area_term``.

    Terms, hashtags and excluded words are folded. The slug and the name become
    terms, and every phrase a hashtag, written as one word.

    Args:
        vocabulary: what ``load`` returned.
        first: the number of the first area, past those a study already has.

    Returns:
        Rows (area, slug, name, mesh, origin), numbered from *first* in order, and
        rows (area, kind, term), sorted and without repeats.

    >>> asthma = Area("asthma", "Asthma", "D001249", ("AsthmaChat",), (), ())
    >>> rows(Vocabulary((asthma,), "mine.toml"))[1]
    [(0, 'hashtag', 'asthmachat'), (0, 'term', 'asthma')]
    """
    numbered = list(enumerate(vocabulary.areas, first))
    areas = [
        (number, area.slug, area.name, area.mesh, vocabulary.origin)
        for number, area in numbered
    ]
    words = chain.from_iterable(_term_rows(number, area) for number, area in numbered)
    return areas, sorted(set(words))


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise VocabularyError(path, f"cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise VocabularyError(path, "not text in UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        # tomllib words a repeated table this way; to the user it is a repeated area.
        repeated = re.match(r"Cannot declare \('(.+)',\) twice (.*)", str(error))
        if repeated:
            reason = f"area {repeated[1]!r} is declared twice {repeated[2]}"
            raise VocabularyError(path, reason) from error
        raise VocabularyError(path, f"not valid TOML: {error}") from error


def _area(path: Path, slug: str, table: object) -> Area:
    if not isinstance(table, dict):
        reason = f"{slug!r} stands outside an area; write areas as tables: [asthma]"
        raise VocabularyError(path, reason)
    if not _SLUG.fullmatch(slug) or len(slug) < _SHORTEST_TERM:
        reason = f"area {slug!r}: a slug is three or more of a-z, 0-9 and hyphens"
        raise VocabularyError(path, reason)
    where = f"area {slug!r}"
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise VocabularyError(path, f"{where}: unknown key {unknown[0]!r}; use {known}")
    name = _name(path, where, table.get("name", slug.replace("-", " ").capitalize()))
    mesh = _mesh(path, where, table.get("mesh"))
    hashtags, terms, exclude = (_words(path, where, table, key) for key in _LISTS)
    if not hashtags and not terms:
        raise VocabularyError(path, f"{where} is empty; give it hashtags or terms")
    return Area(slug, name, mesh, hashtags, terms, exclude)


def _name(path: Path, where: str, name: object) -> str:
    if not isinstance(name, str) or not folded(name):
        raise VocabularyError(path, f"{where}: name {name!r} is no text with words")
    return name


def _mesh(path: Path, where: str, mesh: object) -> str | None:
    if mesh is None:
        return None
    if not isinstance(mesh, str) or not _MESH.fullmatch(mesh):
        reason = f"{where}: mesh {mesh!r} is no descriptor id such as 'D001943'"
        raise VocabularyError(path, reason)
    return mesh


def _words(
    path: Path, where: str, table: dict[str, object], key: str
) -> tuple[str, ...]:
    words = table.get(key, [])
    if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
        raise VocabularyError(path, f'{where}: {key} must be a list, such as ["word"]')
    for word in words:
        fault = _hashtag_fault(word) if key == "hashtags" else _term_fault(word)
        if fault:
            raise VocabularyError(path, f"{where}: {key} {word!r} {fault}")
    return tuple(words)


def _hashtag_fault(word: str) -> str | None:
    tag = folded(word)
    if re.search(r"[^\w#]", word):
        return "is no hashtag; it may hold letters, digits and underscores only"
    if len(tag) < _SHORTEST_HASHTAG:
        return f"is too short; a hashtag has {_SHORTEST_HASHTAG} or more characters"
    return None


def _term_fault(word: str) -> str | None:
    if is_unspaced(word):
        return (
            "is in a script without blanks between words, where no word can be found;"
            " list it under hashtags"
        )
    if len(folded(word)) < _SHORTEST_TERM:
        return f"is too short; a term has {_SHORTEST_TERM} or more letters or digits"
    return None


def _term_rows(number: int, area: Area) -> set[TermRow]:
    terms = {folded(term) for term in (*area.terms, area.slug, area.name)}
    terms = {term for term in terms if len(term) >= _SHORTEST_TERM}
    tags = {folded(tag) for tag in area.hashtags}
    tags |= {term.replace(" ", "") for term in terms if " " in term}
    exclude = {folded(word) for word in area.exclude}
    return {
        (number, kind, word)
        for kind, words in (("hashtag", tags), ("term", terms), ("exclude", exclude))
        for word in words
    }
