"""What a viewer sees of an explanation: section by section."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import WithheldList
from hcpgraph.model.columns import LISTS
from hcpgraph.model.explanation import Section
from hcpgraph.narrative import withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcpgraph.model.explanation import Explanation
    from hcpgraph.policy import Viewer

# What stands above the sections, and the column of a ranking that it is.
_FIGURES: Final = (
    *("id", "rank", "score", "rank_low", "rank_high", "tier", "audience_claimed"),
)
_LISTING: Final = "explain"


def check(viewer: Viewer) -> None:
    """Refuse an explanation of which a viewer sees nothing.

    Raises:
        WithheldList: if that is so.
    """
    sections = [name for name in LISTS if name.startswith(f"{_LISTING} ")]
    seen = any(viewer.sees(name, one.name) for name in sections for one in LISTS[name])
    if not seen and not viewer.shows("rank"):
        raise WithheldList(viewer.name, _LISTING)


def projected(viewer: Viewer, found: Explanation) -> Explanation:
    """An explanation without what is withheld from a viewer.

    Sentences tell of several sections at once; they stand where all are seen whole.
    """
    left = [name for name in _FIGURES if not viewer.sees("rank", name)]
    names = dict.fromkeys((*left, *_withheld(viewer)))
    if not names:
        return found
    changed: dict[str, Any] = dict.fromkeys(left)
    for name, section in found.sections():
        changed[name] = _section(viewer, f"{_LISTING} {name}", section)
    said = withheld.columns(viewer.name, tuple(names))
    return replace(found, **changed, says=(), notes=(*found.notes, *said))


def _section(viewer: Viewer, listing: str, section: Section) -> Section:
    names = [name for name in section.table.names if viewer.sees(listing, name)]
    return Section(section.title, table=section.table.select(names))


def _withheld(viewer: Viewer) -> Iterator[str]:
    """The columns of sections that are withheld, in the order of reading."""
    for listing, columns in LISTS.items():
        if listing.startswith(f"{_LISTING} "):
            for column in columns:
                if not viewer.sees(listing, column.name):
                    yield column.name
