"""Rising stars, as released."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed, Table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Rising(Listed):
    """Rising stars: how likely each is to enter the top decile next period.

    Attributes:
        table: ``rank, id, handle, name, probability, current_rank, reason``, then
            what is known of the person; the likeliest first.
        area: the disease area, or None for the whole study.
        calibration: what such probabilities were worth in the study's own past, band
            by band: ``above, up_to, people, given, entered``; empty where nobody
            ever entered.
        check: ``brier`` of the probabilities and ``brier_base_rate``; ``auc``,
            ``auc_rank``, ``auc_momentum``; empty likewise.
        notes: the period, the check in short, who may not be listed.
        parameters: query parameters, for reproduction.
    """

    table: Table
    area: str | None
    calibration: Table = field(default_factory=lambda: Table({}))
    check: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Rising({self.area or 'whole study'}, {len(self)} people)"
