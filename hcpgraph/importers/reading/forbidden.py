"""Columns that no import takes in, because they say too much of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ForbiddenColumn
from hcpgraph.importers.reading.columns import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# Part of a folded header -> what it tells.
_PARTS: Final[Mapping[str, str]] = {
    "diagnos": "health",
    "healthcondition": "health",
    "medicalcondition": "health",
    "medicalhistory": "health",
    "healthstatus": "health",
    "illness": "health",
    "disabilit": "health",
    "politic": "politics",
    "religio": "religion",
    "ethnic": "race or ethnicity",
    "sexlife": "sex life or orientation",
    "sexual": "sex life or orientation",
    "orientation": "sex life or orientation",
    "tradeunion": "union membership",
    "unionmember": "union membership",
    "prescription": "prescriptions",
    "prescrib": "prescriptions",
    "rxvolume": "prescriptions",
}
# Whole folded headers, too short to look for inside others.
_WHOLE: Final[Mapping[str, str]] = {
    "condition": "health",
    "conditions": "health",
    "disease": "health",
    "party": "politics",
    "faith": "religion",
    "race": "race or ethnicity",
    "union": "union membership",
    "rx": "prescriptions",
}


def check(path: Path, names: Iterable[str]) -> None:
    """Refuse a table with a column that must never be kept of a person.

    Raises:
        ForbiddenColumn: naming the first such column.
    """
    found = first(names)
    if found is not None:
        name, told = found
        raise ForbiddenColumn(
            path, name, f"it tells of {told}, which is never kept of a person"
        )


def first(names: Iterable[str]) -> tuple[str, str] | None:
    """The first such column, and what it tells of."""
    told = ((name, _told(fold(name))) for name in names)
    return next(((name, what) for name, what in told if what is not None), None)


def _told(folded: str) -> str | None:
    if folded in _WHOLE:
        return _WHOLE[folded]
    return next((told for part, told in _PARTS.items() if part in folded), None)
