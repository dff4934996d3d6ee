"""How often each account is the target of one standing layer and of responses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class LayerCounts:
    """What a study holds of a layer that platforms give account by account.

    Attributes:
        account: everyone with such a tie or a responder, ascending, shape (n,), int32.
        listed: ties of the layer to the account, shape (n,), int64; without those of
            files that list what one account follows.
        responders: distinct accounts that respond to it, shape (n,), int64.
    """

    account: NDArray[np.int32]
    listed: NDArray[np.int64]
    responders: NDArray[np.int64]

    def __post_init__(self) -> None:
        freeze(self)

    def of(
        self, accounts: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The two counts of some accounts; 0 for strangers."""
        rows = np.minimum(
            np.searchsorted(self.account, accounts), max(len(self.account) - 1, 0)
        )
        if not len(self.account):
            return np.zeros((2, len(accounts)), np.int64)  # type: ignore[return-value]  # two rows
        there = self.account[rows] == accounts
        return (
            np.where(there, self.listed[rows], 0),
            np.where(there, self.responders[rows], 0),
        )
