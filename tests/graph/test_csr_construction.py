"""Streams of ties: counted, placed, and the same graph in whatever batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.errors import GraphError
from hcpgraph.graph import Graph, from_stream, incoming_from_stream
from hcpgraph.graph.csr_construction import MOST_NODES, TieArrays, fill

ACCOUNT = st.integers(0, 12)
# sums of these are exact, so that a plain dict gives the same
WORTH = st.sampled_from([0.0, 0.25, 1.0, 3.0])
TIES = st.lists(st.tuples(ACCOUNT, ACCOUNT, WORTH), max_size=60)

few = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class Batches:
    """A stream that gives *size* ties at a time."""

    source: np.ndarray
    target: np.ndarray
    worth: np.ndarray | None
    size: int
    n_accounts: int = 13

    def __iter__(self):
        for start in range(0, len(self.source), self.size):
            part = slice(start, start + self.size)
            worth = None if self.worth is None else self.worth[part]
            yield self.source[part], self.target[part], worth


def stream(ties, size, *, weighted=True, kind=np.float64):
    source, target, worth = np.array(ties, float).reshape(-1, 3).T
    ends = source.astype(np.int32), target.astype(np.int32)
    return Batches(*ends, worth.astype(kind) if weighted else None, size)


def same(one, other):
    """Whether two graphs, or two sets of incoming ties, have the same bytes."""
    names = ("indptr", "indices", "weight", "ids", "given")
    pairs = [(getattr(one, n, None), getattr(other, n, None)) for n in names]
    return all(
        (a is None and b is None) or (a.dtype == b.dtype and a.tobytes() == b.tobytes())
        for a, b in pairs
    )


@few
@given(ties=TIES, size=st.integers(1, 20), kind=st.sampled_from([np.float32, float]))
def test_a_streamed_graph_is_that_of_its_ties(ties, size, kind):
    """Whatever the batches: the graph that the same columns give at once."""
    batches = stream(ties, size, kind=kind)

    graph = from_stream(batches)

    expected = Graph.from_edges(batches.source, batches.target, batches.worth)
    assert same(graph, expected)


@few
@given(ties=TIES, size=st.integers(1, 20))
def test_ties_without_a_worth_are_worth_one_each(ties, size):
    """Twice the same pair is a tie of weight 2, as two ties of weight 1 are."""
    batches = stream(ties, size, weighted=False)

    graph = from_stream(batches)

    ones = np.ones(len(ties))
    assert same(graph, Graph.from_edges(batches.source, batches.target, ones))


@few
@given(ties=TIES, size=st.integers(1, 20), weighted=st.booleans())
def test_incoming_ties_are_those_of_the_graph(ties, size, weighted):
    """Row by row those of the transpose; without weights only where all are 1."""
    batches = stream(ties, size, weighted=weighted)

    rows, expected = incoming_from_stream(batches), from_stream(batches).incoming()

    assert rows.ids.tobytes() == expected.ids.tobytes()
    assert rows.indptr.tobytes() == expected.indptr.tobytes()
    assert rows.indices.tobytes() == expected.indices.tobytes()
    assert rows.given.tobytes() == expected.given.tobytes()
    if rows.is_weighted:
        assert rows.weight.tobytes() == expected.weight.tobytes()
    else:
        assert not (weighted and ties)
        assert (expected.weight == 1).all()


@few
@given(ties=TIES, seed=st.integers(0, 9), weighted=st.booleans())
def test_the_order_of_a_stream_leaves_no_trace(ties, seed, weighted):
    """Not even in the last bit of a sum."""
    order = np.random.default_rng(seed).permutation(len(ties))
    shuffled = [ties[i] for i in order]

    one, other = (
        stream(ties, 7, weighted=weighted),
        stream(shuffled, 3, weighted=weighted),
    )

    assert same(from_stream(one), from_stream(other))
    assert same(incoming_from_stream(one), incoming_from_stream(other))


@pytest.mark.parametrize("weighted", [False, True])
def test_large_streams_are_the_same_on_one_core_and_two(monkeypatch, weighted):
    """A million ties among thousands of accounts, with repeats and self loops."""
    rng = np.random.default_rng(5)
    ends = (rng.zipf(1.4, 1_000_000) % 5000).astype(np.int32)
    source, target = ends, rng.permutation(ends)
    worth = rng.random(len(source)) if weighted else None
    batches = Batches(source, target, worth, 90_001, 5000)
    made = []
    for threads in ("1", "2"):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        graph = from_stream(batches)
        made.append((graph, graph.undirected(), incoming_from_stream(batches)))

    one, two = made

    assert all(same(a, b) for a, b in zip(one, two, strict=True))
    ones = np.ones(len(source)) if worth is None else worth
    assert same(one[0], Graph.from_edges(source, target, ones))


def test_whoever_only_attends_to_themselves_stays():
    """Self loops are no ties, but their accounts are nodes; so with worth 0."""
    rows = incoming_from_stream(stream([(3, 3, 1), (5, 6, 0)], 1))

    assert rows.ids.tolist() == [3, 5, 6]
    assert rows.n_edges == 0


def test_every_number_may_be_a_row():
    """Also numbers that no tie has, where all nodes are known."""
    one = np.array([1], np.int32)
    found = fill(TieArrays(one, one + 1, None, 4), by_target=False, everyone=True)

    assert found.ids.tolist() == [0, 1, 2, 3]
    assert found.bounds.tolist() == [0, 0, 1, 1, 1]


class TooMany:
    """More accounts than positions of 32 bits; nothing is made of them."""

    n_accounts = MOST_NODES + 1

    def __iter__(self):
        raise AssertionError("refused before any tie is read")


@pytest.mark.parametrize("build", [from_stream, incoming_from_stream])
def test_too_many_accounts_are_refused(build):
    """Before anything is allocated for them."""
    with pytest.raises(GraphError, match=f"holds at most {MOST_NODES}"):
        build(TooMany())


@pytest.mark.parametrize("build", [from_stream, incoming_from_stream])
@pytest.mark.parametrize("bad", [-1, 9])
def test_account_numbers_outside_are_refused(build, bad):
    """A compiled loop would write where it must not."""
    ends = np.array([1, bad], np.int32)

    with pytest.raises(GraphError, match=r"outside \[0, 9\)"):
        build(Batches(ends, ends[::-1].copy(), None, 1, 9))


@pytest.mark.parametrize("build", [from_stream, incoming_from_stream])
@pytest.mark.parametrize("worth", [1e39, 0.6e38])
def test_weights_beyond_single_precision_are_refused(build, worth):
    """One alone, or two that add up."""
    source, target = np.array([0, 0], np.int32), np.array([1, 1], np.int32)

    with pytest.raises(GraphError, match="scale weights down"):
        build(Batches(source, target, np.full(2, worth), 2))
