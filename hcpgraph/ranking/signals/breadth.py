"""Breadth and depth: the number of areas with responders, and its inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.ties import NO_AREA
from hcpgraph.ranking.record.incoming_edges import distinct
from hcpgraph.ranking.signals.about import Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.signals.record import Record

BREADTH: Final = Signal(
    name="breadth",
    family="brokerage",
    meaning="incoming ties in other areas",
    unit="disease areas beyond the first",
    source="ties of every area asked for",
)
DEPTH: Final = Signal(
    name="depth",
    family="brokerage",
    meaning="concentration on this area",
    unit="one divided by the number of areas with incoming ties",
    source="ties of every area asked for",
)


def responder_areas(ties: Ties, among: NDArray[np.int32]) -> NDArray[np.float64]:
    """The number of areas in which each account has incoming edges.

    Args:
        ties: of several areas; rows without an area count for none.
        among: account numbers, ascending, shape (n,).

    Returns:
        Shape (n,), whole numbers from 0.
    """
    counts = (ties.area != NO_AREA) & (ties.source != ties.target)
    width = len(ties.areas) + 1
    keys = distinct(ties.target[counts].astype(np.int64) * width + ties.area[counts])
    account, areas = np.unique(keys // width, return_counts=True)
    value = np.zeros(len(among))
    known = np.isin(account, among)
    value[np.searchsorted(among, account[known])] = areas[known]
    return value


def breadth(record: Record) -> NDArray[np.float64]:
    """Areas beyond the first; nothing where only one area is known."""
    if record.responder_areas is None:
        return np.zeros(record.n_accounts)
    return np.maximum(record.responder_areas - 1.0, 0.0)


def depth(record: Record) -> NDArray[np.float64]:
    """Inverse of the number of areas with incoming ties; 0 if only one is known."""
    areas = record.responder_areas
    if areas is None:
        return np.zeros(record.n_accounts)
    return np.where(areas > 0, 1.0 / np.maximum(areas, 1.0), 0.0)
