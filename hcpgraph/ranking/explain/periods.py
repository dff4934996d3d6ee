"""Ranks of a person in consecutive windows of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph import layer_weights
from hcpgraph.model.ties import NO_TIME, in_layers
from hcpgraph.ranking.record.incoming_edges import everyone, responders
from hcpgraph.ranking.record.recency import AGEING
from hcpgraph.ranking.score.weighted_sum import standings
from hcpgraph.ranking.signals import read

if TYPE_CHECKING:
    from hcpgraph.model.ties import Ties
    from hcpgraph.ranking.explain.context import ExplanationContext

WINDOWS: Final = 5
_STRAY: Final = 0.01  # share of the interactions that may lie before the first window


@dataclass(frozen=True, slots=True)
class Window:
    """A person's standing in a stretch of time, read from it and from standing ties.

    Attributes:
        since: first second, Unix time.
        until: the second after the last.
        rank: from 1, among those listed who occur in it; None if the person does not.
        of: how many they are.
        responders: distinct accounts that responded to the person in it.
    """

    since: int
    until: int
    rank: int | None
    of: int
    responders: int


def windows(context: ExplanationContext, *, count: int = WINDOWS) -> tuple[Window, ...]:
    """Cut the period into *count* windows of equal length, and rank in each.

    Ties without a time are in every window. A date gone wrong would stretch the first
    over years, so it begins where all but one in a hundred interactions have yet to
    come.

    Returns:
        In order of time; none where interactions have fewer than *count* different
        times.
    """
    ties = context.record.ties
    counts = layer_weights(context.record.layers)[ties.layer] > 0
    interactions = counts & in_layers(ties.layer, AGEING) & (ties.at != NO_TIME)
    when = np.sort(ties.at[interactions])
    if len(np.unique(when)) < count:
        return ()
    first, last = int(when[int(_STRAY * len(when))]), int(when[-1])
    edges = np.linspace(first, last + 1, count + 1).astype(np.int64).tolist()
    responses = ties.where(interactions & (ties.source != ties.target))
    return tuple(
        _window(context, responses, since, until) for since, until in pairwise(edges)
    )


def _window(
    context: ExplanationContext, responses: Ties, since: int, until: int
) -> Window:
    at = context.record.ties.at
    inside = (at == NO_TIME) | ((at >= since) & (at < until))
    rank, of = _rank(context, context.record.ties.where(inside))
    then = (responses.at >= since) & (responses.at < until)
    person = context.record.account[[context.row]]
    return Window(since, until, rank, of, int(responders(responses, then, person)[0]))


def _rank(context: ExplanationContext, ties: Ties) -> tuple[int | None, int]:
    record, accounts = context.record, context.accounts
    assert record.communities is not None  # a case knows them
    rows = accounts.rows_of(everyone(ties))
    # when an account wrote what made no tie is not known
    silent = replace(accounts, posts=np.zeros_like(accounts.posts))
    table = read(
        ties, silent, layers=record.layers, measure=record.measure, seed=record.seed,
        communities=record.communities[rows], only=context.weights.used(),
    )  # fmt: skip
    listed = standings(table, context.weights).only(accounts, context.allowed)
    found = listed.ranks()[listed.account == context.person]
    return (int(found[0]) if len(found) else None), len(listed)
