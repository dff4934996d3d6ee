"""Time zones: names of IANA, and the few abbreviations that mean one offset."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

if TYPE_CHECKING:
    from collections.abc import Mapping

# Minutes east of UTC. RFC 5322 defines those of the United States; of IST, BST, SST
# and AST nobody knows which of two is meant.
_HOURS: Final[Mapping[int, str]] = MappingProxyType(
    {
        -10: "HST",
        -9: "AKST",
        -8: "PST AKDT",
        -7: "MST PDT",
        -6: "CST MDT",
        -5: "EST CDT",
        -4: "EDT",
        0: "UTC GMT WET",
        1: "CET WEST",
        2: "CEST EET",
        3: "EEST MSK",
        8: "HKT AWST",
        9: "JST KST",
        10: "AEST",
        11: "AEDT",
        12: "NZST",
        13: "NZDT",
    }
)
OFFSETS: Final[Mapping[str, int]] = MappingProxyType(
    {name: 60 * hours for hours, names in _HOURS.items() for name in names.split()}
)
# A name such as Europe/Berlin or America/Argentina/Salta.
IANA: Final = "[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+[A-Za-z0-9_+-]*)+"


def is_zone(name: str) -> bool:
    """Whether a zone is known: of IANA, or an abbreviation that means one offset.

    >>> is_zone("Europe/Berlin"), is_zone("CET"), is_zone("Europe/Munich")
    (True, True, False)
    """
    return name in OFFSETS or name in names()


@cache
def names() -> frozenset[str]:
    """All names of IANA; they stand in some 600 files."""
    return frozenset(available_timezones())
