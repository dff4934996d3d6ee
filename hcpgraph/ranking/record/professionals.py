"""Who is a health professional, also where only some accounts are described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import HCP_ROLES, ROLES
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts

ENOUGH: Final = 30  # accounts with a bio, below which these say nothing of others
FEW: Final = 0.05  # of the accounts, whose roles may be lacking without ado
_UNKNOWN: Final = ROLES.index("unknown")
_HCP: Final = [code for code, role in enumerate(ROLES) if role in HCP_ROLES]


@dataclass(frozen=True, slots=True, eq=False)
class Professionals:
    """The probability of each account to be a health professional.

    Attributes:
        probability: 1 or 0 where a role or a bio tells, the share of professionals
            among accounts with a bio elsewhere, shape (n,), float64.
        known: accounts of which a role or a bio tells.
        estimated: whether others have that share; else they count as none.
    """

    probability: NDArray[np.float64]
    known: int
    estimated: bool

    def __post_init__(self) -> None:
        freeze(self)


def professionals(accounts: Accounts, rows: NDArray[np.intp]) -> Professionals:
    """Who of some accounts is a health professional, as far as anything tells.

    An account with a bio and without a role is none: its bio names no profession. One
    without both is unknown. Where bios are known for enough accounts, it counts with
    the share of professionals among these, so that nobody gains or loses by followers
    whose profiles were not imported. A roster says nothing of accounts that are not on
    it: with rosters alone, all others count as no professionals.

    Args:
        accounts: holds the accounts.
        rows: of the accounts, shape (n,).
    """
    role = accounts.role[rows]
    hcp = np.isin(role, _HCP)
    if accounts.described is None:
        return Professionals(hcp.astype(np.float64), len(rows), estimated=False)
    described = accounts.described[rows]
    unknown = (role == _UNKNOWN) & ~described
    estimated = bool(
        described.sum() >= ENOUGH and unknown.sum() > FEW * max(len(rows), 1)
    )
    share = float(hcp[described].mean()) if estimated else 0.0
    return Professionals(
        probability=np.where(unknown, share, hcp.astype(np.float64)),
        known=int((~unknown).sum()),
        estimated=estimated,
    )
