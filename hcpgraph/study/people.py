"""Lists of people given to a study, as a file or as Python values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hcpgraph.importers.person_list import read_person_list
from hcpgraph.model.people import PersonList

if TYPE_CHECKING:
    from collections.abc import Iterable


def as_person_list(people: Path | str | Iterable[str] | None) -> PersonList | None:
    """The list behind a path to a CSV file, or behind ids and ``@handles``."""
    if people is None:
        return None
    if isinstance(people, str | Path):
        return read_person_list(Path(people))
    return PersonList(names=tuple(dict.fromkeys(str(name) for name in people)))
