"""Greedy cover: whom to add next, given who is reached already."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Audiences:
    """Who attends to each account, side by side.

    Attributes:
        indptr: bounds, shape (n + 1,), int64.
        source: positions of those who attend, shape (p,), int32; the audience
            of account i is ``source[indptr[i]:indptr[i + 1]]``.
    """

    indptr: NDArray[np.int64]
    source: NDArray[np.int32]

    def __getitem__(self, position: int) -> NDArray[np.int32]:
        return self.source[self.indptr[position] : self.indptr[position + 1]]


def audiences(
    source: NDArray[np.int32], target: NDArray[np.int32], n_accounts: int
) -> Audiences:
    """Gather distinct pairs by their target."""
    order = np.argsort(target, kind="stable")
    indptr = np.zeros(n_accounts + 1, np.int64)
    np.cumsum(np.bincount(target, minlength=n_accounts), out=indptr[1:])
    return Audiences(indptr, source[order])


def greedy(
    heard_by: Audiences,
    candidates: NDArray[np.intp],
    score: NDArray[np.float64],
    *,
    reached: NDArray[np.bool_],
    budget: int,
) -> tuple[list[int], list[int]]:
    """Pick the largest score x new audience, again and again.

    A candidate's new audience only shrinks as others are picked, so a bound from
    an earlier round stays a bound: only the candidate on top is counted
    afresh [1]. Those who add nobody follow in their order.

    Args:
        heard_by: the audience of every account.
        candidates: positions, the best first, shape (c,).
        score: of each candidate, from 0, shape (c,).
        reached: who is reached already, shape (n,); not changed.
        budget: how many to pick at most.

    Returns:
        Places in *candidates* in the order of picking, and how many accounts
        each adds.

    References:
        [1] Leskovec et al. (2007), "Cost-effective outbreak detection in
            networks", KDD. doi:10.1145/1281192.1281239
    """
    reached = reached.copy()
    picked: list[int] = []
    gains: list[int] = []
    heap = [
        (-float(score[place]) * len(heard_by[position]), place)
        for place, position in enumerate(candidates.tolist())
    ]
    heapq.heapify(heap)
    while heap and len(picked) < budget:
        _, place = heapq.heappop(heap)
        audience = heard_by[int(candidates[place])]
        new = int((~reached[audience]).sum())
        now = (-float(score[place]) * new, place)
        if heap and heap[0] < now:
            heapq.heappush(heap, now)
            continue
        reached[audience] = True
        picked.append(place)
        gains.append(new)
    return picked, gains
