"""Discounted responders: how many there are, and the rank without the discount."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import ACT_CODES
from hcpgraph.model.ties import in_layers
from hcpgraph.ranking.record.vouching import vouching
from hcpgraph.ranking.score.weighted_sum import standings
from hcpgraph.ranking.signals import SignalTable
from hcpgraph.ranking.signals.reading import measured
from hcpgraph.ranking.signals.record import open_record

if TYPE_CHECKING:
    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.explain.context import ExplanationContext


@dataclass(frozen=True, slots=True)
class DiscountedResponders:
    """What the discount of responders nobody vouches for does to one person.

    Attributes:
        responders: distinct responders of the person.
        discounted: how many of them are discounted.
        score: the person's score if nobody's responders were.
        rank: the person's rank then, from 1.
        possible: whether the data tell who is vouched for.
    """

    responders: int
    discounted: int
    score: float
    rank: int
    possible: bool


def discounted(context: ExplanationContext) -> DiscountedResponders:
    """The discount as it is, and everyone ranked again without it."""
    record, here = context.record, context.row
    responses = record.responses.part(record.responses.target == here)
    known = np.unique(responses.source[responses.vouched])
    everyone = np.unique(responses.source)
    plain = open_record(
        record.ties,
        context.accounts,
        layers=record.layers,
        measure=record.measure,
        seed=record.seed,
        communities=record.communities,
        responder_areas=record.responder_areas,
        discount=False,
    )
    names = context.table.names
    table = SignalTable(
        plain.account, names, measured(plain, names), plain.pairs.audience()
    )
    listed = standings(table, context.weights).only(context.accounts, context.allowed)
    before = replace(context, record=plain, table=table, listed=listed)
    return DiscountedResponders(
        responders=len(everyone),
        discounted=len(everyone) - len(known),
        score=before.score,
        rank=before.rank,
        possible=record.discounts,
    )


def strangers(ties: Ties) -> tuple[int, int]:
    """The accounts that are discounted at least once, and all that respond.

    Args:
        ties: the ties of an area and a period.
    """
    interactions = in_layers(ties.layer, ACT_CODES) & (ties.source != ties.target)
    others = ties.source[interactions & ~vouching(ties).tie]
    return len(np.unique(others)), len(np.unique(ties.source[interactions]))
