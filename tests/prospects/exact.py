"""Exact spread on tiny networks, by going through all ways that ties can be live."""

from __future__ import annotations

from itertools import product

import numpy as np


def exact_spread(chances, seeds, *, model="ic"):
    """The expected number of accounts that *seeds*, as positions, reach."""
    rows = [_row(chances, node) for node in range(chances.n_nodes)]
    ways = _all_ties(rows) if model == "ic" else _one_tie_each(rows)
    return sum(odds * len(_reached(live, seeds)) for odds, live in ways if odds)


def _row(chances, node):
    start, stop = chances.indptr[node : node + 2].tolist()
    movers = chances.mover[start:stop].tolist()
    if chances.probability is None:
        return [(mover, 1 / len(movers)) for mover in movers]
    odds = chances.probability[start:stop].astype(np.float64).tolist()
    return list(zip(movers, odds, strict=True))


def _all_ties(rows):
    ties = [(mover, node, p) for node, row in enumerate(rows) for mover, p in row]
    for states in product((False, True), repeat=len(ties)):
        chosen = list(zip(ties, states, strict=True))
        odds = np.prod([p if live else 1 - p for (*_, p), live in chosen])
        yield odds, [(u, v) for (u, v, _), live in chosen if live]


def _one_tie_each(rows):
    choices = [[*row, (None, 1 - sum(p for _, p in row))] for row in rows]
    for picked in product(*choices):
        live = [(u, v) for v, (u, _) in enumerate(picked) if u is not None]
        yield np.prod([p for _, p in picked]), live


def _reached(live, seeds):
    reached, before = set(seeds), None
    while before != reached:
        before = set(reached)
        reached |= {v for u, v in live if u in reached}
    return reached
