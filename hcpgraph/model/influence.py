"""The result of influence maximisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hcpgraph.model.ranks import order_of_choice
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_SHOWN = 10  # rows of a preview in a notebook


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """Accounts chosen one after the other, and what each adds to those before.

    Numbers of accounts are expectations over random cascades. Both bounds hold
    together with the stated probability.

    Attributes:
        ids: who was chosen, in order, shape (k,).
        gain: accounts that each adds to the known and those before, shape (k,).
        spread: accounts reached by the known and the chosen up to each, shape (k,).
        start: accounts reached by the known alone.
        lower: accounts that the known and all chosen reach, at least.
        upper: accounts that the known and any choice as large reach, at most.
        probability: with which both bounds hold.
        n_nodes: accounts in the network.
        sets: random sets that the choice and its bounds rest on.
        model: how influence spreads: ``"ic"`` (independent cascade) or ``"lt"``
            (linear threshold).
    """

    ids: NDArray[Any]
    gain: NDArray[np.float64]
    spread: NDArray[np.float64]
    start: float
    lower: float
    upper: float
    probability: float
    n_nodes: int
    sets: int
    model: str

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.gain) == len(self.spread):
            raise ValueError("ids, gain and spread differ in length")
        for column in (self.ids, self.gain, self.spread):
            column.setflags(write=False)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def certificate(self) -> float:
        """The share of the best possible reach that is certain, in [0, 1]."""
        return self.lower / self.upper if self.upper else 1.0

    def table(self) -> Table:
        """Order of choice, id, gain and spread of everyone chosen."""
        return Table(
            {
                "rank": order_of_choice(len(self)),
                "id": self.ids.tolist(),
                "gain": self.gain.tolist(),
                "spread": self.spread.tolist(),
            }
        )

    def to_pandas(self) -> pd.DataFrame:
        """Order of choice, id, gain and spread of everyone chosen, as a DataFrame."""
        return self.table().to_pandas()

    def __repr__(self) -> str:
        reached = float(self.spread[-1]) if len(self) else self.start
        return (
            f"Influence({len(self)} of {self.n_nodes} nodes, {self.model}, reach "
            f"{reached:.1f}, at least {self.certificate:.0%} of the best)"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>{self.table().head(_SHOWN)._repr_html_()}"
