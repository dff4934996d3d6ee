"""What columns that name people are called, in rosters and in lists alike.

All names are folded by ``columns.fold``, best first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.columns import first_of

if TYPE_CHECKING:
    from collections.abc import Mapping

IDS: Final = (
    "id",
    "userid",
    "accountid",
    "authorid",
    "nativeid",
    "twitterid",
    "twitteruserid",
    "xid",
    "xuserid",
)
HANDLES: Final = (
    "handle",
    "username",
    "screenname",
    "userhandle",
    "accounthandle",
    "twitterhandle",
    "twitterusername",
    "xhandle",
    "xusername",
)
NPIS: Final = ("npi", "npinumber", "nationalprovideridentifier")
NAMES: Final = ("name", "fullname", "displayname", "label")


def find_people(folded: Mapping[str, int]) -> dict[str, int]:
    """Where a header names people: ``id``, ``handle``, ``npi`` -> position.

    Args:
        folded: folded name -> position, as ``Header.folded`` gives it.
    """
    found = {"id": IDS, "handle": HANDLES, "npi": NPIS}
    places = {what: first_of(names, folded) for what, names in found.items()}
    return {what: place for what, place in places.items() if place is not None}
