"""From ties of many layers to one graph."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.graph import from_ties
from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_AREA, NO_POST, NO_TIME, Ties


def ties_of(rows):
    """(source, target, layer name, weight) rows as Ties."""
    m = len(rows)
    return Ties(
        source=np.array([row[0] for row in rows], np.int32),
        target=np.array([row[1] for row in rows], np.int32),
        layer=np.array([LAYERS.index(row[2]) for row in rows], np.int8),
        at=np.full(m, NO_TIME, np.int64),
        post=np.full(m, NO_POST, np.int32),
        weight=np.array([row[3] for row in rows], np.float32),
        area=np.full(m, NO_AREA, np.int16),
    )


ROWS = [
    (4, 7, "follow", 1),
    (4, 7, "mention", 2),
    (4, 7, "mention", 3),
    (7, 9, "reply", 1),
    (8, 8, "follow", 1),
    (3, 4, "repost", 1),
]


def test_layers_are_added_by_their_worth():
    """Weight is the sum of tie weight x layer weight."""
    graph = from_ties(ties_of(ROWS), {"follow": 0.5, "mention": 2.0})

    assert graph.ids.tolist() == [4, 7, 8]
    assert graph.ids.dtype == np.int32
    assert list(graph.to_networkx().edges(data="weight")) == [(4, 7, 10.5)]


@pytest.mark.parametrize("layers", [{"reply": 1.0}, {"reply": 1.0, "follow": 0}])
def test_accounts_of_layers_left_out_are_no_nodes(layers):
    """Absent from the mapping or worth nothing comes to the same."""
    graph = from_ties(ties_of(ROWS), layers)

    assert graph.ids.tolist() == [7, 9]


@pytest.mark.parametrize("rows", [[], ROWS])
def test_nothing_asked_for_is_an_empty_graph(rows):
    """No layer, no node, no error."""
    graph = from_ties(ties_of(rows), {})

    assert (graph.n_nodes, graph.n_edges, graph.is_weighted) == (0, 0, True)


def test_an_unknown_layer_is_named():
    """With the one that was probably meant."""
    with pytest.raises(ValueError, match="did you mean 'mention'"):
        from_ties(ties_of(ROWS), {"mentions": 1.0})


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_layer_cannot_weigh_less_than_nothing(weight):
    """Attention is not taken back."""
    with pytest.raises(ValueError, match="'follow' must weigh"):
        from_ties(ties_of(ROWS), {"follow": weight})


def test_the_order_of_ties_leaves_no_trace():
    """The store may return them in any order."""
    rows = [(k % 5, k % 3, "mention", 0.1 + k / 7) for k in range(200)]

    graph = from_ties(ties_of(rows), {"mention": 0.3})
    back = from_ties(ties_of(rows[::-1]), {"mention": 0.3})

    assert graph.weight.tobytes() == back.weight.tobytes()
