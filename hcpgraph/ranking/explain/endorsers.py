"""Endorsers: the score without each account of the audience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.names import LAYERS
from hcpgraph.model.ranks import levelled
from hcpgraph.model.ties import NO_TIME
from hcpgraph.ranking.explain.counterfactual import open_counterfactual
from hcpgraph.ranking.signals.reading import measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.explain.counterfactual import CounterfactualScore

TOGETHER: Final = (1, 3, 10)
_ROWS: Final = 2_000_000  # of all copies of a person that are read at once
_TRIED: Final = 60  # endorsers whose leaving is worked out to the end


@dataclass(frozen=True, slots=True)
class Endorser:
    """An endorser: an in-neighbour, and the loss of score without it.

    Attributes:
        account: account number.
        adds: what the score would lose without this account's attention, from 0.
        rank: of the person without it, from 1.
        layers: of its ties to the person, in the order of ``LAYERS``.
        n_ties: its ties to the person other than duplicate standing ones.
        last: Unix seconds of the last dated tie; None if none has a time.
    """

    account: int
    adds: float
    rank: int
    layers: tuple[str, ...]
    n_ties: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Without:
    """A person's standing without the accounts that add most.

    Attributes:
        count: how many are left out together.
        score: what is left.
        rank: with what is left, from 1.
    """

    count: int
    score: float
    rank: int


def endorsers(context: ExplanationContext, *, top: int = 10) -> tuple[Endorser, ...]:
    """The accounts whose attention adds most to the score of the person.

    Only the attention paid to this person is taken away; whatever else the account
    does, and everyone else's score, stays.

    Args:
        context: the person and the data.
        top: how many to give back, from 0.

    Returns:
        What each adds, the largest first; equals by account.
    """
    ego = open_counterfactual(context)
    before = ego.score()
    tried = _likely(ego)[: max(_TRIED, 2 * top)]
    parts = np.array_split(tried, _parts(ego, len(tried)))
    score = [one for part in parts for one in ego.scores_without(part).tolist()]
    loss = levelled([max(before - less, 0.0) for less in score]).tolist()
    rank = context.ranks_of(score)
    found = list(zip(loss, tried.tolist(), rank, strict=True))
    ties = context.record.ties
    counts = layer_weights(context.record.layers)[ties.layer] > 0
    theirs = ties.where(counts & (ties.target == context.person))
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        Endorser(account, adds, rank, *_ties(theirs, account))
        for adds, account, rank in found[:top]
    )


def _parts(ego: CounterfactualScore, count: int) -> int:
    """Into how many parts endorsers are taken, so that their copies fit in memory."""
    rows = len(ego.record.responses.source) + len(ego.record.pairs.source)
    return 1 + count * rows // _ROWS


def without_first(
    context: ExplanationContext,
    carrying: Sequence[Endorser],
    counts: Sequence[int] = TOGETHER,
) -> tuple[Without, ...]:
    """The standing without the first of *carrying*, together.

    Args:
        context: the person and the data.
        carrying: as ``endorsers`` gives them.
        counts: how many to leave out; those beyond the number there are leave out
            nobody more, and are not given.
    """
    ego = open_counterfactual(context)
    found = []
    for count in counts:
        if count <= len(carrying):
            less = ego.without([one.account for one in carrying[:count]])
            score = less.score()
            found.append(Without(count, score, context.rank_of(score)))
    return tuple(found)


def _likely(ego: CounterfactualScore) -> NDArray[np.int32]:
    """Endorsers by what they seem to add, the most first.

    Each endorser's ties are moved to a person of their own, whose signals are what
    this endorser alone gives; sums are then less by that, other signals by no more.
    """
    record = ego.record
    pairs, responses = record.pairs, record.responses
    toward = responses.target == ego.at
    alone = replace(
        record,
        pairs=replace(pairs, target=pairs.source),
        responses=replace(responses.part(toward), target=responses.source[toward]),
    )
    sums = [name for name in ego.names if name not in ego.walked]
    gives = measured(alone, sums)[pairs.source]
    place = [ego.names.index(name) for name in sums]
    value = ego.signals()
    less = np.maximum(value[place] - gives, 0.0)
    drop = np.log2((1.0 + value[place]) / (1.0 + less)) @ ego.weight[place]
    for name, each in ego.passed.items():
        k = ego.names.index(name)
        left = np.maximum(value[k] - each, 0.0)
        drop += ego.weight[k] * np.log2((1.0 + value[k]) / (1.0 + left))
    return ego.endorsers[np.lexsort((ego.endorsers, -drop))]


def _ties(ties: Ties, account: int) -> tuple[tuple[str, ...], int, int | None]:
    """The ties of an endorser: layers, number, and last time.

    Args:
        ties: those towards the person that count.
        account: the endorser.
    """
    rows = ties.source == account
    at = ties.at[rows]
    dated = at[at != NO_TIME]
    layers = tuple(LAYERS[code] for code in np.unique(ties.layer[rows]).tolist())
    return layers, int(rows.sum()), int(dated.max()) if len(dated) else None
