"""What files are, before they are imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.inspection_columns import NAMES
from hcpgraph.model.table import Listed, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcpgraph.model.table import Cell

CERTAIN: Final = "certain"
LIKELY: Final = "likely"
UNSURE: Final = "unsure"
UNKNOWN_LAYER: Final = "?"


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """What one file is, and what an import into an empty study would make of it.

    Attributes:
        file: as the user gave it, or where it was found.
        format: the format that import reads it in, or what it is otherwise; None if
            nothing is known of it.
        sure: ``"certain"``, ``"likely"`` or ``"unsure"``.
        rows: rows that import reads; None if it comes to none.
        first: time of the first post or tie, ISO 8601 in UTC; None without times.
        last: time of the last one.
        platform: the platform of its ids, as import takes them.
        owner: id or @handle of the owner of a follower list.
        layers: layer -> ties; ``"?"`` for ties whose layer has to be given.
        accounts: accounts in posts, ties and profiles; None if it comes to none.
        has: what of posts, ties and people is in it.
        missing: what a ranking needs and the file lacks.
        how: how to get each of these, or why import refuses the file; sentences.
        forbidden: columns that are never kept of a person.
        refused: whether an import would refuse it; false for a file that import passes
            over in a folder.
    """

    file: str
    format: str | None = None
    sure: str = UNSURE
    rows: int | None = None
    first: str | None = None
    last: str | None = None
    platform: str | None = None
    owner: str | None = None
    layers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    accounts: int | None = None
    has: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    refused: bool = False

    @property
    def read(self) -> bool:
        """Whether an import would bring it into a study."""
        return self.accounts is not None and not self.refused

    def as_record(self) -> dict[str, Any]:
        """The columns of ``inspect``, lists as lists and layers as an object."""
        found = {name: getattr(self, name) for name in NAMES}
        listed = {n: list(v) for n, v in found.items() if isinstance(v, tuple)}
        return {**found, **listed, "layers": dict(self.layers)}


@dataclass(frozen=True, slots=True)
class Inspection(Listed):
    """What files are, one row each.

    Attributes:
        table: the columns of ``inspect``; several values in a cell are joined by ``|``,
            layers stand there as ``layer=ties``.
        files: the same as values.
        notes: what a reader must know.
    """

    table: Table
    files: tuple[InspectedFile, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        read = sum(each.read for each in self.files)
        return f"Inspection({len(self.files)} files, {read} of them read by import)"

    def as_records(self) -> list[dict[str, Any]]:
        """One object a file, as JSON has them."""
        return [each.as_record() for each in self.files]


def inspection(files: Iterable[InspectedFile]) -> Inspection:
    """The answer for some files.

    >>> found = inspection([InspectedFile("a.csv", layers={"follow": 2, "reply": 1})])
    >>> found.table["layers"], found.table["accounts"]
    (['follow=2|reply=1'], [None])
    """
    listed = tuple(files)
    rows = [each.as_record() for each in listed]
    columns = {name: [_cell(row[name]) for row in rows] for name in NAMES}
    return Inspection(Table.of("inspect", columns), listed)


def _cell(value: Any) -> Cell:
    """A value of several as one cell; None for nothing."""
    if isinstance(value, dict):
        value = [f"{name}={count}" for name, count in value.items()]
    if isinstance(value, list):
        return "|".join(value) or None
    cell: Cell = value
    return cell
