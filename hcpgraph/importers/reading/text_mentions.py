r"""Mentions, reposts and hashtags that stand in texts alone, in SQL.

A mention is an @ (or its full-width form) with a handle behind it, as the platform
itself reads texts: nothing of a word stands before it, so ``ann@mail.org`` is an
address of e-mail, and what is inside an address of the web is none either. On X a
handle is of Latin letters, digits and underscores; what follows it in another script
(``@tanakaさん``), a dot or a possessive is no part of it, and a longer or accented word
is no handle. ``RT @ann:`` at the beginning is a repost.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import sql
from hcpgraph.model.names import DEFAULT_PLATFORM

if TYPE_CHECKING:
    from collections.abc import Mapping

_AT: Final = r"[@\x{ff20}]"
_DOTTED: Final = "[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?"
_ANY_SCRIPT: Final = (
    r"[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_.\x{b7}-]{0,58}[\p{L}\p{N}\p{M}_])?"
)
_HANDLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "x": "[A-Za-z0-9_]{1,20}",
        "instagram": _DOTTED,
        "threads": _DOTTED,
        "tiktok": _DOTTED,
        "bluesky": r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,18}",
        "mastodon": r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?"
        r"(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?",
    }
)
# Of a word that goes on in an accented letter, the beginning is no handle.
_ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {"x": r"(?:$|[^A-Za-z0-9_@\x{ff20}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{24f}])"}
)
_END: Final = r"(?:$|[^\p{L}\p{N}_@\x{ff20}])"
_BEFORE: Final = r"(?:^|[^A-Za-z0-9_!#$%&*@\x{ff20}])"

# Words that hold the sign, as most of a text holds none; what in them is an address of
# the web, with a scheme or without, or of e-mail.
_WORDS: Final = r"[^\s\x{3000}]*[$sign][^\s\x{3000}]*"
_LINKS: Final = (
    r"(?i)(?:https?://|www\.).*|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,18}/[^ ]*"
)
_MAIL: Final = (
    r"[A-Za-z0-9\x{c0}-\x{24f}._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,18}"
)
# Each sign that is no part of a handle stands twice, as one match ends with it and the
# next begins with it.
_TWICE: Final = r"([^\p{L}\p{N}\p{M}_@\x{ff20}.-])"

_TAG: Final = (
    r"(?:^|[^\p{L}\p{N}_&/])[#\x{ff03}]([\p{L}\p{N}\p{M}_]*\p{L}[\p{L}\p{N}\p{M}_]*)"
)


def handles(text: str, platform: str | None) -> str:
    """The handles mentioned in a text, in small letters, each once.

    Args:
        text: the column.
        platform: whose handles they are.
    """
    gone = _LINKS if platform == "mastodon" else f"{_LINKS}|{_MAIL}"
    clean = _words(text, r"@\x{ff20}", gone)
    clean = f"regexp_replace({clean}, {sql.text(_TWICE)}, '\\1\\1', 'g')"
    pattern = sql.text(f"{_BEFORE}{_mention(platform)}")
    found = f"regexp_extract_all({clean}, {pattern}, 1)"
    return (
        f"case when contains({text}, '@') or contains({text}, '\uff20') then"
        f" list_sort(list_distinct(list_transform({found}, lambda h: lower(h))))"
        " else []::varchar[] end"
    )


def _words(text: str, sign: str, gone: str) -> str:
    """The words of a text with a sign, without what is an address."""
    words = sql.text(_WORDS.replace("$sign", sign))
    clean = f"regexp_replace(w, {sql.text(gone)}, ' ', 'g')"
    return (
        f"array_to_string(list_transform(regexp_extract_all({text}, {words}),"
        f" lambda w: {clean}), ' ')"
    )


def reposted(text: str, platform: str | None) -> str:
    """The handle that a text begins with as a repost, ``RT @ann:``; null if none."""
    return _first(text, rf"^\s*RT[\s:]+{_mention(platform)}")


def addressed(text: str, platform: str | None) -> str:
    """The handle that a text begins with; null if it begins otherwise."""
    return _first(text, rf"^\s*\.?{_mention(platform)}")


def _mention(platform: str | None) -> str:
    """A pattern of a mention and the end of it; its group is the handle."""
    known = platform or DEFAULT_PLATFORM
    return f"{_AT}({_HANDLES.get(known, _ANY_SCRIPT)}){_ENDS.get(known, _END)}"


def _first(text: str, pattern: str) -> str:
    return f"nullif(regexp_extract({text}, {sql.text(pattern)}, 1), '')"


def hashtags(text: str) -> str:
    """The hashtags in a text, without their sign; numbers are none."""
    clean = _words(text, r"#\x{ff03}", _LINKS)
    return (
        f"case when contains({text}, '#') or contains({text}, '\uff03') then"
        f" regexp_extract_all({clean}, {sql.text(_TAG)}, 1) else []::varchar[] end"
    )
