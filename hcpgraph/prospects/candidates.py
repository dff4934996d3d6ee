"""Candidates: people who may be suggested, with reasons for the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts
    from hcpgraph.prospects.area import AreaNetwork
    from hcpgraph.prospects.request import ProspectRequest

SILENT = "inactive in this period"
ELSEWHERE = "not known to work in the area"


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """People who may be suggested, the best ranked first.

    Attributes:
        place: place of each on the list of people who may be listed, from 0, shape
            (c,), intp, ascending.
        rank: on that list, from 1, equal scores sharing one, shape (c,), int64.
        account: account number, shape (c,), int32.
        position: among the accounts of the area, shape (c,), intp.
        unfit: reason -> how many ranked people are left out for it.
    """

    place: NDArray[np.intp]
    rank: NDArray[np.int64]
    account: NDArray[np.int32]
    position: NDArray[np.intp]
    unfit: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.place)

    def places_of(self, accounts: NDArray[np.int32]) -> NDArray[np.intp]:
        """Where *accounts* stand among the candidates; others are left out."""
        return np.flatnonzero(np.isin(self.account, accounts))


def candidates(
    area: AreaNetwork,
    listed: Scored,
    request: ProspectRequest,
    *,
    working: NDArray[np.int32] | None = None,
) -> Candidates:
    """The candidates: ranked, free, and fit.

    Free: neither known nor excluded. Fit: works in the area and was
    not silent, as far as the study can tell: where nobody is known to work in the
    area, or nobody's posts are known, nobody is left out for that. Required people
    need not be fit.

    Args:
        area: the area.
        listed: people who may be listed, best first.
        request: lists of people, budget, quotas.
        working: account numbers of people who work in the area; None for a whole
            study, in which everyone does.

    Raises:
        ValueError: if somebody who must be on the list cannot be suggested.
    """
    tied = np.isin(listed.account, area.pairs.account[area.tied])
    barred = np.isin(listed.account, np.concatenate([request.known, request.exclude]))
    free = tied & ~barred
    must = np.isin(listed.account, request.include)
    if int((must & free).sum()) < len(np.unique(request.include)):
        raise ValueError(
            f"{len(np.unique(request.include)) - int((must & free).sum())} of the"
            " people to include cannot be suggested: known already, excluded, without"
            " ties here, or not to be listed"
        )
    fits, unfit = _fit(area, listed.account, free & ~must, request, working)
    place = np.flatnonzero(free & (fits | must))
    account = listed.account[place]
    return Candidates(
        place,
        listed.ranks()[place],
        account,
        np.searchsorted(area.pairs.account, account),
        unfit,
    )


def _fit(
    area: AreaNetwork,
    account: NDArray[np.int32],
    asked: NDArray[np.bool_],
    request: ProspectRequest,
    working: NDArray[np.int32] | None,
) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Who of *account* is fit, and how many of those *asked* are not, by reason."""
    fits = np.ones(len(account), np.bool_)
    unfit: dict[str, int] = {}
    if request.anyone:
        return fits, unfit
    if working is not None and len(working):
        at_work = np.isin(account, working)
        unfit[ELSEWHERE] = int((asked & ~at_work).sum())
        fits &= at_work
    if area.posts_known:
        spoke = area.spoke[np.searchsorted(area.pairs.account, account)]
        unfit[SILENT] = int((asked & fits & ~spoke).sum())
        fits &= spoke
    return fits, {reason: count for reason, count in unfit.items() if count}


def barred_people(
    area: AreaNetwork, accounts: Accounts, request: ProspectRequest
) -> NDArray[np.intp]:
    """Positions of all with ties who are kept out for their own sake, ascending.

    Those are the excluded and people who must not be listed. A list chosen among these
    and the candidates shows how many of them would have been on it.
    """
    hidden = accounts.account[~accounts.listable]
    barred = area.positions(np.union1d(request.exclude, hidden))
    known = area.positions(request.known)
    return barred[area.tied[barred] & ~np.isin(barred, known)]
