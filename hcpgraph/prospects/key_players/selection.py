"""Key players (Borgatti): greedy selection with swaps."""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import parallel_map
from hcpgraph.graph import components
from hcpgraph.measures import betweenness
from hcpgraph.model.key_players import KeyPlayers
from hcpgraph.prospects.key_players.distances import (
    WAVE,
    gains,
    pairs_by_distance,
    steps_from,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.prospects.key_players.distances import Rows

    Value = Callable[[list[int]], float]

HOLD: Final = "hold"
REACH: Final = "reach"

MOST_TIES: Final = 3_000_000
_ALL: Final = 300  # accounts, up to which everyone is tried
_TRIED: Final = 32  # accounts tried at each step above that, the likeliest
_STARTS: Final = 4  # of the search where everyone is tried
_ALL_PAIRS: Final = 500_000_000  # accounts x ties, up to which all pairs are counted
_CHOOSING: Final = 128  # walks behind a choice, where not all pairs are counted
_MEASURING: Final = 2048  # walks behind a printed value, likewise
_ALL_STEPS: Final = 100_000_000  # bytes of steps between accounts
_PARTS: Final = 16  # whatever the number of threads, for sums in one order
_FAILURE: Final = 0.05
_SAME: Final = 1e-12  # gains no larger than rounding are none


def key_players(
    g: Graph,
    size: int,
    *,
    goal: str = HOLD,
    steps: int | None = None,
    seed: int = 0,
) -> KeyPlayers:
    """Key players: who matter most together, to hold a network or to reach it.

    The best set is not the set of the best: two who bridge the same gap hold no more
    than one, and two with the same audience reach no more than one [1].

    * ``hold``: the set whose removal leaves the others furthest apart (KPP-NEG). Ties
      join both ways here. The measure is the distance-weighted fragmentation of those
      left,

          D_F = 1 - sum over ordered pairs of 1 / d(i, j) / (n (n - 1)),

      and beside it ``apart``, the share of pairs that no path joins (F).
    * ``reach``: who are nearest to everyone (KPP-POS). Influence runs against
      attention: one step from a person are their in-neighbours. The measure is

          D_R = sum over all accounts j of 1 / d(set, j) / n,

      the chosen counting 1 each, or with *steps* the share within so many steps.

    The set is built by always adding the best, and then improved by swaps of one
    member until no swap helps, as in [1]; that is a good set, not surely the best.
    Up to 300 accounts, ``hold`` also starts from three sets drawn at random. Above
    that, ``hold`` tries the 32 of highest betweenness at each step; on
    large networks choices rest on walks from accounts drawn at random. Weights are
    not read.

    Args:
        g: the directed edges.
        size: how many people, from 0; at most everyone is chosen.
        goal: ``"hold"`` or ``"reach"``.
        steps: for ``"reach"``, from 1: count those within so many; None for D_R.
        seed: of the walks drawn.

    Returns:
        The chosen, in order of decreasing gain, with the measure so far. The same
        for the same seed, on however many cores. Equal choices go to the lower id.

    Raises:
        ValueError: if *size*, *goal* or *steps* make no sense, or the network has more
            than three million ties.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges(["a", "b", "d", "e"], ["c", "c", "c", "c"])
    >>> key_players(g, 1)
    KeyPlayers(hold, 1 people, distance-weighted fragmentation 0.3000 -> 1.0000)
    >>> key_players(g, 1, goal="reach").ids.tolist()
    ['c']

    References:
        [1] Borgatti (2006), "Identifying sets of key players in a social network",
            Computational & Mathematical Organization Theory 12, 21-34,
            doi:10.1007/s10588-006-7084-x.
    """
    _check(g, size, goal, steps)
    size = min(size, g.n_nodes)
    params: dict[str, float | str | None] = {"size": size, "seed": seed}
    if goal == HOLD:
        return _hold(g, size, seed, params)
    return _reach(g, size, seed, params | {"steps": steps})


def _check(g: Graph, size: int, goal: str, steps: int | None) -> None:
    if size < 0:
        raise ValueError(f"size must be 0 or more, got {size}")
    if goal not in (HOLD, REACH):
        raise ValueError(f"goal must be {HOLD!r} or {REACH!r}, got {goal!r}")
    if steps is not None and (goal == HOLD or not 1 <= steps <= 254):
        raise ValueError(
            "steps are from 1 to 254, and for goal 'reach' alone, got"
            f" {steps} for {goal!r}"
        )
    if g.n_edges > MOST_TIES:
        raise ValueError(
            f"key players of {g.n_edges} ties take too long; take a part of the network"
            f" with at most {MOST_TIES} ties, such as an area or a community"
        )


def _hold(
    g: Graph, size: int, seed: int, params: dict[str, float | str | None]
) -> KeyPlayers:
    joined = g.undirected()
    rows, n = (joined.indptr, joined.indices), g.n_nodes
    drawn = np.random.default_rng(seed % 2**64).permutation(n)
    whole = n * joined.n_edges <= _ALL_PAIRS
    few = n * joined.n_edges * _ALL <= _ALL_PAIRS
    first = drawn if few else drawn[:_CHOOSING]

    def value(gone: list[int]) -> float:
        return _fragmentation(rows, first, gone)

    def tried(gone: list[int]) -> list[int]:
        return _likely(joined, gone, seed)

    starts = [_built(size, value, tried)]
    if n <= _ALL:  # more ways up to find a higher peak
        starts += [drawn[-k * size :][:size].tolist() for k in range(1, _STARTS)]
    found = [_improved(start, value, tried) for start in starts if len(start) == size]
    chosen = _in_order(max(found, key=value), value)
    # values are measured on walks that had no part in the choice
    last = drawn if whole else drawn[_CHOOSING : _CHOOSING + _MEASURING]
    prefixes = [chosen[:k] for k in range(len(chosen) + 1)]
    values = parallel_map(lambda gone: _fragmentation(rows, last, gone), prefixes)
    apart = [_apart(joined, gone) for gone in prefixes]
    return KeyPlayers(
        goal=HOLD,
        measure="distance-weighted fragmentation",
        ids=g.ids[chosen],
        value=np.array(values[1:], np.float64),
        before=values[0],
        apart=np.array(apart[1:], np.float64),
        apart_before=apart[0],
        error=0.0 if len(last) == n else sqrt(log(2 / _FAILURE) / (2 * len(last))),
        params=params,
    )


def _fragmentation(rows: Rows, sources: NDArray[np.int64], removed: list[int]) -> float:
    """D_F of those left; 1 if there is no pair of them."""
    gone = np.zeros(len(rows[0]) - 1, np.bool_)
    gone[removed] = True
    count = pairs_by_distance(rows, sources, gone)
    others = len(gone) - len(removed) - 1
    if others < 1 or not count[0]:
        return 1.0
    near = float((count[1:] / np.arange(1, len(count))).sum())
    return 1.0 - near / (float(count[0]) * others)


def _apart(joined: Graph, removed: list[int]) -> float:
    """F of those left: the share of pairs that no path joins."""
    left = np.ones(joined.n_nodes, np.bool_)
    left[removed] = False
    n = int(left.sum())
    if n < 2:
        return 1.0
    sizes = components(joined.subgraph(left)).sizes().astype(np.float64)
    return 1.0 - float((sizes * (sizes - 1)).sum()) / (n * (n - 1))


def _likely(joined: Graph, removed: list[int], seed: int) -> list[int]:
    """Candidates for removal, ascending: everyone, or the highest betweenness."""
    left = np.ones(joined.n_nodes, np.bool_)
    left[removed] = False
    places = np.flatnonzero(left)
    if len(places) <= _ALL:
        return places.tolist()
    part = joined.subgraph(left)
    exact = part.n_nodes * part.n_edges <= _ALL_PAIRS // 10
    between = betweenness(part, error=None if exact else 0.05, seed=seed)
    return sorted(places[between.order()[:_TRIED]].tolist())


def _built(
    size: int, value: Value, tried: Callable[[list[int]], list[int]]
) -> list[int]:
    """Always the one whose removal does most."""
    chosen: list[int] = []
    while len(chosen) < size:
        places = tried(chosen)
        worth = parallel_map(lambda one: value([*chosen, one]), places)
        chosen.append(places[int(np.argmax(worth))])
    return chosen


def _improved(
    chosen: list[int], value: Value, tried: Callable[[list[int]], list[int]]
) -> list[int]:
    """Swap one member for another as long as that does more."""
    best, kept = value(chosen), 0
    while chosen and kept < len(chosen):
        rest, places = chosen[1:], tried(chosen[1:])
        worth = parallel_map(value, [[*rest, one] for one in places])
        top = int(np.argmax(worth))
        if worth[top] > best + _SAME:
            best, kept = worth[top], 0
            chosen = [*rest, places[top]]
        else:
            kept += 1
            chosen = [*rest, chosen[0]]
    return chosen


def _in_order(chosen: list[int], value: Value) -> list[int]:
    """Each the one who adds most to those before; equals by position."""
    left, found = sorted(chosen), list[int]()
    while left:
        worth = parallel_map(lambda one: value([*found, one]), left)
        found.append(left.pop(int(np.argmax(worth))))
    return found


def _reach(
    g: Graph, size: int, seed: int, params: dict[str, float | str | None]
) -> KeyPlayers:
    n, steps = g.n_nodes, params["steps"]
    worth = np.zeros(256)
    worth[1:255] = 1.0 / np.arange(1, 255)
    if steps is not None:
        worth[1:255] = np.arange(1, 255) <= int(steps)
    worth[0] = 1.0
    walks = max(WAVE, _ALL_STEPS // max(n, 1))
    drawn = np.random.default_rng(seed % 2**64).permutation(n)[:walks]
    # walks along attention come from those who are reached
    parts = np.array_split(drawn, _PARTS)
    apart = parallel_map(
        lambda part: steps_from((g.indptr, g.indices), part, False), parts
    )
    chosen = _swapped(apart, worth, _covering(apart, worth, size))
    back = g.transpose()
    rows = (back.indptr, back.indices)
    ordered = _in_order(chosen, lambda some: _reached(rows, worth, some))
    values = [_reached(rows, worth, ordered[:k]) for k in range(len(ordered) + 1)]
    within = "" if steps is None else f" within {steps} step{'' if steps == 1 else 's'}"
    return KeyPlayers(
        goal=REACH,
        measure=f"share reached{within}" if within else "distance-weighted reach",
        ids=g.ids[ordered],
        value=np.array(values[1:], np.float64),
        before=values[0],
        params=params | {"walks": len(drawn)},
    )


def _reached(rows: Rows, worth: NDArray[np.float64], chosen: list[int]) -> float:
    """D_R, or the share within some steps, by a walk from all at once."""
    n = len(rows[0]) - 1
    if not chosen:
        return 0.0
    steps = steps_from(rows, np.array(chosen, np.int64), True)[0]
    return float((np.bincount(steps, minlength=256) * worth).sum()) / n


def _held(
    apart: list[NDArray[np.uint8]], worth: NDArray[np.float64], chosen: list[int]
) -> list[NDArray[np.float64]]:
    """The worth of the nearest of some people, for each walk."""
    return [worth[one[:, chosen]].max(axis=1, initial=0.0) for one in apart]


def _added(
    apart: list[NDArray[np.uint8]], worth: NDArray[np.float64], chosen: list[int]
) -> NDArray[np.float64]:
    """What each account would add to some people, over all walks."""
    have = _held(apart, worth, chosen)
    parts = list(zip(apart, have, strict=True))
    found = parallel_map(lambda part: gains(part[0], worth, part[1]), parts)
    return sum(found, np.zeros(apart[0].shape[1]))


def _covering(
    apart: list[NDArray[np.uint8]], worth: NDArray[np.float64], size: int
) -> list[int]:
    """Always the one who adds most."""
    chosen: list[int] = []
    while len(chosen) < size:
        added = _added(apart, worth, chosen)
        added[chosen] = -1.0
        chosen.append(int(added.argmax()))
    return chosen


def _swapped(
    apart: list[NDArray[np.uint8]], worth: NDArray[np.float64], chosen: list[int]
) -> list[int]:
    """Swap one member for another as long as that reaches more."""
    kept = 0
    while chosen and kept < len(chosen):
        rest = chosen[1:]
        added = _added(apart, worth, rest)
        added[rest] = -1.0
        top = int(added.argmax())
        # relative, as sums over walks may be large
        if added[top] > added[chosen[0]] * (1 + 1e-9) + _SAME:
            kept, chosen = 0, [*rest, top]
        else:
            kept, chosen = kept + 1, [*rest, chosen[0]]
    return chosen
