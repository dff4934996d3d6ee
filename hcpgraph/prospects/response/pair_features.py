"""Features of pairs for link prediction, at one cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from hcpgraph.graph import layer_weights
from hcpgraph.model.ties import NO_TIME
from hcpgraph.prospects.influence.exposures import (
    distinct_interactions,
    interaction_rows,
)
from hcpgraph.prospects.response.local_pagerank import forward_push
from hcpgraph.ranking.record.recency import LATELY, ages, fresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

FEATURES: Final = (
    *("common", "adamic_adar", "pagerank", "toward", "toward_lately", "back"),
    *("back_lately", "follows", "followed", "answers", "active", "active_lately"),
    *("in_degree", "together"),
)
FAR: Final = ("pagerank", "answers", "active", "active_lately", "in_degree")
RIVALS: Final = ("common", "adamic_adar", "pagerank")
_IMAGINED: Final = 2.0  # people who addressed somebody, before any did


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Interactions until a cut-off, as sparse matrices with one row per account.

    Attributes:
        at: the last second that was known, Unix time.
        knows: whether two accounts are tied at all, either way round; symmetric.
        interactions: interactions of the account of the row with that of the column.
        lately: the same, fresh ones counting most.
        stands: whether the one of the row holds any other tie to that of the column.
        answers: reciprocity, the share of addressing accounts addressed in return,
            shrunk to that of everyone, shape (n,).
    """

    at: int
    knows: sparse.csr_array
    interactions: sparse.csr_array
    lately: sparse.csr_array
    stands: sparse.csr_array
    answers: NDArray[np.float64]

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Who is tied to anybody, shape (n,)."""
        return np.asarray(np.diff(self.knows.indptr) > 0)


@dataclass(frozen=True, slots=True, eq=False)
class PairFeatures:
    """Persons and those they may respond to, one row for each pair near each other.

    Near are two with a tie or a common neighbour. Of all others, the far ones, only
    what either does with anybody is known, and the personalised PageRank.

    Attributes:
        anchor: place among those responded to, shape (p,).
        person: place among the persons, shape (p,).
        x: one column per ``FEATURES``, shape (p, 14).
        is_one: whether a pair is one person, who does not count, shape (k, c).
        pagerank: personalised PageRank of every pair, times how many accounts there
            are, near or not, shape (k, c).
        alone: ``answers``, ``active`` and ``active_lately`` of each person, shape
            (c, 3).
        in_degree: in-degree of each anchor, shape (k,).
    """

    anchor: NDArray[np.intp]
    person: NDArray[np.intp]
    x: NDArray[np.float64]
    is_one: NDArray[np.bool_]
    pagerank: NDArray[np.float64]
    alone: NDArray[np.float64]
    in_degree: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.person)

    def column(self, name: str) -> NDArray[np.float64]:
        """One feature of every pair, 0 for those not near, shape (k, c)."""
        found = np.zeros(self.is_one.shape)
        found[self.anchor, self.person] = self.x[:, FEATURES.index(name)]
        return found

    def far(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
        """Anchor, person and one column per ``FAR`` of every far pair."""
        others = ~self.is_one
        others[self.anchor, self.person] = False
        anchor, person = np.nonzero(others)
        columns = (self.pagerank[others], self.alone[person], self.in_degree[anchor])
        return anchor, person, np.log2(1.0 + np.column_stack(columns))


def snapshot(
    ties: Ties, layers: Mapping[str, float], among: NDArray[np.int32], at: int
) -> Snapshot:
    """What was known by a cut-off.

    Args:
        ties: the whole record; ties without a time are known at every cut-off.
        layers: weight of each layer that counts.
        among: every account of *ties*, ascending, shape (n,).
        at: Unix seconds.
    """
    past = ties.where((ties.at == NO_TIME) | (ties.at <= at))
    counts = layer_weights(layers)[past.layer] > 0
    counts &= past.source != past.target
    is_interaction = interaction_rows(past, layers)
    acted = distinct_interactions(past, np.flatnonzero(is_interaction))
    left = fresh(ages(past)[acted], LATELY)
    interactions = _matrix(past, acted, np.ones(len(acted)), among)
    lately = _matrix(past, acted, left, among)
    standing = np.flatnonzero(counts & ~is_interaction)
    stands = _matrix(past, standing, np.ones(len(standing)), among).sign()
    tied = interactions + stands
    knows = (tied + tied.T).sign().tocsr()
    return Snapshot(at, knows, interactions, lately, stands, _answers(interactions))


def responded(
    ties: Ties,
    layers: Mapping[str, float],
    among: NDArray[np.int32],
    since: int,
    until: int,
) -> sparse.csr_array:
    """Interactions after one cut-off and up to another, by source and target."""
    rows = np.flatnonzero(interaction_rows(ties, layers) & (ties.at > since))
    rows = rows[ties.at[rows] <= until]
    return _matrix(ties, rows, np.ones(len(rows)), among).sign()


def _matrix(
    ties: Ties,
    rows: NDArray[np.intp],
    amount: NDArray[np.float64],
    among: NDArray[np.int32],
) -> sparse.csr_array:
    """The sum of an amount by source and target."""
    n = len(among)
    # account numbers are dense, so looking them up is quicker than searching
    place = np.zeros(int(among.max(initial=-1)) + 1, np.int32)
    place[among] = np.arange(n, dtype=np.int32)
    cells = (place[ties.source[rows]], place[ties.target[rows]])
    return sparse.coo_array((amount, cells), shape=(n, n)).tocsr()


def one_each(anchors: NDArray[np.intp], n: int) -> sparse.csr_array:
    """Anchors as single accounts, in the form of ``near_pairs``.

    Args:
        anchors: places of accounts, shape (k,).
        n: how many accounts there are.
    """
    k = len(anchors)
    return sparse.csr_array((np.ones(k), anchors, np.arange(k + 1)), shape=(k, n))


def near_pairs(
    now: Snapshot,
    persons: NDArray[np.intp],
    chosen: sparse.csr_array,
    community: NDArray[np.int32],
    *,
    walks: NDArray[np.float64] | None = None,
) -> PairFeatures:
    """The near ones among all pairs of persons and anchors, described.

    Args:
        now: what is known.
        persons: places of accounts, ascending, shape (c,).
        chosen: one row per anchor with a 1 for each account it stands for, shape
            (k, n); a response to one of these is a response to the anchor.
        community: of every account, -1 where it has none, shape (n,).
        walks: ``local_pageranks`` of everyone, shape (k, n), if they are at hand.

    Returns:
        Pairs by anchor and person. Counts stand as log2(1 + count).
    """
    knows = now.knows
    degree = np.diff(knows.indptr)
    rare = sparse.diags_array(1.0 / np.log(np.maximum(degree, 2)))
    around, here = chosen @ knows, knows[persons]
    common = (here @ around.T.tocsr()).T.tocsr()
    adamic = (here @ (around @ rare).T.tocsr()).T.tocsr()
    is_one, back = _same(chosen, persons), chosen.T.tocsr()
    near = (common + around[:, persons]).tocoo()
    keep = ~is_one[near.row, near.col]
    anchor, person = near.row[keep].astype(np.intp), near.col[keep].astype(np.intp)
    order = np.lexsort((person, anchor))
    anchor, person = anchor[order], person[order]
    if walks is None:
        found = local_pageranks(knows, chosen, persons)
    else:
        found = walks[:, persons]
    pagerank = len(degree) * found

    def toward(matrix: sparse.csr_array) -> NDArray[np.float64]:
        return _at((matrix[persons] @ back).T, anchor, person)

    def received(matrix: sparse.csr_array) -> NDArray[np.float64]:
        return _at((chosen @ matrix)[:, persons], anchor, person)

    in_degree = chosen @ now.lately.sum(axis=0)
    active = (now.interactions.sum(axis=1), now.lately.sum(axis=1))
    alone = np.column_stack([now.answers, *active])[persons]
    home = _home(chosen, community)
    columns = {
        "common": _at(common, anchor, person),
        "adamic_adar": _at(adamic, anchor, person),
        "pagerank": pagerank[anchor, person],
        "toward": toward(now.interactions),
        "toward_lately": toward(now.lately),
        "back": received(now.interactions),
        "back_lately": received(now.lately),
        "follows": toward(now.stands),
        "followed": received(now.stands),
        "answers": alone[person, 0],
        "active": alone[person, 1],
        "active_lately": alone[person, 2],
        "in_degree": in_degree[anchor],
        "together": (home[anchor] >= 0) & (home[anchor] == community[persons][person]),
    }
    x = np.log2(1.0 + np.column_stack([columns[name] for name in FEATURES]))
    return PairFeatures(anchor, person, x, is_one, pagerank, alone, in_degree)


def _at(
    matrix: sparse.csr_array, row: NDArray[np.intp], column: NDArray[np.intp]
) -> NDArray[np.float64]:
    """The cells of a sparse matrix at some places, which ascend."""
    found = matrix.tocsr().tocoo()
    width = max(matrix.shape[1], 1)
    key = found.row.astype(np.int64) * width + found.col
    order = np.argsort(key)
    key, value = np.append(key[order], -1), np.append(found.data[order], 0.0)
    wanted = row * width + column
    place = np.searchsorted(key[:-1], wanted)
    return np.where(key[place] == wanted, value[place], 0.0)


def _same(chosen: sparse.csr_array, persons: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where person and anchor are one; an anchor of many is nobody's self."""
    alone = np.diff(chosen.indptr) == 1
    found = chosen[:, persons].toarray() > 0
    return np.asarray(found & alone[:, None], np.bool_)


def local_pageranks(
    knows: sparse.csr_array, chosen: sparse.csr_array, persons: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Personalised PageRank of *persons* from each anchor, shape (k, c).

    From an anchor that is everyone, it is as ties are spread.
    """
    found = np.zeros((chosen.shape[0], len(persons)))
    alone = np.diff(chosen.indptr) == 1
    starts = chosen[alone].indices.astype(np.intp)
    indptr, other = knows.indptr.astype(np.int64), knows.indices.astype(np.int32)
    found[alone] = forward_push(indptr, other, starts, persons)
    found[~alone] = np.diff(indptr)[persons] / max(len(other), 1)
    return found


def _home(chosen: sparse.csr_array, community: NDArray[np.int32]) -> NDArray[np.int32]:
    """The community of each anchor, -1 for a group."""
    home = np.full(chosen.shape[0], -1, np.int32)
    alone = np.diff(chosen.indptr) == 1
    home[alone] = community[chosen[alone].indices]
    return home


def _answers(interactions: sparse.csr_array) -> NDArray[np.float64]:
    """Reciprocity: the share of addressing accounts that are addressed in return.

    Shrunk to that of everyone, as one who answered the only person who asked need not
    answer everybody.
    """
    ever = interactions.sign()
    asked = ever.sum(axis=0)
    answered = ever.multiply(ever.T).sum(axis=1)
    usual = answered.sum() / max(asked.sum(), 1.0)
    found: NDArray[np.float64] = (answered + usual * _IMAGINED) / (asked + _IMAGINED)
    return found
