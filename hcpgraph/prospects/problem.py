"""The problem instance: a request with its network, candidates and kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.prospects.area import survey
from hcpgraph.prospects.candidates import candidates
from hcpgraph.prospects.kinds import kind, uncovered_share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.prospects.area import AreaNetwork
    from hcpgraph.prospects.candidates import Candidates
    from hcpgraph.prospects.people import PeopleData, RiseProbabilities
    from hcpgraph.prospects.request import ProspectRequest


@dataclass(frozen=True, slots=True, eq=False)
class ProblemInstance:
    """The area, the candidates in it, and what is wished for.

    Attributes:
        ties: of the area and the period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts.
        request: what the list is to be.
        people: attributes of people beyond their ties.
        area: the directed edges and communities.
        found: who may be suggested.
        kinds: what each of them is to the plan.
    """

    ties: Ties
    accounts: Accounts
    layers: Mapping[str, float]
    request: ProspectRequest
    people: PeopleData
    area: AreaNetwork
    found: Candidates
    kinds: Sequence[str]

    @property
    def known(self) -> NDArray[np.intp]:
        """Positions in the area of those already known."""
        return self.area.positions(self.request.known)


def set_out(
    ties: Ties,
    accounts: Accounts,
    scored: Scored,
    request: ProspectRequest,
    people: PeopleData,
    *,
    layers: Mapping[str, float],
) -> ProblemInstance:
    """Survey the area, and find who may be suggested in it and what they are.

    Raises:
        ValueError: if *people* does not fit *accounts*, or somebody who must be on the
            list cannot be.
    """
    masks = {"allowed": people.allowed, "introducing": people.introducing}
    for name, mask in masks.items():
        if len(mask) != len(accounts):
            raise ValueError(
                f"{name!r} has {len(mask)} entries for {len(accounts)} accounts"
            )
    listed = scored.only(accounts, people.allowed)
    area = survey(
        ties,
        accounts,
        layers,
        probability=request.probability,
        model=request.model,
        seed=request.seed,
    )
    found = candidates(area, listed, request, working=people.working)
    words = kind(
        listed,
        found.place,
        area.participation[found.position],
        rising=_rising(people.rise, found),
        uncovered_share=_uncovered_share(area, request)[found.position],
    )
    return ProblemInstance(ties, accounts, layers, request, people, area, found, words)


def _rising(
    rise: RiseProbabilities | None, found: Candidates
) -> NDArray[np.float64] | None:
    """Rise probability of each candidate; NaN where not known."""
    if rise is None:
        return None
    probability = np.full(len(found), np.nan)
    row = np.searchsorted(rise.account, found.account)
    here = np.isin(found.account, rise.account)
    probability[here] = rise.probability[row[here]]
    return probability


def _uncovered_share(
    area: AreaNetwork, request: ProspectRequest
) -> NDArray[np.float64]:
    """How much of each audience the known do not cover."""
    pairs = area.pairs
    reached = np.isin(pairs.account, request.known)
    audience = reached[pairs.target]
    reached[pairs.source[audience]] = True
    return uncovered_share(pairs.source, pairs.target, area.community, reached)
