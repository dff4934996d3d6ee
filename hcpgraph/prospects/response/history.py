"""Training data: the study at past cut-offs, and the responses after each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from hcpgraph.communities import leiden
from hcpgraph.graph import from_ties
from hcpgraph.model.ties import NO_TIME
from hcpgraph.prospects.response.model import TrainingSet
from hcpgraph.prospects.response.pair_features import (
    near_pairs,
    one_each,
    responded,
    snapshot,
)
from hcpgraph.ranking.record.incoming_edges import everyone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects.response.pair_features import Snapshot

SLICES: Final = 6  # of the interactions; the next period is as long as the last of them
STAND_INS: Final = 64  # people of the past who are learned from, about
MOST_KNOWN: Final = 200
_PERSONS: Final = 5_000  # whose past is learned from, at most
_CELLS: Final = 1_000_000  # pairs in memory at once


@dataclass(frozen=True, slots=True, eq=False)
class ResponseHistory:
    """A record with all that is asked of it; accounts by place.

    Attributes:
        ties: the ties of the period.
        layers: weight of each layer that counts.
        ends: the last second before the period, and of each period.
        among: everyone in *ties*, ascending, shape (n,).
        candidates: ascending, shape (c,).
        known: at most ``MOST_KNOWN``, those with the most fresh responses; ascending.
        standing: of each, the share of accounts with more fresh responses at the end
            of the period, shape (k,).
        community: of every account before the first cut-off that is looked at, -1
            where it has none, shape (n,).
    """

    ties: Ties
    layers: Mapping[str, float]
    ends: Sequence[int]
    among: NDArray[np.int32]
    candidates: NDArray[np.intp]
    known: NDArray[np.intp]
    standing: NDArray[np.float64]
    community: NDArray[np.int32]

    def case(self, period: int) -> TrainingSet:
        """What was known at the end of a period, and what came in the next.

        The known people of today may have been nobody then. People who stood then
        where they stand now are in their place, in groups of as many.

        Args:
            period: from 1; not the last.
        """
        since, until = self.ends[period], self.ends[period + 1]
        then = snapshot(self.ties, self.layers, self.among, since)
        there = self.candidates[then.tied[self.candidates]]
        persons = there[:: len(there) // _PERSONS + 1]
        groups = _stand_ins(then, self.standing)
        chosen, group = self._anchors(groups)
        after = responded(self.ties, self.layers, self.among, since, until)
        came = (chosen @ after.T)[:, persons].toarray() > 0
        pairs = near_pairs(then, persons, chosen, self.community)
        return TrainingSet(pairs, group, came & ~pairs.is_one)

    def now(self) -> Iterator[TrainingSet]:
        """What is known at the end, of some candidates after the other."""
        then = snapshot(self.ties, self.layers, self.among, self.ends[-1])
        chosen, group = self._anchors(self.known[None, :])
        step = max(_CELLS // len(group), 1)
        for first in range(0, len(self.candidates), step):
            some = self.candidates[first : first + step]
            pairs = near_pairs(then, some, chosen, self.community)
            yield TrainingSet(pairs, group, np.zeros(pairs.is_one.shape, np.bool_))

    def _anchors(
        self, groups: NDArray[np.intp]
    ) -> tuple[sparse.csr_array, NDArray[np.intp]]:
        """Rows as ``near_pairs`` takes them, and the group of each.

        With nobody known, everyone is one anchor.
        """
        if not len(self.known):
            return sparse.csr_array(np.ones((1, len(self.among)))), np.zeros(1, np.intp)
        group = np.repeat(np.arange(len(groups)), groups.shape[1])
        return one_each(groups.ravel(), len(self.among)), group


def open_history(
    ties: Ties,
    candidates: NDArray[np.int32],
    known: NDArray[np.int32],
    layers: Mapping[str, float],
    ends: Sequence[int],
    *,
    seed: int,
) -> ResponseHistory:
    """Look everyone up.

    Args:
        ties: the ties of the period.
        candidates: account numbers, ascending; all occur in *ties*.
        known: account numbers; others are left out.
        layers: weight of each layer that counts.
        ends: the last second before the period, and of each period.
        seed: of the communities.

    Raises:
        ValueError: if a candidate has no tie.
    """
    among = everyone(ties)
    if not np.isin(candidates, among).all():
        raise ValueError("some candidates have no tie, so no data")
    there = np.searchsorted(among, np.intersect1d(known, among))
    order = _by_fresh_responses(snapshot(ties, layers, among, ends[-1]))
    place = np.flatnonzero(np.isin(order, there))[:MOST_KNOWN]
    known_first = np.argsort(order[place])
    past = ties.where((ties.at == NO_TIME) | (ties.at <= ends[SLICES // 2]))
    graph = from_ties(past, layers)
    community = np.full(len(among), -1, np.int32)
    community[np.searchsorted(among, graph.ids)] = leiden(graph, seed=seed).label
    return ResponseHistory(
        ties=ties,
        layers=layers,
        ends=ends,
        among=among,
        candidates=np.searchsorted(among, candidates),
        known=order[place][known_first],
        standing=place[known_first] / max(len(order), 1),
        community=community,
    )


def _by_fresh_responses(then: Snapshot) -> NDArray[np.intp]:
    """Everyone with a tie, those with the most fresh responses first."""
    received = np.asarray(then.lately.sum(axis=0))
    tied = np.flatnonzero(then.tied)
    return tied[np.lexsort((tied, -received[tied]))]


def _stand_ins(then: Snapshot, standing: NDArray[np.float64]) -> NDArray[np.intp]:
    """Groups of accounts at some ranks (as shares), disjoint, shape (g, k)."""
    order = _by_fresh_responses(then)
    many = max(len(standing), 1)
    rows = min(max(STAND_INS // many, 1), len(order) // many)
    free = np.ones(len(order), np.bool_)
    found = np.empty((rows, len(standing)), np.intp)
    for row in range(rows):
        for column, share in enumerate(standing.tolist()):
            left = np.flatnonzero(free)
            place = left[np.argmin(np.abs(left - share * len(order)))]
            free[place] = False
            found[row, column] = order[place]
    return found
