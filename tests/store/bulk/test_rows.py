"""Ties are sorted into rows, each once, and those that are held are marked."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.store.bulk.rows import sort_into_rows

N = 2500


def heed():
    """Nobody interrupts."""


@pytest.fixture(params=["1", "2", "5"])
def case(request, monkeypatch):
    """Ties among more than 2,000 accounts in some blocks, and where they belong."""
    monkeypatch.setenv("HCPGRAPH_THREADS", request.param)
    rng = np.random.default_rng(4)
    places = rng.permutation(N).astype(np.int32)
    blocks = [
        tuple((N * rng.random((2, n)) ** 4).astype(np.int32)) for n in (1, 9000, 7000)
    ]
    sources, targets = (np.concatenate(ends) for ends in zip(*blocks, strict=True))
    bounds = np.zeros(N + 1, np.int64)
    np.cumsum(np.bincount(places[sources], minlength=N), out=bounds[1:])
    pairs = zip(places[sources].tolist(), places[targets].tolist(), strict=True)
    ties = {(source, target) for source, target in pairs if source != target}
    return blocks, places, bounds, ties


def ties_of(rows, *, held, most):
    """All ties in the order given; the account at a place is ten times the place."""
    accounts = 10 * np.arange(N, dtype=np.int32)
    blocks = list(rows.ties(accounts, held=held, most=most))
    assert all(len(sources) == most for sources, _ in blocks[:-1])
    return [
        (source // 10, target // 10)
        for sources, targets in blocks
        for source, target in zip(sources.tolist(), targets.tolist(), strict=True)
    ]


@pytest.mark.parametrize("cut", [0, 1, 700, N])
def test_rows_hold_each_tie_once_in_order(case, cut):
    """Whatever the ranges of sources, and the number of threads; none to itself."""
    blocks, places, bounds, ties = case
    found = []
    itself = 0
    for run in ((0, cut), (cut, N)):
        rows = sort_into_rows(iter(blocks), places, bounds, run, heed)
        found += ties_of(rows, held=False, most=1000)
        itself += rows.left_out

    assert found == sorted(ties)
    alike = {s for block in blocks for s, t in zip(*block, strict=True) if s == t}
    assert itself == len(alike) > 0


def test_held_ties_are_told_from_the_others(case):
    """Those that the study holds are given apart; strangers are not looked for."""
    blocks, places, bounds, ties = case
    run = 200, 2000
    within = {tie for tie in ties if run[0] <= tie[0] < run[1]}
    held = set(sorted(within)[::3])
    asked = sorted(held | (ties - within) | {(300, -1), (-1, 300)})
    rows = sort_into_rows(iter(blocks), places, bounds, run, heed)
    marked = rows.mark(*np.array(asked, np.int32).T)

    assert marked == len(held)
    assert ties_of(rows, held=True, most=7) == sorted(held)
    assert ties_of(rows, held=False, most=7) == sorted(within - held)
