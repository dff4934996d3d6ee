"""Cells of a list of people: ids, handles and registry numbers out of spreadsheets."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import addresses
from hcpgraph.model.signs import HIDDEN, on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNSEEN: Final = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f"
_AS_TEXT: Final = re.compile(r'=?"(.*)"|=(.*)', re.DOTALL)
_DISARMED: Final = re.compile(r"'(?=[@0-9=+-])")
_ROUNDED: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"([0-9]+)[.,]0*")
# 1.294.030 as well as 1,294,030; of 9.000 nobody knows whether it is 9
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[.,'\u2019\u00a0\u202f ][0-9]{3})+")
_SIGNED: Final = re.compile(r"[+-][0-9]+")
_FAILED: Final = re.compile(r"#+|#(?:REF|VALUE|DIV/0|NUM|NULL|NAME|N/A|SPILL)[!?]?")
_HIDDEN: Final = re.compile(f"[{HIDDEN}]")
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

    Raises:
        ValueError: if it is none.

    >>> read_handle("nina"), read_handle("https://x.com/nina"), read_handle("x:@nina")
    ('@nina', '@nina', 'x:@nina')
    """
    text = _seen(strip(_bare(cell)))
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
    text = _seen(_bare(cell))
    if text.isdecimal():  # those of other scripts as well
        return "".join(str(unicodedata.decimal(digit)) for digit in text)
    if _GROUPED.fullmatch(text) or _SIGNED.fullmatch(text):
        raise ValueError(f"{text} was taken for a quantity; export ids as text")
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


def _seen(text: str) -> str:
    """A text all signs of which can be seen, and which no spreadsheet failed at.

    Raises:
        ValueError: if it is another.
    """
    if _HIDDEN.search(text):
        raise ValueError(f"{on_one_line(text)} holds signs that cannot be seen")
    if _FAILED.fullmatch(text):
        raise ValueError(f"{text} is what a spreadsheet shows for what it cannot")
    return text


def _profile(text: str) -> str:
    """The handle of a profile's address."""
    found = next(filter(None, (p.fullmatch(text) for p in _PROFILES)), None)
    return f"@{found[1]}" if found else ""
