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
    """What it takes to reach the rank of a neighbour in the list.

    Attributes:
        neighbour: account number of the next one above or below by score.
        at: the rank of that one.
        upward: true if the person would reach the one above; false if the one below
            would reach the person.
        score: how far the two scores are apart, above 0.
        count: the fewest new accounts responding once, now, that do it, from 1; None
            where no number up to a few thousand does.
        rank: what the one who gains from them would then hold, at least.
        layer: how they respond.
    """

    neighbour: int
    at: int
    upward: bool
    score: float
    count: int | None
    rank: int
    layer: str


def gaps(context: ExplanationContext) -> tuple[Gap, ...]:
    """The distance to the next one above and below with another score, if any.

    Solved on the score itself, with everyone else as they are.
    """
    layer = usual_layer(context.record.ties, context.record.layers)
    listed, ranks = context.listed, context.ranks.tolist()
    found = []
    above, below = neighbours(context)
    if above is not None:
        account, at = int(listed.account[above]), ranks[above]
        apart = float(listed.score[above]) - context.score
        count = _fewest(context, open_counterfactual(context), layer, at)
        found.append(Gap(account, at, True, apart, count, at, layer))
    if below is not None:
        account, at = int(listed.account[below]), ranks[below]
        other = context.about(account)
        apart = context.score - float(listed.score[below])
        count = _fewest(other, open_counterfactual(other), layer, context.rank)
        found.append(Gap(account, at, False, apart, count, context.rank, layer))
    return tuple(found)


def neighbours(context: ExplanationContext) -> tuple[int | None, int | None]:
    """Positions in the list of the next one above and below with another score."""
    first = context.rank - 1
    after = first + context.sharing + 1
    return (
        first - 1 if first > 0 else None,
        after if after < len(context.listed) else None,
    )


def _fewest(
    context: ExplanationContext, ego: CounterfactualScore, layer: str, rank: int
) -> int | None:
    """The fewest new accounts for *rank* or better."""

    def enough(count: int) -> bool:
        more = ego.with_more(count, layer)
        return context.rank_of(more.score()) <= rank

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
