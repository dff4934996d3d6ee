"""People ranked by the ties of two families of layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class FamilyPair:
    """The ranks of people in two families, side by side.

    Attributes:
        families: the two, such as ``("social", "nominated")``.
        ranks: of everyone with ties of both, from 1, equal scores sharing one, shape
            (2, n), int64.
        of: how many people each of the two ranks.
        names: row -> id, handle and name of a person, for those who are named, the one
            whose ranks differ most first.
        area: slug, or None for the whole study.
    """

    families: tuple[str, str]
    ranks: NDArray[np.int64]
    of: tuple[int, int]
    names: Mapping[int, tuple[str, str | None, str | None]]
    area: str | None = None

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return int(self.ranks.shape[1])

    def places(self) -> NDArray[np.float64]:
        """Where each rank lies between the first and the last, shape (2, n).

        On a scale of logarithms, from 1 for rank 1 to 0 for the last of the list, so
        that ranks 1 and 2 are as far apart as 10 and 20.
        """
        last = np.log(np.maximum(np.array(self.of, np.float64), 2.0))[:, None]
        return np.asarray(1.0 - np.log(self.ranks) / last)

    def apart(self) -> NDArray[np.float64]:
        """How far the two places of each person are apart, in [0, 1], shape (n,)."""
        first, second = self.places()
        return np.asarray(np.abs(first - second))
