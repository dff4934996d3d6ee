"""The result of a search for key players."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hcpgraph.model.ranks import order_of_choice
from hcpgraph.model.table import Table
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from hcpgraph.model.table import Cell


@dataclass(frozen=True, slots=True, eq=False)
class KeyPlayers:
    """A set of accounts that matter together, which the best ones singly need not.

    Attributes:
        goal: ``"hold"``, the set that fragments the network most by its removal, or
            ``"reach"``, the set that reaches most of it.
        measure: what is counted, in words.
        ids: the chosen in order, each the one that adds most to those before, shape
            (k,).
        value: the measure with the first 1, 2, ... of them, shape (k,), in [0, 1].
        before: the measure with none of them, in [0, 1].
        apart: for ``"hold"``, the share of pairs of the others that no path joins once
            the first 1, 2, ... are gone, shape (k,), in [0, 1], exact; None for
            ``"reach"``.
        apart_before: that share with everyone there; None for ``"reach"``.
        error: how far each value can be off, with probability 0.95; 0 where every
            pair was counted.
        params: the parameters used, so that it can be asked again.
    """

    goal: str
    measure: str
    ids: NDArray[Any]
    value: NDArray[np.float64]
    before: float
    apart: NDArray[np.float64] | None = None
    apart_before: float | None = None
    error: float = 0.0
    params: Mapping[str, float | str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def after(self) -> float:
        """The measure with all of them, in [0, 1]."""
        return float(self.value[-1]) if len(self.value) else self.before

    def table(self) -> Table:
        """Order of choice, id and the measure so far, one row per person."""
        columns: dict[str, list[Cell]] = {
            "rank": list(order_of_choice(len(self))),
            "id": self.ids.tolist(),
            self.measure: self.value.tolist(),
        }
        if self.apart is not None:
            columns["pairs apart"] = self.apart.tolist()
        return Table(columns)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a DataFrame."""
        return self.table().to_pandas()

    def __repr__(self) -> str:
        within = f" (within {self.error:.3f})" if self.error else ""
        return (
            f"KeyPlayers({self.goal}, {len(self)} people, {self.measure} "
            f"{self.before:.4f} -> {self.after:.4f}{within})"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>{self.table()._repr_html_()}"
