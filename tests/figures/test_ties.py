"""Which ties are drawn."""

from __future__ import annotations

import numpy as np

from hcpgraph.figures.ties import backbone, curves
from hcpgraph.graph import Graph


def test_few_ties_are_all_kept():
    """A graph with no more ties than allowed keeps every one."""
    graph = Graph.from_edges([1, 2, 3], [2, 3, 1])

    kept = backbone(graph, 3)

    assert len(kept) == kept.total == 3


def test_each_account_keeps_its_main_tie_first():
    """With room for one tie an account, it is the heaviest of each."""
    source = np.repeat(np.arange(10), 3)
    target = (source + np.tile([1, 2, 3], 10)) % 10
    weight = np.tile([1.0, 7.0, 2.0], 10)
    graph = Graph.from_edges(source, target, weight)

    kept = backbone(graph, 10)

    assert kept.source.tolist() == list(range(10))
    assert kept.target.tolist() == [(i + 2) % 10 for i in range(10)]


def test_a_surprising_tie_outlives_an_expected_one():
    """Beyond main ties, one that takes most of what its target receives is kept."""
    # 0 spreads evenly over 2..6 and pays most to 1; 9 receives from 0 alone
    graph = Graph.from_edges(
        [0, 0, 0, 0, 7, 7, 8, 8], [1, 2, 3, 9, 2, 3, 2, 3],
        [5.0, 1.0, 1.0, 4.0, 9.0, 8.0, 9.0, 8.0],
    )  # fmt: skip

    kept = backbone(graph, 5)

    assert (0, 2) not in set(
        zip(kept.source.tolist(), kept.target.tolist(), strict=True)
    )
    assert len(kept) == 5


def test_without_weights_ties_to_leaders_come_first():
    """Where every tie counts one, the main tie is to whom most others attend."""
    graph = Graph.from_edges([1, 1, 2, 3, 4], [9, 2, 9, 9, 9])

    kept = backbone(graph, 4)

    assert kept.source.tolist() == [0, 1, 2, 3]
    assert set(kept.target.tolist()) == {4}


def test_curves_begin_and_end_at_their_accounts():
    """Whatever the bend, a curve joins the two accounts."""
    rng = np.random.default_rng(0)
    start, end, home, away = rng.normal(size=(4, 6, 2))

    paths = curves(start, end, home, away)

    np.testing.assert_allclose(paths[:, 0], start)
    np.testing.assert_allclose(paths[:, -1], end)
