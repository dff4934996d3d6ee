"""The area's network: directed edges, communities, influence probabilities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.communities import leiden
from hcpgraph.graph import from_ties
from hcpgraph.prospects.influence.learned import (
    learned_probabilities,
    over_a_period,
    probabilities_of,
)
from hcpgraph.prospects.kinds import participation
from hcpgraph.prospects.request import LEARNED
from hcpgraph.ranking import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.prospects.influence.probabilities import InfluenceProbabilities
    from hcpgraph.ranking import IncomingEdges


@dataclass(frozen=True, slots=True, eq=False)
class AreaNetwork:
    """What is known of everyone in an area; arrays over ``pairs.account``, shape (n,).

    Attributes:
        pairs: the directed edges.
        probabilities: how likely each moves its in-neighbours.
        note: where the probabilities come from, in words.
        period: in which time they move others, in words; empty where that is not said.
        community: from 0, the largest first.
        sizes: members of each community, shape (k,).
        participation: how evenly the audience is spread over communities, in [0, 1).
        tied: whether any tie that counts touches the account.
        spoke: whether the account posted, or turned to anyone.
        posts_known: whether the study holds posts of anybody here.
    """

    pairs: IncomingEdges
    probabilities: InfluenceProbabilities
    note: str
    period: str
    community: NDArray[np.int32]
    sizes: NDArray[np.int64]
    participation: NDArray[np.float64]
    tied: NDArray[np.bool_]
    spoke: NDArray[np.bool_]
    posts_known: bool

    def positions(self, accounts: NDArray[np.int32]) -> NDArray[np.intp]:
        """Where *accounts* stand among the area's; strangers are left out."""
        return np.flatnonzero(np.isin(self.pairs.account, accounts))


def survey(
    ties: Ties,
    accounts: Accounts,
    layers: Mapping[str, float],
    *,
    probability: str | float = LEARNED,
    model: str = "ic",
    seed: int = 0,
) -> AreaNetwork:
    """Look at an area once, for all questions that prospects ask of it.

    Args:
        ties: the ties of the area and the period.
        accounts: holds everyone in *ties*.
        layers: weight of each layer that counts.
        probability: as in ``ProspectRequest``.
        model: as in ``ProspectRequest``. Thresholds are reached by sums of
            probabilities, so that those of an account that sum to more than 1 share 1.
        seed: of the communities.

    Raises:
        ValueError: if *layers* names no known layer.
    """
    pairs = fold(ties, layers)
    graph = from_ties(ties, layers)
    partition = leiden(graph, seed=seed)
    inside = np.searchsorted(pairs.account, graph.ids)
    community = np.zeros(pairs.n_accounts, np.int32)
    community[inside] = partition.label
    tied = np.zeros(pairs.n_accounts, np.bool_)
    tied[inside] = True
    spoke = np.zeros(pairs.n_accounts, np.bool_)
    spoke[pairs.source[pairs.resonance > 0]] = True
    posted = accounts.posts[accounts.rows_of(pairs.account)] > 0
    probabilities, note, period = _probabilities(
        ties, accounts, layers, pairs, probability
    )
    if model == "lt" and probability == LEARNED:
        probabilities = _sharing(probabilities)
    return AreaNetwork(
        pairs=pairs,
        probabilities=probabilities,
        note=note,
        period=period,
        community=community,
        sizes=partition.sizes(),
        participation=participation(
            pairs.source, pairs.target, community, pairs.n_accounts
        ),
        tied=tied,
        spoke=spoke | posted,
        posts_known=bool(posted.any()),
    )


def _probabilities(
    ties: Ties,
    accounts: Accounts,
    layers: Mapping[str, float],
    pairs: IncomingEdges,
    probability: str | float,
) -> tuple[InfluenceProbabilities, str, str]:
    """The requested influence probabilities, their source, and their horizon."""
    if probability == LEARNED:
        learned = learned_probabilities(ties, accounts, layers)
        period = "" if learned.posts is None else " within one sixth of the period"
        return over_a_period(learned), learned.note, period
    if isinstance(probability, str):
        note = "influence probabilities: weighted cascade (1 / out-degree)"
        return probabilities_of(pairs, None), note, ""
    note = f"influence probabilities: {probability:g} for every tie"
    return probabilities_of(pairs, np.full(len(pairs.source), probability)), note, ""


def _sharing(probabilities: InfluenceProbabilities) -> InfluenceProbabilities:
    """Rows that sum to more than 1 scaled down to it."""
    if probabilities.probability is None:
        return probabilities
    # a hair below 1, as the sum of rounded numbers may lie above it
    share = (1 - 1e-6) / np.maximum(probabilities.row_sums(), 1.0)
    scaled = probabilities.probability * np.repeat(share, np.diff(probabilities.indptr))
    return replace(probabilities, probability=scaled.astype(np.float32))
