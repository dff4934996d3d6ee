"""Validation of past rankings: numbers about methods, never people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Backtest(Listed):
    """How well past rankings predicted attention, beside rankings anyone could make.

    Attributes:
        table: a row per method, hcpgraph first, then from the best: ``method, ndcg,
            low, high, precision, precision_low, precision_high``, each the mean over
            the cut-offs with its 90 % interval over samples of the people;
            ``difference, difference_low, difference_high`` (hcpgraph less the method,
            empty for hcpgraph) and ``verdict``, where hcpgraph stands: ``ahead``,
            ``behind`` or ``level``; then NDCG at each cut-off, ``at_35, at_35_low,
            at_35_high`` and so on, empty where too little was known. Preceded by
            ``area`` when every area was asked for. One row is the negative control.
        moments: a row per cut-off: ``share`` of the interactions before, ``at``,
            accounts ``known`` by then, of them ``judged``, of these ``responded`` to
            later.
        area: the disease area; ``"all"`` for every area; None for the whole study.
        top: how many people of each ranking were looked at.
        notes: notes for the reader.
        parameters: query parameters, for reproduction.
    """

    table: Table
    moments: Table
    area: str | None
    top: int
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        where = self.area or "whole study"
        return f"Backtest({where}, {len(self.moments)} cut-offs, {len(self)} rows)"
