"""Counterfactuals: the number of new responders that would change a rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.ranking.explain.context import usual_layer
from hcpgraph.ranking.explain.counterfactual import open_counterfactual

if TYPE_CHECKING:
    from collections.abc import Callable

    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.explain.counterfactual import CounterfactualScore

_MOST: Final = 4096  # more than this many new accounts is no answer


@dataclass(frozen=True, slots=True)
class Gap:
    """What it takes to change places with a neighbour in the list.

    Attributes:
        neighbour: account number of the one above or below.
        upward: true if the person would pass the one above; false if the one below
            would pass the person.
        score: how far the two scores are apart, from 0.
        count: the fewest new accounts responding once, now, that do it, from 1; None
            where no number up to a few thousand does.
        rank: what the one who gains from them would then hold.
        layer: how they respond.
    """

    neighbour: int
    upward: bool
    score: float
    count: int | None
    rank: int
    layer: str


def gaps(context: ExplanationContext) -> tuple[Gap, ...]:
    """The distance to the one above and to the one below, where there is one.

    Solved on the score itself, with everyone else as they are.
    """
    layer = usual_layer(context.record.ties, context.record.layers)
    listed, place = context.listed, context.place
    found = []
    if place > 0:
        above = int(listed.account[place - 1])
        apart = float(listed.score[place - 1]) - context.score
        count = _fewest(context, open_counterfactual(context), layer, place)
        found.append(Gap(above, True, apart, count, place, layer))
    if place + 1 < len(listed):
        below = int(listed.account[place + 1])
        other = context.about(below)
        apart = context.score - float(listed.score[place + 1])
        count = _fewest(other, open_counterfactual(other), layer, context.rank)
        found.append(Gap(below, False, apart, count, context.rank, layer))
    return tuple(found)


def _fewest(
    context: ExplanationContext, ego: CounterfactualScore, layer: str, rank: int
) -> int | None:
    """The fewest new accounts for *rank* or better."""

    def enough(count: int) -> bool:
        more = ego.with_more(count, layer)
        return context.rank_of(more.score(), more.audience) <= rank

    return _first(enough)


def _first(enough: Callable[[int], bool]) -> int | None:
    """The least number from 1 that is enough, if more is never worse.

    >>> _first(lambda count: count >= 21), _first(lambda count: False)
    (21, None)
    """
    high = 1
    while not enough(high):
        high *= 2
        if high > _MOST:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
