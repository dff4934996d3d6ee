"""Marks for an order of people."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.ranking.validation.metrics import dcg, hits, ndcg, precision


def test_hindsight_is_worth_one_and_its_reverse_less():
    """Nothing beats the order that what came later gives."""
    later = np.random.default_rng(1).poisson(3.0, 50).astype(float)
    best = np.argsort(-later, kind="stable")

    assert ndcg(best, later, 20) == pytest.approx(1.0)
    assert ndcg(best[::-1], later, 20) < 0.5


def test_ndcg_is_the_formula_of_the_books():
    """Gains in doublings, discounted by log2 of the place."""
    later, order = np.array([0.0, 3.0, 7.0]), np.array([1, 0, 2])

    found = ndcg(order, later, 2)

    assert found == pytest.approx(2.0 / (3.0 + 2.0 / np.log2(3)))


def test_equals_at_the_last_place_share_it():
    """Which of two equal people was meant cannot be known, so each is half a hit."""
    later = np.array([9.0, 4.0, 4.0, 0.0])

    assert precision(np.array([0, 1, 2, 3]), later, 2) == 0.75
    assert precision(np.array([1, 2, 0, 3]), later, 2) == 0.5


def test_whom_nobody_responds_to_is_no_hit():
    """A list is not right about people of whom nothing came."""
    later = np.array([5.0, 0.0, 0.0])

    assert precision(np.array([0, 1, 2]), later, 3) == pytest.approx(1 / 3)
    assert ndcg(np.array([1, 2, 0]), np.zeros(3), 2) == 0.0


def test_copies_are_a_list_written_out():
    """A sample with people twice or never is scored as the longer list would be."""
    gain = np.array([3.0, 2.0, 1.0, 0.5])
    copies = np.array([[2, 0, 3, 1], [0, 1, 0, 5]])

    found = dcg(gain, copies.T, 4)

    written = [np.repeat(gain, row)[:4] for row in copies]
    expected = [(w / np.log2(np.arange(2, len(w) + 2))).sum() for w in written]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_hits_of_copies_are_those_of_a_list_written_out():
    """Precision in a sample is that of the longer list against its own best."""
    rng = np.random.default_rng(4)
    later = rng.integers(0, 5, 12).astype(float)
    for _ in range(20):
        copies = rng.poisson(1.5, 12)
        written = np.repeat(later, copies)
        last = np.sort(written)[::-1][4]
        equal = (written == last).sum()
        share = (5 - (written > last).sum()) / equal if last > 0 else 0.0

        found = hits(
            later, copies[:, None], 5, last=np.array([last]), share=np.array([share])
        )

        assert found[0] == pytest.approx(precision(np.arange(len(written)), written, 5))
