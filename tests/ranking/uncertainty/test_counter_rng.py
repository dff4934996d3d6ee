"""Random numbers by name."""

from __future__ import annotations

import numpy as np
from scipy import stats

from hcpgraph.ranking.uncertainty.counter_rng import (
    exponentials,
    keys_of,
    mixed_rows,
    normals,
)

NAMES = np.arange(20_000)


def test_the_same_name_and_key_give_the_same_number_in_any_order():
    """A number depends on its name and the key alone."""
    keys = keys_of(7, [3, 4])

    drawn, turned = normals(NAMES, keys), normals(NAMES[::-1].copy(), keys[::-1])

    assert (drawn == turned[::-1, ::-1]).all()
    assert (drawn[0] != drawn[1]).any()
    assert (drawn != normals(NAMES, keys_of(8, [3, 4]))).any()


def test_exponential_numbers_are_exponential():
    """They follow the exponential distribution of mean 1."""
    drawn = exponentials(NAMES, keys_of(0, [0]))[0]

    assert stats.kstest(drawn, "expon").pvalue > 0.001


def test_normal_numbers_are_normal():
    """They follow the standard normal distribution."""
    drawn = normals(NAMES, keys_of(0, [0]))[0]

    assert stats.kstest(drawn, "norm").pvalue > 0.001


def test_two_keys_give_unrelated_numbers():
    """Draws of neighbouring numbers have nothing in common."""
    a, b = normals(NAMES, keys_of(1, range(2)))

    assert abs(np.corrcoef(a, b)[0, 1]) < 0.03


def test_rows_get_different_keys():
    """No two of many rows share a key, nor do swapped columns."""
    first, second = np.divmod(np.arange(40_000), 200)

    keys = mixed_rows(first, second)

    assert len(np.unique(keys)) == len(keys)
    assert mixed_rows(np.array([1]), np.array([2])) != mixed_rows(
        np.array([2]), np.array([1])
    )
