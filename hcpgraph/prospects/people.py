"""Attributes of people beyond their ties, and groups for quotas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.model.quotas import TEAM
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.quotas import Quotas
    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects.area import AreaNetwork
    from hcpgraph.prospects.candidates import Candidates

    Cells = Sequence[str | None]
    Profiles = Callable[[NDArray[np.int32], Sequence[str]], Mapping[str, Cells]]

_OF_ROSTERS: Final = ("country", "region", "specialty", "institution")


@dataclass(frozen=True, slots=True, eq=False)
class RiseProbabilities:
    """How likely people are to enter the top decile in the period that follows.

    Attributes:
        account: account numbers, ascending, shape (h,), int32.
        probability: shape (h,), in [0, 1].
    """

    account: NDArray[np.int32]
    probability: NDArray[np.float64]

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, slots=True, eq=False)
class PeopleData:
    """What a study knows of people.

    Attributes:
        allowed: who may be listed, one per row of the accounts, shape (n,).
        profiles: account numbers and names of columns -> those columns.
        introducing: who may be named as the one to ask, if known, one per row of the
            accounts, shape (n,).
        working: account numbers of people who work in the area, ascending; None for
            a whole study.
        rise: rise probabilities; None where the data are too sparse to say.
        record: the ties of the whole study in the period, to learn responses
            from; None if the area is the whole study.
    """

    allowed: NDArray[np.bool_]
    profiles: Profiles
    introducing: NDArray[np.bool_]
    working: NDArray[np.int32] | None = None
    rise: RiseProbabilities | None = None
    record: Ties | None = None


def limited_values(
    limits: Quotas,
    area: AreaNetwork,
    found: Candidates,
    people: PeopleData,
    *,
    kinds: Sequence[str],
) -> dict[str, Cells]:
    """The value of each candidate in every column that is limited.

    Communities go by the number that is printed, from 1. People of one institution
    and one specialty are a team; who lacks either is in none.
    """
    asked = limits.columns
    wanted = {
        *(TEAM if "team" in asked else ()),
        *(column for column in asked if column in _OF_ROSTERS),
    }
    columns: dict[str, Cells] = {}
    if wanted:
        fields = [name for name in _OF_ROSTERS if name in wanted]
        columns.update(people.profiles(found.account, fields))
    if "team" in asked:
        columns["team"] = [
            f"{place}, {field}" if place and field else None
            for place, field in zip(*(columns[name] for name in TEAM), strict=True)
        ]
    if "community" in asked:
        columns["community"] = list(
            map(str, (area.community[found.position] + 1).tolist())
        )
    if "kind" in asked:
        columns["kind"] = list(kinds)
    return {name: columns[name] for name in asked}
