"""The signals of everyone, side by side: what a score is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import suggest
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class SignalTable:
    """One row per account, one column per signal.

    Attributes:
        account: account numbers, ascending, shape (n,), int32.
        names: the signals, in the order of the columns.
        value: shape (n, k), float64, finite, from 0, each in the unit of its signal.
        audience: in-degree over all layers, shape (n,),
            float64; it orders those with equal scores.
    """

    account: NDArray[np.int32]
    names: tuple[str, ...]
    value: NDArray[np.float64]
    audience: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.value.shape != (len(self.account), len(self.names)):
            raise ValueError(
                f"{len(self.names)} signals of {len(self.account)} accounts do not fit"
                f" values of shape {self.value.shape}"
            )
        freeze(self)

    def __len__(self) -> int:
        return len(self.account)

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        """The column of one signal, shape (n,).

        Raises:
            ValueError: if the table has no such signal.
        """
        if name not in self.names:
            raise ValueError(f"no signal {name!r}; {suggest(name, self.names)}")
        return self.value[:, self.names.index(name)]

    def doublings(self) -> NDArray[np.float64]:
        """log2(1 + value), shape (n, k): the scale on which weights count."""
        return np.log2(1.0 + self.value)
