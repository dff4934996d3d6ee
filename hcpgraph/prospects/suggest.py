"""Whom to approach next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.communities import leiden
from hcpgraph.graph import from_ties
from hcpgraph.model.prospects import Pick
from hcpgraph.prospects.coverage import audiences, greedy
from hcpgraph.prospects.kinds import kind, participation
from hcpgraph.prospects.links import links
from hcpgraph.ranking import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Standings
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking import Attention


def suggest(  # noqa: PLR0913 - each says something else about the wish
    ties: Ties,
    accounts: Accounts,
    standings: Standings,
    *,
    known: NDArray[np.int32],
    exclude: NDArray[np.int32],
    allowed: NDArray[np.bool_],
    budget: int,
    layers: Mapping[str, float],
    seed: int = 0,
) -> tuple[Pick, ...]:
    """People worth approaching, in order, who do not all reach the same crowd.

    The rule, one sentence: each pick is the person with the largest product of
    score and new audience, that is of accounts that attend to them and to nobody
    known or picked before; those who add nobody follow by rank. A leader whose
    audience is taken gives way to one who opens another circle.

    Args:
        ties: the ties of the area and the period.
        accounts: what is known of the accounts; holds everyone in *ties*.
        standings: everyone ranked, best first, scores from 0 up.
        known: account numbers already known. They and their audience count as
            reached; they are never suggested.
        exclude: account numbers never to suggest.
        allowed: who may be listed, one per row of *accounts*, shape (n,). Ranks
            are places among these.
        budget: how many people at most, from 0 up.
        layers: weight of each layer that counts, from 0 up.
        seed: of the communities.

    Returns:
        At most *budget* picks, fewer only if there are no more candidates: ranked
        people with a tie that counts, allowed, not known and not excluded.
        Coverage never falls; it is the share reached before the first pick plus
        the gains so far over everyone in *ties*.

    Raises:
        ValueError: if *budget* or a score is negative, or *allowed* does not fit
            *accounts*.
    """
    _check(accounts, standings, allowed, budget)
    listed = standings.only(accounts, allowed)
    area = _area(ties, layers, seed)
    places = _candidates(area, listed, known, exclude)
    position = np.searchsorted(area.pairs.account, listed.account[places])
    reached = _reached(area.pairs, known)
    chosen, gains = greedy(
        audiences(area.pairs.source, area.pairs.target, area.pairs.n_accounts),
        position,
        listed.score[places],
        reached=reached,
        budget=budget,
    )
    places, position = places[chosen], position[chosen]
    kinds = kind(listed, places, area.participation[position])
    people = listed.account[places]
    through = links(ties, people, known, layers)
    covered = int(reached.sum()) + np.cumsum(gains, dtype=np.int64)
    return tuple(
        Pick(
            account=int(people[i]),
            rank=int(places[i]) + 1,
            kind=kinds[i],
            gain=gains[i],
            coverage=float(covered[i] / area.pairs.n_accounts),
            community=int(area.community[position[i]]) + 1,
            community_size=int(area.sizes[area.community[position[i]]]),
            links=through.get(int(people[i]), ()),
        )
        for i in range(len(chosen))
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Area:
    """An area as prospects see it; arrays over ``pairs.account``, shape (n,)."""

    pairs: Attention
    community: NDArray[np.int32]
    sizes: NDArray[np.int64]
    participation: NDArray[np.float64]
    tied: NDArray[np.bool_]


def _area(ties: Ties, layers: Mapping[str, float], seed: int) -> _Area:
    pairs = fold(ties, layers)
    graph = from_ties(ties, layers)
    partition = leiden(graph, seed=seed)
    inside = np.searchsorted(pairs.account, graph.ids)
    community = np.zeros(pairs.n_accounts, np.int32)
    community[inside] = partition.label
    tied = np.zeros(pairs.n_accounts, np.bool_)
    tied[inside] = True
    spread = participation(pairs.source, pairs.target, community, pairs.n_accounts)
    return _Area(pairs, community, partition.sizes(), spread, tied)


def _candidates(
    area: _Area,
    listed: Standings,
    known: NDArray[np.int32],
    exclude: NDArray[np.int32],
) -> NDArray[np.intp]:
    """Places in *listed* of those who may be suggested, the best first."""
    tied = np.isin(listed.account, area.pairs.account[area.tied])
    barred = np.isin(listed.account, np.concatenate([known, exclude]))
    return np.flatnonzero(tied & ~barred)


def _reached(pairs: Attention, known: NDArray[np.int32]) -> NDArray[np.bool_]:
    """The known themselves, and whoever attends to one of them."""
    reached = np.isin(pairs.account, known)
    listening = reached[pairs.target]
    reached[pairs.source[listening]] = True
    return reached


def _check(
    accounts: Accounts,
    standings: Standings,
    allowed: NDArray[np.bool_],
    budget: int,
) -> None:
    if budget < 0:
        raise ValueError(f"budget must be 0 or more, got {budget}")
    if len(allowed) != len(accounts):
        raise ValueError(
            f"'allowed' has {len(allowed)} entries for {len(accounts)} accounts"
        )
    if len(standings) and standings.score.min() < 0:
        raise ValueError("scores must be 0 or more to weigh an audience with")
