"""The cells of records, taken out of each record once, with why an id is refused.

A platform has many maps, and most name the same places. Taken out in each map anew, the
text of one statement has a million letters, and takes the database seconds to plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading import conversions, sql
from hcpgraph.importers.reading.record_sources import EACH

if TYPE_CHECKING:
    from hcpgraph.importers.reading.record_sources import RecordSource

_CELLS: Final = """
create or replace temp table cells as
select *$reasons from (select n, line$cells from raw where $there)
"""
_ELEMENTS: Final = """
create or replace temp table $name as
select *$reasons from (
    select n$cells from $elements as each semi join cells using (n))
"""


class RecordCells:
    """Names for what stands at places of records, and the tables that have them.

    Args:
        source: the records.
        platform: whose they are.
    """

    def __init__(self, source: RecordSource, platform: str | None) -> None:
        self._source = source
        self._platform = platform
        self._names: dict[tuple[str, str], str] = {}  # kind and place -> column
        self._values: dict[str, str] = {}  # column -> how it is taken out
        self._reasons: dict[str, str] = {}  # likewise, of why an id is refused
        self._list_of: dict[str, str] = {}  # column -> list that its elements are of
        self._lists: dict[str, str] = {}  # list -> table of its elements

    @property
    def there(self) -> str:
        """Which rows of ``table`` are records."""
        return self._source.there if self._source.checked else "true"

    @property
    def table(self) -> str:
        """The table with the cells of records."""
        return "raw" if self._source.checked else "cells"

    def cell(self, place: str) -> str:
        """The column of the text at a place."""
        if self._source.checked:
            return self._source.cell(place)
        return self._column("v", place, place, self._values, self._source.cell(place))

    def texts(self, place: str) -> str:
        """The column of the texts at a place that goes through a list."""
        if self._source.checked:
            return self._source.texts(place)
        return self._column("t", place, "", self._values, self._source.texts(place))

    def reason(self, cell: str, place: str, *, handles: bool = False) -> str:
        """The column of why a cell is no id, or no handle either.

        Args:
            cell: the columns at places, as an expression.
            place: the first of those.
            handles: whether it may be a handle.
        """
        reason = conversions.id_reason(
            cell, place, handles=handles, platform=self._platform
        )
        if self._source.checked:
            return reason
        kind = f"h {cell}" if handles else f"i {cell}"
        return self._column(kind, place, place, self._reasons, reason)

    def elements(self, place: str) -> str | None:
        """What stands behind ``from`` for the elements of a list, with its record."""
        if self._source.elements is None:
            return None
        if self._source.checked:
            return self._source.elements(place)
        name = self._lists.setdefault(place, f"elements_{len(self._lists)}")
        return f"(select * from {name} join cells using (n))"

    def stage(self) -> tuple[str, ...]:
        """What makes the table, once all that it holds was asked for."""
        if self._source.checked:
            return ()
        made = [
            sql.fill(
                _CELLS,
                cells=self._listed(self._values, ""),
                reasons=self._listed(self._reasons, ""),
                there=self._source.there,
            )
        ]
        for place, name in self._lists.items():
            assert self._source.elements is not None  # or none would be asked for
            made.append(
                sql.fill(
                    _ELEMENTS,
                    name=name,
                    elements=self._source.elements(place),
                    cells=self._listed(self._values, place),
                    reasons=self._listed(self._reasons, place),
                )
            )
        return tuple(made)

    def _column(
        self, kind: str, place: str, path: str, found: dict[str, str], value: str
    ) -> str:
        """The name of a column, which is made if nobody has asked for it yet."""
        name = self._names.setdefault((kind, place), f"c{len(self._names)}")
        if name not in found:
            found[name] = value
            self._list_of[name] = path.partition(EACH)[0] if EACH in path else ""
        return name

    def _listed(self, columns: dict[str, str], place: str) -> str:
        """The columns that are of elements of a list, or of records themselves."""
        return "".join(
            f",\n    {value} as {name}"
            for name, value in columns.items()
            if self._list_of[name] == place
        )
