"""One person among those listed: all that reasons for a rank are worked out from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import ACT_CODES, ACTS, LAYERS
from hcpgraph.model.ranks import ranks_among
from hcpgraph.ranking.record.incoming_edges import STANDING
from hcpgraph.ranking.score.weighted_sum import standings
from hcpgraph.ranking.signals import SignalTable
from hcpgraph.ranking.signals.brokerage import communities_shown
from hcpgraph.ranking.signals.reading import measured
from hcpgraph.ranking.signals.record import open_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.score.weights import Weights
    from hcpgraph.ranking.signals import GraphMeasure
    from hcpgraph.ranking.signals.record import Record


@dataclass(frozen=True, slots=True, eq=False)
class ExplanationContext:
    """The explanation context: a person, the data behind the rank, and the list.

    Attributes:
        person: account number; occurs in the period.
        record: everyone's ties, with the communities of the accounts.
        accounts: what is known of everyone in the period.
        allowed: who may be listed, one per row of ``record.account``, shape (n,).
        weights: of the signals.
        table: the signals that weigh anything, of everyone.
        listed: people who may be listed, best first.
        passed: PageRank signal -> what each pair of the record adds to it, once that
            is known; the same for everyone of the record.
    """

    person: int
    record: Record
    accounts: Accounts
    allowed: NDArray[np.bool_]
    weights: Weights
    table: SignalTable
    listed: Scored
    passed: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def row(self) -> int:
        """The row of the person among ``record.account``."""
        return int(np.searchsorted(self.record.account, self.person))

    @property
    def place(self) -> int:
        """The person's position in ``listed``, from 0."""
        return int(np.flatnonzero(self.listed.account == self.person)[0])

    @property
    def score(self) -> float:
        """The person's score."""
        return float(self.listed.score[self.place])

    @property
    def audience(self) -> float:
        """The in-degree of the person."""
        return float(self.table.audience[self.row])

    @property
    def rank(self) -> int:
        """The person's rank among those listed, from 1; equal scores share one."""
        return int(self.ranks[self.place])

    @property
    def ranks(self) -> NDArray[np.int64]:
        """The ranks of those listed, in their order, shape (p,)."""
        return self.listed.ranks()

    @property
    def sharing(self) -> int:
        """How many others have the person's score, and so the same rank."""
        return int((self.ranks == self.rank).sum()) - 1

    def about(self, person: int) -> ExplanationContext:
        """The same record as seen for another of those listed."""
        return replace(self, person=person)

    def rank_of(self, score: float) -> int:
        """The rank that the person would have with another score, from 1.

        Equal scores share one; everyone else stays put.
        """
        return self.ranks_of([score])[0]

    def ranks_of(self, scores: Sequence[float]) -> list[int]:
        """The rank with each of some other scores."""
        others = self.listed.account != self.person
        found = ranks_among(scores, self.listed.score[others])
        return [int(rank) for rank in found]


def open_context(
    ties: Ties,
    accounts: Accounts,
    person: int,
    *,
    allowed: NDArray[np.bool_],
    weights: Weights,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    seed: int = 0,
) -> ExplanationContext:
    """Read a record once more, and keep what it was read from.

    Args:
        ties: the ties of an area and a period.
        accounts: everyone who occurs in *ties*, and nobody else.
        person: account number; occurs in *ties* and may be listed.
        allowed: who may be listed, one per row of *accounts*.
        weights: of the signals.
        layers: weight of each layer that counts.
        measure: computes PageRank of a graph.
        seed: of the communities that brokerage looks across.

    Raises:
        ValueError: if the person is not among people who may be listed.
    """
    if person not in accounts.account[allowed]:
        raise ValueError(f"account {person} is not listed here")
    record = open_record(
        ties, accounts, layers=layers, measure=measure, seed=seed,
        communities=None, responder_areas=None,
    )  # fmt: skip
    record = replace(record, communities=communities_shown(record))
    names = weights.used()
    table = SignalTable(
        account=record.account,
        names=names,
        value=measured(record, names),
        audience=record.pairs.audience(),
    )
    return ExplanationContext(
        person=person,
        record=record,
        accounts=accounts,
        allowed=allowed,
        weights=weights,
        table=table,
        listed=standings(table, weights).only(accounts, allowed),
    )


def usual_layer(ties: Ties, layers: Mapping[str, float]) -> str:
    """How one more account would respond to somebody in this record.

    A mention where there are interactions; else the commonest layer that counts.

    >>> from hcpgraph.model.ties import NO_POST, NO_TIME, Ties
    >>> one = np.array([1])
    >>> follow = Ties(one, one + 1, one * 0, one * NO_TIME, one * NO_POST, one, one)
    >>> usual_layer(follow, {"follow": 1.0, "mention": 1.0})
    'follow'
    """
    counts = np.array([layers.get(name, 0.0) > 0 for name in LAYERS])
    found = np.bincount(ties.layer, minlength=len(LAYERS)) * counts
    if found[list(ACT_CODES)].any():
        interactions = [name for name in ACTS if layers.get(name, 0.0) > 0]
        return interactions[0]
    return LAYERS[int(np.argmax(found))]


def is_standing(layer: str) -> bool:
    """Whether ties of the layer stand until they are undone."""
    return layer in STANDING


def present_layers(ties: Ties, layers: Mapping[str, float]) -> tuple[str, ...]:
    """The layers that count and of which there are ties, in the order of ``LAYERS``."""
    found = np.bincount(ties.layer, minlength=len(LAYERS))
    return tuple(
        name
        for name, ties_of_it in zip(LAYERS, found, strict=True)
        if ties_of_it and layers.get(name, 0.0) > 0
    )
