"""Manipulability: ranks after adding fake accounts, with everyone ranked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ranks import ranks_among
from hcpgraph.model.ties import NO_POST, Accounts, Ties
from hcpgraph.ranking.explain.context import usual_layer
from hcpgraph.ranking.record.incoming_edges import fold, pair_graph
from hcpgraph.ranking.score.weighted_sum import standings
from hcpgraph.ranking.signals import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.ranking.explain.context import ExplanationContext

COUNTS: Final = (1, 5, 20, 100)
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Bought:
    """The rank of a person once some fake accounts respond, under three rules.

    Attributes:
        count: fake accounts, each responding once, at the end of the period.
        score: rank under the default score, from 1.
        in_degree: rank by in-degree.
        pagerank: rank by PageRank of all ties that count.
    """

    count: int
    score: int
    in_degree: int
    pagerank: int


def bought(
    context: ExplanationContext, counts: Sequence[int] = COUNTS
) -> tuple[Bought, ...]:
    """What *counts* of fake accounts would buy the person; the first row is none."""
    return tuple(_bought(context, count) for count in (0, *counts))


def _bought(context: ExplanationContext, count: int) -> Bought:
    record = context.record
    assert record.communities is not None  # a case knows them
    ties, accounts = with_fakes(context, count)
    # the fakes hang on the person, so they are of the person's community
    own = record.communities[context.row]
    communities = np.append(record.communities, np.full(count, own)).astype(np.int32)
    table = read(
        ties, accounts, layers=record.layers, measure=record.measure,
        seed=record.seed, communities=communities, only=context.weights.used(),
    )  # fmt: skip
    everyone = standings(table, context.weights)
    allowed = np.append(context.allowed, np.zeros(count, np.bool_))
    listed = everyone.only(accounts, allowed)
    by_score = int(listed.ranks()[listed.account == context.person][0])
    pairs = fold(ties, record.layers)
    pagerank = record.measure("pagerank", pair_graph(pairs)).value
    return Bought(
        count,
        by_score,
        _rank(table.audience, allowed, context.row),
        _rank(pagerank, allowed, context.row),
    )


def with_fakes(context: ExplanationContext, count: int) -> tuple[Ties, Accounts]:
    """The data with *count* new accounts that respond to the person, now."""
    ties, accounts = context.record.ties, context.accounts
    layer = usual_layer(ties, context.record.layers)
    fake = int(accounts.account[-1]) + 1 + np.arange(count)

    grown = replace(
        ties,
        source=_more(ties.source, fake, count),
        target=_more(ties.target, context.person, count),
        layer=_more(ties.layer, LAYERS.index(layer), count),
        at=_more(ties.at, int(ties.at.max()), count),
        post=_more(ties.post, NO_POST, count),
        weight=_more(ties.weight, 1, count),
        area=_more(ties.area, int(ties.area[0]), count),
        original=None
        if ties.original is None
        else _more(ties.original, NO_POST, count),
    )
    known = replace(
        accounts,
        account=_more(accounts.account, fake, count),
        role=_more(accounts.role, 0, count),
        listable=_more(accounts.listable, False, count),
        followers=_more(accounts.followers, -1, count),
        posts=_more(accounts.posts, 1, count),
        described=None
        if accounts.described is None
        else _more(accounts.described, True, count),
    )
    return grown, known


def _more(
    column: NDArray[_Kind], cell: int | NDArray[Any], count: int
) -> NDArray[_Kind]:
    """A column and *count* cells more, of the same kind."""
    more = np.broadcast_to(np.asarray(cell), count)
    return np.concatenate([column, more.astype(column.dtype)])


def _rank(value: NDArray[np.float64], allowed: NDArray[np.bool_], row: int) -> int:
    """The rank of one row among those allowed."""
    return int(ranks_among(value[[row]], value[allowed])[0])
