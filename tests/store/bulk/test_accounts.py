"""Numbers are put in the order of the text they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hcpgraph.store.bulk.accounts import as_text_sorts

EDGES = [n for k in range(20) for n in (10**k - 1, 10**k, 10**k + 1)]


@given(st.sets(st.one_of(st.integers(0, 2**64 - 1), st.sampled_from(EDGES))))
@example({2**64 - 1, (2**64 - 1) // 10, 10**19, 10**18, 1})
def test_ids_sort_as_their_text_does(ids):
    """Of any length up to 20 digits, the shorter of two that begin alike first."""
    found = as_text_sorts(np.array(sorted(ids), np.uint64))

    assert [str(i) for i in found.tolist()] == sorted(map(str, ids))


@pytest.mark.parametrize("length", [1, 5, 20])
def test_ids_of_one_length_sort_as_numbers(length):
    """The usual case."""
    ids = np.array([10 ** (length - 1) + i for i in (5, 3, 8)], np.uint64)

    assert as_text_sorts(ids).tolist() == sorted(ids.tolist())
