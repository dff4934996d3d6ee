"""Ids of every kind, and what is not an id."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.errors import GraphError
from hcpgraph.graph import Graph


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ([2, 1], [1, 10], "i"),
        (np.array([2, 1], np.int32), np.array([1, 10], np.int64), "i"),
        (np.array([2, 1], np.uint64), np.array([1, 10], np.int64), "u"),
        ([2**63 + 1, 1], [1, 2**63 + 5], "u"),
        (np.array([-128, 127], np.int8), np.array([0, 1], np.int8), "i"),
        (np.array([2**64 - 1, 2**64 - 3], np.uint64), [2**64 - 2] * 2, "u"),
        (["2", "1"], ["1", "10"], "U"),
        (np.array(["2", "1"], object), np.array(["1", "10"], object), "U"),
        (np.array(["2", "1"], np.dtypes.StringDType()), ["1", "10"], "U"),
        (pd.Series(["2", "1"]), pd.Series(["1", "10"]), "U"),
        (pd.Series([2, 1]), pd.Series([1, 10]), "i"),
        (["émile", "王"], ["王", "zoë"], "U"),
    ],
)
def test_ids_keep_their_kind_and_ascend(source, target, kind):
    """Integers sort as numbers, text as text."""
    graph = Graph.from_edges(source, target)

    assert graph.ids.dtype.kind == kind
    assert graph.ids.tolist() == sorted({*list(source), *list(target)})


def test_long_ids_lose_no_digit():
    """Ids of 19 digits differ in the last one."""
    ids = [1234567890123456789, 1234567890123456788]

    assert Graph.from_edges(ids[:1], ids[1:]).ids.tolist() == sorted(ids)


@settings(max_examples=50, deadline=None)
@given(
    ends=st.lists(
        st.one_of(st.integers(-5, 5), st.integers(-(2**63), 2**63 - 1)), max_size=20
    )
)
def test_near_and_far_integers_are_numbered_alike(ends):
    """A lookup table or a sort, the result is the same."""
    graph = Graph.from_edges(ends, ends)

    assert graph.ids.tolist() == sorted(set(ends))


@pytest.mark.parametrize(
    ("source", "target", "complaint"),
    [
        ([1, 2], [1], "source has 2 entries and target has 1"),
        (np.array([1.5]), [2], "not float64"),
        (np.array([True]), [2], "not bool"),
        ([1.5], [2], "one kind throughout"),
        ([True], [2], "one kind throughout"),
        ([1, "a"], ["a", "b"], "one kind throughout"),
        (["a", None], ["a", "b"], "one kind throughout"),
        (np.ma.array([1, 2], mask=[True, False]), [1, 2], "values are missing"),
        ([1], ["a"], "some are text"),
        (np.array([1, "a"], object), ["a", "b"], "one kind throughout"),
        (np.array(["a", None], object), ["a", "b"], "one kind throughout"),
        ([2**64, 2**64 + 1], [1, 2], "64 bits"),
        ([2**63 + 1], [-1], "do not fit together"),
        (np.array([[1, 2]]), np.array([[1, 2]]), "one column"),
        (np.array([b"a"]), ["b"], "integers or text"),
        ([[1, 2], [3]], [1, 2], "one kind throughout"),
    ],
)
def test_what_is_not_an_id_is_refused(source, target, complaint):
    """Nothing is rounded, guessed or turned into text in silence."""
    with pytest.raises(GraphError, match=complaint):
        Graph.from_edges(source, target)


def test_listed_ids_keep_accounts_without_ties():
    """A roster can be ranked though some on it are silent."""
    graph = Graph.from_edges(["a"], ["b"], ids=["c", "b", "a"])

    assert graph.ids.tolist() == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("ids", "complaint"),
    [
        ([1, 2, 2], "listed more than once"),
        ([1, 5], "a tie runs to 2"),
        ([], "a tie runs to 1"),
        (["a", "b"], "some are text"),
    ],
)
def test_listed_ids_must_cover_all_ends(ids, complaint):
    """A tie to someone unlisted is a mistake in one of the two."""
    with pytest.raises(GraphError, match=complaint):
        Graph.from_edges([1], [2], ids=ids)
