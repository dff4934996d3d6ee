"""What columns about people are called, alike in rosters and in lists of people."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading.columns import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID: Final = (
    *("id", "userid", "accountid", "authorid", "nativeid", "uid"),
    *("twitterid", "twitteruserid", "xid", "xuserid"),
)
_HANDLE: Final = (
    *("handle", "username", "screenname", "twitterhandle", "xhandle"),
    *("twitterusername", "xusername", "twitterscreenname", "xscreenname"),
    *("userhandle", "accounthandle", "authorhandle", "authorusername"),
)

# Meaning -> folded headings, best first.
PEOPLE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": _ID,
        "handle": _HANDLE,
        "npi": ("npi", "npinumber", "npiid", "nationalprovideridentifier"),
        "name": ("name", "fullname", "displayname", "label"),
    }
)

_SIGNS: Final = re.compile(r"[^\w]+")


def meaning(heading: str) -> str | None:
    """The meaning of a heading: ``"id"``, ``"handle"``, ``"npi"`` or ``"name"``.

    >>> meaning("User ID"), meaning("@Handle (X)"), meaning("NPI #"), meaning("met")
    ('id', 'handle', 'npi', None)
    """
    plain = _SIGNS.sub("", fold(heading.partition("(")[0]))
    return next((what for what, known in PEOPLE.items() if plain in known), None)
