"""What a file is and how sure that is, whether or not it can be imported."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

from hcpgraph.errors import ExportError, PrivateMessages, UnreadFormat
from hcpgraph.importers.forbidden_columns import forbidden_columns
from hcpgraph.importers.reading import json_values, tables
from hcpgraph.importers.reading.head import peek
from hcpgraph.importers.recognition.describing import describe
from hcpgraph.importers.recognition.heading_words import are_headings
from hcpgraph.importers.recognition.likeness import CLEAR
from hcpgraph.importers.registry import IMPORTERS
from hcpgraph.model.inspection import CERTAIN, LIKELY, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.importers.recognition.likeness import Likeness
    from hcpgraph.model.files import ImportOptions, RowType

_ALIKE: Final = 0.3  # of two formats; less than this is nothing alike

# Word in the name of an export -> platform of its ids.
_PLATFORMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("X", "twint", "snscrape", "rtweet", "DMI-TCAT"), "x"),
    **{
        name: name.lower()
        for name in (
            *("Bluesky", "Mastodon", "LinkedIn", "Instagram", "Threads", "Facebook"),
            *("TikTok", "YouTube", "Reddit", "WeChat"),
        )
    },
}
_WORDS: Final = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is.

    Attributes:
        format: the format that it is read in, or its name if none reads it; None if
            nothing is known of it.
        sure: how sure that is, a word of ``model.inspection``.
        platform: platform that such files belong to, if they are of one.
        unit: what a row of it is, if it can be read.
        forbidden: columns that are never kept of a person.
        columns: how many columns it has, or keys if it is JSON.
        headed: whether the first line of a table is known to name its columns.
        refusal: why it is not imported; None if nothing in its beginning is against it.
    """

    format: str | None = None
    sure: str = UNSURE
    platform: str | None = None
    unit: RowType | None = None
    forbidden: tuple[str, ...] = ()
    columns: int = 0
    headed: bool = True
    refusal: ExportError | None = None

    @classmethod
    def of(cls, refusal: ExportError) -> Self:
        """What a file is that has a name and no format, or cannot be opened."""
        if not isinstance(refusal, UnreadFormat):
            return cls(refusal=refusal)
        words = _WORDS.findall(refusal.what)
        platform = next(
            (_PLATFORMS[word] for word in words if word in _PLATFORMS), None
        )
        sure = CERTAIN if refusal.certain else LIKELY
        return cls(refusal.what or None, sure, platform, refusal=refusal)


def recognise(path: Path, options: ImportOptions) -> Recognition:
    """Say what the file at *path* is; what is wrong with it is part of the answer."""
    refusal, described = None, None
    try:
        described = describe(path, options)
    except ExportError as error:
        refusal = error
    try:
        head = peek(path, options.layout.separator)
        header = tables.header_of(head)
        names = header.names if header else None
        objects = json_values.first_objects(head)
    except ExportError as error:
        return Recognition.of(refusal or error)
    forbidden = (
        *forbidden_columns((*(names or ()), *_keys(objects))),
        *_letters(refusal),
    )
    if isinstance(refusal, UnreadFormat):
        found = Recognition.of(refusal)
    elif described and described.format not in IMPORTERS:
        # by a mapping, of which every column is there
        found = Recognition(described.format, CERTAIN)
    else:
        name = described.format if described else options.format
        found = _by_likeness(head, name, refusal)
    if described is not None:
        found = replace(found, platform=described.platform, unit=described.unit)
    return replace(
        found,
        forbidden=tuple(dict.fromkeys(forbidden)),
        columns=len(names or _keys(objects)),
        headed=names is None or are_headings(names),
    )


def _by_likeness(
    head: Head, name: str | None, refusal: ExportError | None
) -> Recognition:
    """The format of a file, or the nearest one."""
    found = {each: module.likeness(head) for each, module in IMPORTERS.items()}
    best = name or max(found, key=lambda each: found[each].score)
    score = found[best].score
    if name is None and not score:
        return Recognition(refusal=refusal)
    others = max(each.score for other, each in found.items() if other != best)
    return Recognition(best, _sure(found[best], others), refusal=refusal)


def _sure(likeness: Likeness, others: float) -> str:
    if likeness.score >= CLEAR and others <= _ALIKE:
        return CERTAIN
    return LIKELY if likeness.score >= CLEAR else UNSURE


def _keys(objects: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The keys of the first objects, and of their authors."""
    found: dict[str, None] = {}
    for one in objects:
        for value in (one, one.get("user"), one.get("author")):
            found.update(dict.fromkeys(value if isinstance(value, dict) else ()))
    return tuple(found)


def _letters(refusal: ExportError | None) -> tuple[str, ...]:
    """What no option makes import read, if the file holds private messages."""
    return (refusal.what,) if isinstance(refusal, PrivateMessages) else ()
