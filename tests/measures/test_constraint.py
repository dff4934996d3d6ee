"""Burt's constraint."""

from __future__ import annotations

from hcpgraph.graph import Graph
from hcpgraph.measures import constraint


def test_a_broker_is_less_constrained_than_a_local():
    """Low is influential: the one who joins two triangles has least."""
    source, target = [1, 2, 3, 5, 6, 7, 3, 4], [2, 3, 1, 6, 7, 5, 4, 5]

    scores = constraint(Graph.from_edges(source, target))

    assert scores.order()[-1] == 3
    assert scores.ids[3] == 4


def test_those_without_ties_count_as_one_contact():
    """A stranger does not look like the best broker of all."""
    graph = Graph.from_edges([1], [2], ids=[1, 2, 3])

    assert constraint(graph).value.tolist() == [1.0, 1.0, 1.0]


def test_weights_say_where_attention_is_invested():
    """All on one contact constrains more than the same spread over three."""
    ends = ([1, 1, 1], [2, 3, 4])

    even = constraint(Graph.from_edges(*ends, [1, 1, 1]))
    uneven = constraint(Graph.from_edges(*ends, [1, 1, 9]))

    assert even.value[0] < uneven.value[0] < 1
