"""Cells of a list of people: ids, handles and registry numbers out of spreadsheets."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNSEEN: Final = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f"
_AS_TEXT: Final = re.compile(r'=?"(.*)"|=(.*)', re.DOTALL)
_DISARMED: Final = re.compile(r"'(?=[@0-9=+-])")
_ROUNDED: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"([0-9]+)[.,]0*")
_EXACT: Final = 2**53  # up to here a decimal number holds every whole one
_NOBODY: Final = frozenset({"nan", "null", "none", "<na>", "n/a", "@"})
_PROFILES: Final = tuple(
    re.compile(addresses.profile(platform)) for platform in ("x", "bluesky")
)
_BY_ITSELF: Final = re.compile(r"@\w[\w.@-]*|[0-9]+|[a-z]+:@?[\w.-]+", re.IGNORECASE)


def strip(cell: str) -> str:
    r"""A cell without blanks and unseen signs around it.

    >>> strip("\ufeff nina\u00a0")
    'nina'
    """
    return cell.strip().strip(_UNSEEN).strip()


def read_id(cell: str) -> str:
    """An id, ``platform:id`` or ``@handle``; empty if there is none.

    Raises:
        ValueError: if a spreadsheet has rounded it.

    >>> read_id('="1294030472427835001"'), read_id("'@nina"), read_id("11.0")
    ('1294030472427835001', '@nina', '11')
    """
    text = _whole(cell)
    if text.lower() in _NOBODY:
        return ""
    return _profile(text) or text


def read_handle(cell: str) -> str:
    """A handle with its @; empty if there is none.

    >>> read_handle("nina"), read_handle("https://x.com/nina"), read_handle("x:@nina")
    ('@nina', '@nina', 'x:@nina')
    """
    text = strip(_bare(cell))
    if not text.strip("@"):
        return ""
    profile = _profile(text)
    if profile:
        return profile
    return text if text.startswith("@") or ":@" in text else f"@{text}"


def read_npi(cell: str) -> str:
    """A registry number.

    Raises:
        ValueError: if a spreadsheet has rounded it.

    >>> read_npi("1234567893.0")
    '1234567893'
    """
    text = _whole(cell)
    return "" if text.lower() in _NOBODY else text


READ: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"id": read_id, "handle": read_handle, "npi": read_npi}
)


def is_person(cell: str) -> bool:
    """Whether a cell can only be an id or a handle, not a heading.

    >>> is_person("@nina"), is_person("1234"), is_person("Known people")
    (True, True, False)
    """
    text = _bare(cell)
    return bool(
        _BY_ITSELF.fullmatch(text)
        or _profile(text)
        or _ROUNDED.fullmatch(text)
        or _DECIMAL.fullmatch(text)
    )


def _bare(cell: str) -> str:
    """Without what a spreadsheet puts around a text so that it stays one."""
    text = _DISARMED.sub("", strip(cell), count=1) if cell.startswith("'") else cell
    found = _AS_TEXT.fullmatch(text)
    return strip((found[1] or found[2] or "") if found else text)


def _whole(cell: str) -> str:
    """A number out of its decimal form, where that is certain."""
    text = _bare(cell)
    if _ROUNDED.fullmatch(text):
        raise ValueError(f"{text} was rounded by a spreadsheet; export ids as text")
    decimal = _DECIMAL.fullmatch(text)
    if decimal is None:
        return text
    if int(decimal[1]) > _EXACT:
        raise ValueError(
            f"{text} went through a decimal number, which rounds; export ids as text"
        )
    return decimal[1]


def _profile(text: str) -> str:
    """The handle of a profile's address."""
    found = next(filter(None, (p.fullmatch(text) for p in _PROFILES)), None)
    return f"@{found[1]}" if found else ""
