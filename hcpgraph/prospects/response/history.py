"""Training data: the study at past cut-offs, and the responses after each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from hcpgraph import memo
from hcpgraph.communities import leiden
from hcpgraph.graph import from_ties
from hcpgraph.model.ties import NO_TIME
from hcpgraph.prospects.response.model import TrainingSet
from hcpgraph.prospects.response.pair_features import (
    local_pageranks,
    near_pairs,
    one_each,
    responded,
    snapshot,
)
from hcpgraph.ranking.record.incoming_edges import everyone

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects.response.pair_features import PairFeatures, Snapshot

SLICES: Final = 6  # of the interactions; the next period is as long as the last of them
STAND_INS: Final = 64  # people of the past who are learned from, about
MOST_KNOWN: Final = 200
_PERSONS: Final = 5_000  # whose past is learned from, at most
_CELLS: Final = 1_000_000  # pairs in memory at once


@dataclass(frozen=True, slots=True, eq=False)
class CutOff:
    """A study at the end of a period, as all candidates share it.

    Attributes:
        then: what was known.
        anchors: those responded to, in the form of ``near_pairs``.
        group: of each anchor, shape (k,).
        after: who responded to whom in the next period; nobody where that is to come.
        walks: personalised PageRank of everyone from each anchor, shape (k, n); None
            where that is too much to hold.
    """

    then: Snapshot
    anchors: sparse.csr_array
    group: NDArray[np.intp]
    after: sparse.csr_array
    walks: NDArray[np.float64] | None

    def near_pairs(
        self, persons: NDArray[np.intp], community: NDArray[np.int32]
    ) -> PairFeatures:
        """The near ones of these persons and the anchors, described."""
        return near_pairs(self.then, persons, self.anchors, community, walks=self.walks)

    @property
    def cells(self) -> int:
        """How many numbers it holds, about."""
        walks = 0 if self.walks is None else self.walks.size
        return int(walks + self.then.knows.nnz + 2 * self.then.interactions.nnz)


@dataclass(frozen=True, slots=True, eq=False)
class ResponseHistory:
    """A record with the people known in it; accounts by place.

    Attributes:
        ties: the ties of the period.
        layers: weight of each layer that counts.
        ends: the last second before the period, and of each period.
        among: everyone in *ties*, ascending, shape (n,).
        known: at most ``MOST_KNOWN``, those with the most fresh responses; ascending.
        standing: of each, the share of accounts with more fresh responses at the end
            of the period, shape (k,).
        community: of every account before the first cut-off that is looked at, -1
            where it has none, shape (n,).
        key: all that the above depends on, the same for the areas of a study; None
            where nobody keeps what is found.
    """

    ties: Ties
    layers: Mapping[str, float]
    ends: Sequence[int]
    among: NDArray[np.int32]
    known: NDArray[np.intp]
    standing: NDArray[np.float64]
    community: NDArray[np.int32]
    key: Hashable

    def case(self, period: int, candidates: NDArray[np.int32]) -> TrainingSet:
        """What was known at the end of a period, and what came in the next.

        The known people of today may have been nobody then. People who stood then
        where they stand now are in their place, in groups of as many.

        Args:
            period: from 1; not the last.
            candidates: account numbers, ascending; all occur in the ties.
        """
        cut = self.cut_off(period)
        place = self._places(candidates)
        there = place[cut.then.tied[place]]
        persons = there[:: len(there) // _PERSONS + 1]
        pairs = cut.near_pairs(persons, self.community)
        came = (cut.anchors @ cut.after.T)[:, persons].toarray() > 0
        return TrainingSet(pairs, cut.group, came & ~pairs.is_one)

    def now(self, candidates: NDArray[np.int32]) -> Iterator[TrainingSet]:
        """What is known at the end, of some candidates after the other."""
        cut = self.cut_off(len(self.ends) - 1)
        place = self._places(candidates)
        step = max(_CELLS // len(cut.group), 1)
        for first in range(0, len(place), step):
            pairs = cut.near_pairs(place[first : first + step], self.community)
            nothing = np.zeros(pairs.is_one.shape, np.bool_)
            yield TrainingSet(pairs, cut.group, nothing)

    def cut_off(self, period: int) -> CutOff:
        """The study at the end of a period, made once where somebody keeps it."""
        if self.key is None:
            return self._cut_off(period)
        return memo.once(
            ("response cut-off", self.key, period),
            lambda: self._cut_off(period),
            rows=lambda cut: cut.cells,
        )

    def _cut_off(self, period: int) -> CutOff:
        ties, layers, among, since = (
            self.ties,
            self.layers,
            self.among,
            self.ends[period],
        )
        then = snapshot(ties, layers, among, since)
        last = period + 1 == len(self.ends)
        groups = self.known[None, :] if last else _stand_ins(then, self.standing)
        anchors, group = self._anchors(groups)
        after = None
        if not last:
            after = responded(ties, layers, among, since, self.ends[period + 1])
        walks = None
        if len(among) * len(group) <= _CELLS:
            walks = local_pageranks(then.knows, anchors, np.arange(len(among)))
        return CutOff(then, anchors, group, after, walks)

    def _places(self, candidates: NDArray[np.int32]) -> NDArray[np.intp]:
        """Where accounts stand among everyone.

        Raises:
            ValueError: if one has no tie.
        """
        if not np.isin(candidates, self.among).all():
            raise ValueError("some candidates have no tie, so no data")
        return np.searchsorted(self.among, candidates)

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
    known: NDArray[np.int32],
    layers: Mapping[str, float],
    ends: Sequence[int],
    *,
    seed: int,
) -> ResponseHistory:
    """Look the known up, once for each study and list where somebody keeps it.

    Args:
        ties: the ties of the period.
        known: account numbers; others are left out.
        layers: weight of each layer that counts.
        ends: the last second before the period, and of each period.
        seed: of the communities.
    """
    if memo.keeper() is None:
        return _open(ties, known, layers, ends, seed=seed)
    weights = tuple(sorted(layers.items()))
    key = (ties.digest(), np.unique(known).tobytes(), weights, tuple(ends), seed)
    return memo.once(
        ("response history", key),
        lambda: _open(ties, known, layers, ends, seed=seed, key=key),
        rows=lambda found: len(found.among),
    )


def _open(
    ties: Ties,
    known: NDArray[np.int32],
    layers: Mapping[str, float],
    ends: Sequence[int],
    *,
    seed: int,
    key: Hashable = None,
) -> ResponseHistory:
    among = everyone(ties)
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
        known=order[place][known_first],
        standing=place[known_first] / max(len(order), 1),
        community=community,
        key=key,
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
