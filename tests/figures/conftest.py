"""Invented networks and rankings to draw."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.graph import Graph
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.table import Table

FIRST = ("Amara", "Birgit", "Chen", "Dario", "Elena", "Farid", "Greta", "Hugo")
LAST = ("Abel", "Brandt", "Castellanos", "Duval", "Eriksen", "Fontaine", "Grunwald")


def _graph(accounts, communities, ties, *, weighted=True):
    rng = np.random.default_rng(accounts)
    source = rng.integers(0, accounts, ties)
    popular = (rng.pareto(1.2, ties) * 2).astype(int) * communities
    target = (source % communities + popular) % accounts
    weight = rng.integers(1, 5, ties).astype(np.float32) if weighted else None
    return Graph.from_edges(source, target, weight, ids=np.arange(accounts))


def _ranking(ids, *, names=None, parts=True, intervals=True, area="asthma"):
    count = len(ids)
    rng = np.random.default_rng(count)
    part = rng.dirichlet(np.ones(5), count) * np.linspace(90, 30, count)[:, None]
    columns = {
        "rank": list(range(1, count + 1)),
        "id": [str(i) for i in ids],
        "handle": [f"user_{i}" for i in ids],
        "name": names or [f"{FIRST[i % 8]} {LAST[i % 7]} {i}" for i in range(count)],
        "score": part.sum(axis=1).tolist(),
        "rank_low": [max(1, i - 1) if intervals else None for i in range(count)],
        "rank_high": [i + 4 if intervals else None for i in range(count)],
    }
    if parts:
        columns |= {name: part[:, i].tolist() for i, name in enumerate(CONTRIBUTIONS)}
    return Ranking(Table(columns), area, "score" if parts else "pagerank")


@pytest.fixture(scope="session")
def make_graph():
    """A graph of so many accounts, communities and ties."""
    return _graph


@pytest.fixture(scope="session")
def make_ranking():
    """A ranking of those ids, with made-up names unless given."""
    return _ranking


@pytest.fixture(scope="session")
def boxes():
    """What texts some axes show, each with its box in pixels."""

    def measure(axes):
        return [
            (text.get_text(), text.get_window_extent())
            for text in axes.texts
            if text.get_visible() and text.get_text()
        ]

    return measure


@pytest.fixture(scope="session")
def assert_apart():
    """A check that no box touches another."""

    def check(found):
        for i, (one, box) in enumerate(found):
            for other, beside in found[i + 1 :]:
                assert not box.overlaps(beside), f"{one!r} on {other!r}"

    return check
