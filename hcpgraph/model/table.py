"""A small table of columns: what commands print and notebooks show."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Self

from hcpgraph.errors import WithheldColumn
from hcpgraph.model.columns import in_order
from hcpgraph.model.notebook import as_html, notes_as_html, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

__all__ = ["Cell", "Listed", "NotedTable", "Table", "show"]

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns of equal length, in the order they are shown.

    An empty cell is ``None``: "not computed" and "not known" are never zero and
    never made up.

    Attributes:
        columns: name -> cells; every column has as many cells as the others.
        listing: which list of ``columns.LISTS`` it is; empty for any other table.
        withheld: columns of the list that its reader may not see.

    >>> table = Table({"rank": [1, 2], "id": ["7", "9"]})
    >>> len(table), list(table.rows())
    (2, [(1, '7'), (2, '9')])
    """

    columns: Mapping[str, Sequence[Cell]]
    listing: str = field(default="", compare=False, repr=False)
    withheld: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, listing: str, columns: Mapping[str, Sequence[Cell]]) -> Self:
        """A list of a command, its columns in the order of their declarations.

        Args:
            listing: a name in ``columns.LISTS``.
            columns: name -> cells, in any order.

        Raises:
            ValueError: if the list declares no such column.

        >>> Table.of("about", {"value": ["7"], "what": ["seed"]}).names
        ('what', 'value')
        """
        names = in_order(listing, columns)
        return cls({name: columns[name] for name in names}, listing)

    def __post_init__(self) -> None:
        if len({len(cells) for cells in self.columns.values()}) > 1:
            sizes = {name: len(cells) for name, cells in self.columns.items()}
            raise ValueError(f"columns differ in length: {sizes}")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Sequence[Cell]:
        """The cells of a column.

        Raises:
            WithheldColumn: if the list has it, and its reader may not see it.
        """
        if name in self.withheld:
            raise WithheldColumn("this viewer", name, f"what is made of {self.listing}")
        return self.columns[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Row by row, cells in the order of ``names``."""
        return zip(*self.columns.values(), strict=True)

    def head(self, count: int) -> Table:
        """The first *count* rows."""
        first = {name: cells[:count] for name, cells in self.columns.items()}
        return Table(first, self.listing, self.withheld)

    def select(self, names: Sequence[str]) -> Table:
        """Only the columns *names*, in that order."""
        chosen = {name: self.columns[name] for name in names}
        return Table(chosen, self.listing, self.withheld)

    def to_pandas(self) -> pd.DataFrame:
        """The same columns as a DataFrame; empty cells become missing values."""
        import pandas as pd  # noqa: PLC0415 - 0.3 s, only for those who ask

        return pd.DataFrame({name: list(c) for name, c in self.columns.items()})

    def _repr_html_(self) -> str:
        return as_html(self.columns)


@dataclass(frozen=True, slots=True)
class NotedTable(Table):
    """A table with facts that its reader must know.

    Attributes:
        notes: a line each.
    """

    notes: tuple[str, ...] = ()


class Listed:
    """A result that is a table first: what every list of a study can do.

    Whatever it is made from has a ``table``, ``notes`` and a one-line ``repr``.
    """

    __slots__ = ()

    table: Table
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.table)

    def to_pandas(self) -> pd.DataFrame:
        """The list as a DataFrame, one row as printed."""
        return self.table.to_pandas()

    def _repr_html_(self) -> str:
        said = notes_as_html(self.notes)
        return f"<p>{escape(repr(self))}</p>{self.table._repr_html_()}{said}"
