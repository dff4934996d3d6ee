"""Ties as a stream: the ties that are read at once, batch by batch."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.graph import from_stream, from_ties
from hcpgraph.model.files import RowType
from hcpgraph.model.names import LAYERS
from hcpgraph.store import Scope, Store
from hcpgraph.store.queries.streaming import stream_ties
from tests.store.rows import Exports, tie

ALL = dict.fromkeys(LAYERS, 1.0)
MAY, JUNE = datetime(2025, 5, 1), datetime(2025, 6, 1)  # noqa: DTZ001 - the study's are UTC

ACCOUNT = st.integers(0, 6)
ROW = st.tuples(
    ACCOUNT,
    ACCOUNT,
    st.integers(0, 2),
    st.sampled_from([None, MAY, JUNE]),
    st.sampled_from([1.0, 0.1, 3.0]),
).filter(lambda row: row[0] != row[1])  # no study holds ties to oneself


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study whose ties the tests write themselves."""
    exports = Exports(tmp_path_factory.mktemp("streams"))
    exports.add("a", RowType.TIES, ties=[tie("1", "2", "follow")])
    return exports.study


def written(store, rows):
    """Make *rows* of (source, target, layer, at, weight) the ties of the study."""
    store._connection.execute("delete from tie")
    if rows:
        store._connection.executemany(
            'insert into tie (source, target, layer, "at", weight, file)'
            " values (?, ?, ?, ?, ?, 0)",
            rows,
        )


def streamed(store, scope, weights, batch=3):
    return stream_ties(store._connection, store.path, scope, weights, batch=batch)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(ROW, max_size=40),
    layers=st.sampled_from(
        [
            ALL,
            {"follow": 1.0},
            {"follow": 0.5, "reply": 3.0},
            {"follow": 1.0, "reply": 1.0},
            {"quote": 2.0},
        ]
    ),
    period=st.sampled_from([(None, None), (JUNE, None), (MAY, JUNE), (None, MAY)]),
    batch=st.integers(1, 9),
)
def test_a_streamed_graph_is_that_of_the_ties_read(study, rows, layers, period, batch):
    """Byte for byte: layers, weights, periods, repeated ties, self loops."""
    scope = Scope((), tuple(layers), *period)
    with Store.open(study, write=True) as store:
        written(store, rows)

        graph = from_stream(streamed(store, scope, layers, batch))
        expected = from_ties(store.read_ties(scope), layers)

    for name in ("indptr", "indices", "weight", "ids"):
        assert getattr(graph, name).tobytes() == getattr(expected, name).tobytes()


def test_each_tie_comes_once_each_time(study):
    """Two passes give the same ties, whatever was asked in between."""
    rows = [(n, n + 1, 0, None, 1.0) for n in range(20)]
    with Store.open(study, write=True) as store:
        written(store, rows)
        ties = streamed(store, Scope((), ("follow",)), ALL, batch=1)

        first = Counter()
        for source, target, _ in ties:
            first.update(zip(source.tolist(), target.tolist(), strict=True))
            assert store.platforms() == ("x",)
        again = Counter()
        for source, target, _ in ties:
            again.update(zip(source.tolist(), target.tolist(), strict=True))

    assert first == again == Counter((n, n + 1) for n in range(20))
    assert ties.n_accounts == 21


@pytest.mark.parametrize(
    ("layers", "rows", "kind"),
    [
        (ALL, [(0, 1, 0, None, 1.0), (1, 2, 3, None, 1.0)], None),
        ({"follow": 1.0}, [(0, 1, 0, None, 1.0), (1, 2, 3, None, 1.0)], None),
        (ALL, [(0, 1, 0, None, 2.0)], np.float32),
        ({**ALL, "follow": 2.0}, [(0, 1, 0, None, 1.0)], np.float64),
        ({**ALL, "quote": 2.0}, [(0, 1, 0, None, 1.0)], None),
    ],
)
def test_a_worth_is_read_only_where_ties_differ(study, layers, rows, kind):
    """Plain follows cost the two columns of their ends."""
    with Store.open(study, write=True) as store:
        written(store, rows)

        found = list(streamed(store, Scope((), tuple(layers)), layers))

    assert found
    assert all(source.dtype == target.dtype == np.int32 for source, target, _ in found)
    assert {None if worth is None else worth.dtype.type for *_, worth in found} == {
        kind
    }


def test_a_study_without_ties_streams_none(study):
    """No batch, no account, no error."""
    with Store.open(study, write=True) as store:
        written(store, [])

        ties = streamed(store, Scope((), tuple(LAYERS)), ALL)

        assert (list(ties), ties.n_accounts) == ([], 0)


def test_areas_are_not_streamed(study):
    """Their ties are few, and whoever asks is told where to turn."""
    with Store.open(study) as store, pytest.raises(ValueError, match="read_ties"):
        streamed(store, Scope(("asthma",), tuple(LAYERS)), ALL)
