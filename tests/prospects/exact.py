"""Exact spread on tiny networks, by going through all ways that ties can be live."""

from __future__ import annotations

from itertools import product

import numpy as np


def exact_spread(probabilities, seeds, *, model="ic"):
    """The expected number of accounts that *seeds*, as positions, reach."""
    rows = [_row(probabilities, node) for node in range(probabilities.n_nodes)]
    introduction_paths = _all_ties(rows) if model == "ic" else _one_tie_each(rows)
    return sum(
        odds * len(_reached(live, seeds)) for odds, live in introduction_paths if odds
    )


def _row(probabilities, node):
    start, stop = probabilities.indptr[node : node + 2].tolist()
    influencers = probabilities.influencer[start:stop].tolist()
    if probabilities.probability is None:
        return [(influencer, 1 / len(influencers)) for influencer in influencers]
    odds = probabilities.probability[start:stop].astype(np.float64).tolist()
    return list(zip(influencers, odds, strict=True))


def _all_ties(rows):
    ties = [
        (influencer, node, p) for node, row in enumerate(rows) for influencer, p in row
    ]
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
