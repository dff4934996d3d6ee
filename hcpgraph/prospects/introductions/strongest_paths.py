"""The strongest paths of few steps among people who know each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.prospects.introductions.acquaintance import Acquaintance

_NOBODY: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Path:
    """A path of acquaintances.

    Attributes:
        people: account numbers from the start to the end, none twice.
        strength: product of the strengths of the ties, in (0, 1).
    """

    people: tuple[int, ...]
    strength: float


def strongest(
    web: Acquaintance,
    end: int,
    starts: NDArray[np.intp],
    between: NDArray[np.bool_],
    *,
    most: int,
) -> tuple[Path, ...]:
    """The strongest path of at most three steps from each of some people to one.

    Looks two steps out from the end, and one from each start: where they meet, a
    path of three steps passes.

    Args:
        web: the network of acquaintances.
        end: position of the one to get to.
        starts: positions, ascending; neither the end nor between.
        between: whether each may stand on the way, shape (n,).
        most: how many paths at most.

    Returns:
        The strongest first, of equal ones the shortest, then by account.
    """
    n = len(web.account)
    near, known = np.zeros(n), np.zeros(n)
    friends = slice(web.indptr[end], web.indptr[end + 1])
    near[web.other[friends]] = web.strength[friends]
    known[starts] = near[starts]
    near = np.where(between, near, 0.0)
    near[end] = 0.0
    far, through = _onwards(web, near)
    far[end] = 0.0
    two, by_two = far[starts], through[starts]
    far = np.where(between, far, 0.0)
    three, by_three = _back(web, starts, far)
    found = []
    for i, start in enumerate(starts.tolist()):
        value = [float(known[start]), float(two[i]), float(three[i])]
        best = max(value)
        if best > 0:
            steps = value.index(best)
            chain = [start]
            if steps == 1:
                chain.append(int(by_two[i]))
            if steps == 2:
                chain += [int(by_three[i]), int(through[by_three[i]])]
            found.append((-best, steps, tuple(web.account[[*chain, end]].tolist())))
    return tuple(Path(people, -best) for best, _, people in sorted(found)[:most])


def _onwards(
    web: Acquaintance, value: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The best value of each account one step on, and its predecessor."""
    rows = np.flatnonzero(value)
    entries = _entries(web, rows)
    by = np.repeat(rows, np.diff(web.indptr)[rows])
    to, reached = web.other[entries], value[by] * web.strength[entries]
    best = np.zeros(len(value))
    np.maximum.at(best, to, reached)
    first = np.full(len(value), _NOBODY)
    top = reached == best[to]
    np.minimum.at(first, to[top], by[top])
    return best, first


def _back(
    web: Acquaintance, starts: NDArray[np.intp], value: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The best value one step from each of *starts*, and the account there."""
    entries = _entries(web, starts)
    count = np.diff(web.indptr)[starts]
    to = np.repeat(np.arange(len(starts)), count)
    reached = value[web.other[entries]] * web.strength[entries]
    best = np.zeros(len(starts))
    np.maximum.at(best, to, reached)
    first = np.full(len(starts), _NOBODY)
    top = (reached == best[to]) & (reached > 0)
    np.minimum.at(first, to[top], web.other[entries][top])
    return best, first


def _entries(web: Acquaintance, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where the ties of some rows stand, row after row."""
    count = np.diff(web.indptr)[rows]
    skipped = web.indptr[rows] - np.append(0, np.cumsum(count)[:-1])[: len(rows)]
    found: NDArray[np.intp] = np.arange(int(count.sum())) + np.repeat(skipped, count)
    return found
