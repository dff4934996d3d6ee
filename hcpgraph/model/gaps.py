"""What to collect next, as released."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed, Table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Gaps(Listed):
    """Accounts whose missing lists and posts would narrow the first intervals most.

    Attributes:
        table: ``rank, id, handle, name, collect, cost, gain, reason``; the largest gain
            first, then what has no estimate.
        area: the disease area, or None for the whole study.
        width: mean width of the rank intervals of the first people, in ranks; None
            where no list is missing.
        notes: what is missing, who may not be listed.
        parameters: query parameters, for reproduction.
    """

    table: Table
    area: str | None
    width: float | None = None
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Gaps({self.area or 'whole study'}, {len(self)} suggestions)"

    def ids(self) -> tuple[str, ...]:
        """The ids of the accounts to collect the same of as of the first, in order."""
        rows = zip(self.table["id"], self.table["collect"], strict=True)
        return tuple(str(own) for own, what in rows if what == self.table["collect"][0])
