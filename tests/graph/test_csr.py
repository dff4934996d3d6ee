"""The graph: what it promises of its arrays, and how it is turned round."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.errors import GraphError
from hcpgraph.graph import Graph

NODE = st.integers(-3, 6)
WEIGHT = st.floats(0, 1e6, width=32)
TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=30)

few = settings(max_examples=50, deadline=None)


def columns(ties):
    source, target, weight = np.array(ties, np.float64).reshape(-1, 3).T
    return source.astype(np.int64), target.astype(np.int64), weight


def as_dict(graph):
    """Weight by pair of ids."""
    pairs = graph.to_networkx().edges(data="weight", default=1.0)
    return {(u, v): w for u, v, w in pairs}


def expected_weights(ties):
    total = {}
    for u, v, w in ties:
        if u != v and w > 0:
            total[u, v] = total.get((u, v), 0.0) + w
    return total


@few
@given(ties=TIES)
def test_parallel_ties_are_summed_and_self_loops_dropped(ties):
    """Weights of a pair add up; whoever only mentions themselves stays."""
    graph = Graph.from_edges(*columns(ties))

    assert as_dict(graph) == pytest.approx(expected_weights(ties), rel=1e-6)
    assert graph.ids.tolist() == sorted({end for row in ties for end in row[:2]})


@few
@given(ties=TIES)
def test_parallel_ties_count_once_without_weights(ties):
    """The same follow in two files is one follow."""
    source, target, _ = columns(ties)

    graph = Graph.from_edges(source, target)

    assert set(as_dict(graph)) == {(u, v) for u, v, _ in ties if u != v}
    assert not graph.is_weighted


@few
@given(ties=TIES, seed=st.integers(0, 99))
def test_the_order_of_ties_leaves_no_trace(ties, seed):
    """Not even in the last bit of a sum."""
    source, target, weight = columns(ties)
    order = np.random.default_rng(seed).permutation(len(ties))

    graph = Graph.from_edges(source, target, weight)
    shuffled = Graph.from_edges(source[order], target[order], weight[order])

    assert graph.indptr.tobytes() == shuffled.indptr.tobytes()
    assert graph.indices.tobytes() == shuffled.indices.tobytes()
    assert graph.weight.tobytes() == shuffled.weight.tobytes()


@few
@given(ties=TIES, weighted=st.booleans())
def test_transposing_turns_every_tie_round(ties, weighted):
    """Once is the other direction, twice is the same graph."""
    source, target, weight = columns(ties)
    graph = Graph.from_edges(source, target, weight if weighted else None)

    back = graph.transpose()

    assert as_dict(back) == {(v, u): w for (u, v), w in as_dict(graph).items()}
    assert as_dict(back.transpose()) == as_dict(graph)


@few
@given(ties=TIES)
def test_the_undirected_form_adds_both_directions(ties):
    """Its weight is w(u, v) + w(v, u), or 1 without weights."""
    source, target, weight = columns(ties)
    graph = Graph.from_edges(source, target, weight)
    there = as_dict(graph)

    both = graph.undirected()

    pairs = set(there) | {(v, u) for u, v in there}
    assert as_dict(both) == pytest.approx(
        {(u, v): there.get((u, v), 0) + there.get((v, u), 0) for u, v in pairs},
        rel=1e-6,
    )
    plain = Graph.from_edges(source, target).undirected()
    assert not plain.is_weighted
    assert set(as_dict(plain)) >= pairs


def test_other_forms_are_built_once():
    """A second measure does not pay for them again."""
    graph = Graph.from_edges([1, 2], [2, 3])

    assert graph.transpose() is graph.transpose()
    assert graph.undirected() is graph.undirected()


def test_a_graph_cannot_be_changed():
    """Neither its fields nor what is in them."""
    graph = Graph.from_edges([1, 2], [2, 3], [1.0, 2.0])

    with pytest.raises(FrozenInstanceError):
        graph.ids = np.arange(3)
    for array in (graph.ids, graph.indptr, graph.indices, graph.weight):
        assert not array.flags.writeable


def test_the_callers_arrays_stay_theirs():
    """Building a graph neither changes nor freezes what it was built from."""
    source, target, weight = np.array([2, 1]), np.array([1, 2]), np.array([1.0, 2.0])

    Graph.from_edges(source, target, weight, ids=source)
    source[0], target[0], weight[0] = 5, 6, 7.0

    assert (source[0], target[0], weight[0]) == (5, 6, 7.0)


def test_dtypes_are_fixed():
    """Kernels are compiled for these."""
    graph = Graph.from_edges([1, 2], [2, 3], [1, 2])

    assert graph.indptr.dtype == np.int64
    assert graph.indices.dtype == np.int32
    assert graph.weight.dtype == np.float32


@few
@given(ties=TIES, mask=st.lists(st.booleans(), min_size=10, max_size=10))
def test_a_subgraph_keeps_the_ties_among_its_nodes(ties, mask):
    """And all the nodes it was told to keep."""
    graph = Graph.from_edges(*columns(ties))
    kept = np.array(mask, np.bool_)[graph.ids + 3]

    part = graph.subgraph(kept)

    assert part.ids.tolist() == graph.ids[kept].tolist()
    ids = set(part.ids.tolist())
    assert as_dict(part) == {
        (u, v): w for (u, v), w in as_dict(graph).items() if {u, v} <= ids
    }


@pytest.mark.parametrize("mask", [[True], [1, 0, 1], [[True, True, False]]])
def test_a_mask_must_fit(mask):
    """Positions in place of booleans would select the wrong people."""
    with pytest.raises(ValueError, match="mask must be 3 booleans"):
        Graph.from_edges([1, 2], [2, 3]).subgraph(mask)


@few
@given(ties=TIES, seed=st.integers(0, 99))
def test_relabelling_changes_names_only(ties, seed):
    """Every tie runs between the new names of its ends."""
    graph = Graph.from_edges(*columns(ties))
    names = [f"p{k}" for k in np.random.default_rng(seed).permutation(graph.n_nodes)]
    new = dict(zip(graph.ids.tolist(), names, strict=True))

    renamed = graph.relabel(names)

    assert renamed.ids.tolist() == sorted(names)
    assert as_dict(renamed) == {
        (new[u], new[v]): w for (u, v), w in as_dict(graph).items()
    }


@pytest.mark.parametrize("ids", [[1, 2], [1, 1, 2]])
def test_new_ids_must_be_one_each(ids):
    """Two accounts of one name could not be told apart."""
    with pytest.raises(GraphError):
        Graph.from_edges([1, 2], [2, 3]).relabel(ids)


@pytest.mark.parametrize(
    ("weight", "complaint"),
    [
        ([1.0], "weights of shape"),
        ([1.0, -1.0], "row 1 has -1.0"),
        ([np.nan, 1.0], "row 0 has nan"),
        ([1.0, np.inf], "row 1 has inf"),
        (["a", "b"], "must be numbers"),
        ([1e39, 1.0], "scale weights down"),
        ([1e-60, 1.0], "positive and finite in single precision"),
    ],
)
def test_weights_that_are_no_weights_are_refused(weight, complaint):
    """The message says which, and where."""
    with pytest.raises(GraphError, match=complaint):
        Graph.from_edges([1, 2], [2, 3], weight)


def test_a_tie_of_weight_zero_is_none():
    """Its accounts are kept, as those of a self loop are."""
    graph = Graph.from_edges([1, 2], [2, 3], [0.0, 1.0])

    assert graph.ids.tolist() == [1, 2, 3]
    assert graph.n_edges == 1


GOOD = {
    "indptr": np.array([0, 1, 1], np.int64),
    "indices": np.array([1], np.int32),
    "weight": np.array([1], np.float32),
    "ids": np.array([4, 5]),
}


@pytest.mark.parametrize(
    ("name", "array", "complaint"),
    [
        ("indptr", np.array([0, 1, 1], np.int32), "column of int64"),
        ("indptr", np.array([0, 1], np.int64), "2 entries for 2 nodes"),
        ("indptr", np.array([0, 2, 1], np.int64), "rise from 0"),
        ("indptr", np.array([0, 1, 2], np.int64), "rise from 0"),
        ("indices", np.array([2], np.int32), "must lie in"),
        ("indices", np.array([-1], np.int32), "must lie in"),
        ("weight", np.array([1, 1], np.float32), "2 weights for 1 ties"),
        ("weight", np.array([0], np.float32), "positive"),
        ("weight", np.array([np.nan], np.float32), "positive"),
        ("ids", np.array([5, 4]), "ids must ascend"),
        ("ids", np.array([4, 4]), "ids must ascend"),
        ("ids", np.array([4.0, 5.0]), "integers or text"),
    ],
)
def test_arrays_that_contradict_each_other_are_refused(name, array, complaint):
    """A broken graph is caught where it is made, not in a kernel."""
    Graph(**GOOD)

    with pytest.raises(GraphError, match=complaint):
        Graph(**{**GOOD, name: array})


def test_columns_must_ascend_in_each_row():
    """A tie twice in a row would count twice."""
    with pytest.raises(GraphError, match="ascend in each row"):
        Graph(
            np.array([0, 2, 2], np.int64),
            np.array([1, 1], np.int32),
            None,
            np.array([4, 5]),
        )


def test_it_shows_what_it_is():
    """A notebook cell tells size, kind and how attention spreads; it names nobody."""
    graph = Graph.from_edges(["ann", "bob"], ["bob", "cem"], [1, 2])

    assert repr(graph) == "Graph(3 nodes, 2 ties, weighted)"
    html = graph._repr_html_()
    assert html.startswith("<p>Graph(3 nodes, 2 ties, weighted)</p><table>")
    assert ">in-degree</th>" in html
    assert not any(name in html for name in graph.ids.tolist())


def test_attention_is_shown_in_steps_that_double():
    """Two accounts have no in-neighbour, three have one, one has three."""
    graph = Graph.from_edges(list("abcdde"), list("eeeabf"))

    text = re.sub("<[^>]*>", " ", graph._repr_html_())
    assert " ".join(text.split()).endswith("accounts 0 2 1 3 2 to 3 1")


def test_adjacency_is_a_matrix_of_weights():
    """Row attends to column."""
    weighted = Graph.from_edges([1, 2], [2, 3], [1, 2]).adjacency().toarray()
    plain = Graph.from_edges([1, 2], [2, 3]).adjacency().toarray()

    assert weighted.tolist() == [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
    assert plain.tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
