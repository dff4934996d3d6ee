"""Who belongs together, as released: ids, names, communities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hcpgraph.model.scores import Partition
    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities of an area, with those members that may be listed.

    Attributes:
        table: at least ``id, handle, community``; largest community first, in it
            the member who receives most attention first. ``size`` counts all
            members, listed or not.
        partition: all members, by account number, and the quality of the split.
        notes: what a reader must know.
        parameters: what was asked for, so that it can be asked again.
    """

    table: Table
    partition: Partition
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table)

    def to_pandas(self) -> pd.DataFrame:
        """The members as a DataFrame, one row per person."""
        return self.table.to_pandas()

    def __repr__(self) -> str:
        return f"Communities({len(self)} listed; {self.partition!r})"

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>{self.table._repr_html_()}"
