"""Significant changes between two periods, as released."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Comparison(Listed):
    """People whose score changed significantly.

    Attributes:
        table: ``id, handle, name, moved`` (``up``, ``down``, ``new``, ``gone``), the
            rank in each period with its 90 % interval, ``change`` of the score beyond
            that of the area, ``p`` corrected for the number compared, ``reason``.
            Ranks are empty in a period in which the person does not occur.
        area: the disease area, or None for the whole study.
        compared: how many people were compared.
        moved: how many changed significantly, listed or not.
        notes: the periods, how many did not change surely, who may not be listed.
        parameters: query parameters, for reproduction.
    """

    table: Table
    area: str | None
    compared: int
    moved: int
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        where = self.area or "whole study"
        return f"Comparison({where}, {self.moved} of {self.compared} people changed)"
