"""One area and period as the signals see it: each thing worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from hcpgraph.ranking.record.incoming_edges import fold
from hcpgraph.ranking.record.own_interactions import own_interactions
from hcpgraph.ranking.record.professionals import professionals
from hcpgraph.ranking.record.recency import ages
from hcpgraph.ranking.record.responses import responses
from hcpgraph.ranking.record.vouching import everybody, vouching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Scores
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.incoming_edges import IncomingEdges
    from hcpgraph.ranking.record.own_interactions import OwnInteractions
    from hcpgraph.ranking.record.responses import Responses

POSTS_PER_RESPONDER = 2.0  # interactions that each listener vouches for


class GraphMeasure(Protocol):
    """Computes a registered measure of a graph by its name, on some engine."""

    def __call__(self, name: str, graph: Graph, /) -> Scores: ...


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What signals are read from; positions point into ``account``.

    Attributes:
        ties: as they were read.
        layers: weight of each layer that counts.
        account: everyone who occurs, ascending, shape (n,).
        pairs: distinct pairs of accounts.
        responses: interactions and nominations, row by row.
        own: what people do themselves.
        professional: the probability to be a health professional, 1 or 0 where
            known, shape (n,).
        measure: computes measures of a graph.
        seed: of random steps.
        communities: label of each account, shape (n,); None to find them.
        responder_areas: number of areas with incoming ties, shape (n,); None if
            not known.
        discounts: whether responders nobody vouches for count less here.
    """

    ties: Ties
    layers: Mapping[str, float]
    account: NDArray[np.int32]
    pairs: IncomingEdges
    responses: Responses
    own: OwnInteractions
    professional: NDArray[np.float64]
    measure: GraphMeasure
    seed: int
    communities: NDArray[np.int32] | None
    responder_areas: NDArray[np.float64] | None
    discounts: bool

    @property
    def n_accounts(self) -> int:
        return len(self.account)

    def capped(self, own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Own doing as far as others respond to it.

        Activity predicts attention. But loud accounts without
        responders lead nobody, so posts count up to two per account that responds to
        a person and no further. Followers vouch for nothing: they can be bought.
        """
        responders = self.responses.over_responders(np.ones(len(self.responses.age)))
        return np.minimum(own, POSTS_PER_RESPONDER * responders)


def open_record(
    ties: Ties,
    accounts: Accounts,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    seed: int,
    communities: NDArray[np.int32] | None,
    responder_areas: NDArray[np.float64] | None,
    discount: bool = True,
) -> Record:
    """Fold, sort and date the ties for the signals.

    Without *discount* responders nobody vouches for count like all others.
    """
    trust = vouching(ties) if discount else everybody(ties)
    age = ages(ties, clock=trust.source)
    pairs = fold(ties, layers, age=age, vouched=trust.tie)
    hcp = professionals(accounts, accounts.rows_of(pairs.account)).probability
    return Record(
        ties=ties,
        layers=layers,
        account=pairs.account,
        pairs=pairs,
        responses=responses(
            ties, layers, among=pairs.account, age=age, vouched=trust.tie
        ),
        own=own_interactions(ties, accounts, among=pairs.account, age=age),
        professional=hcp,
        measure=measure,
        seed=seed,
        communities=communities,
        responder_areas=responder_areas,
        discounts=trust.discounts,
    )
