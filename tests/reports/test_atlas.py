"""Where accounts stand: named people first, of the rest no trace of who they are."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph import communities, layout, reports
from hcpgraph.graph import from_ties
from hcpgraph.model.names import LAYERS
from hcpgraph.model.report import UNNAMED
from hcpgraph.model.ties import NO_AREA, NO_POST, NO_TIME, Ties
from hcpgraph.reports import atlas

LAYER = {"follow": 1.0, "mention": 1.0}


def ties_of(rows):
    """Ties from (source, target, layer) rows, in the order of a study."""
    rows = sorted(rows)
    count = len(rows)
    columns = np.array(rows, np.int64).reshape(count, 3)
    return Ties(
        source=columns[:, 0].astype(np.int32),
        target=columns[:, 1].astype(np.int32),
        layer=columns[:, 2].astype(np.int8),
        at=np.full(count, NO_TIME),
        post=np.full(count, NO_POST, np.int32),
        weight=np.ones(count, np.float32),
        area=np.full(count, NO_AREA, np.int16),
    )


FEW = [(1, 9, 0), (2, 9, 0), (2, 9, 1), (3, 9, 1), (9, 3, 0), (4, 3, 0), (5, 5, 0)]


def drawn(rows, cast):
    ties = ties_of(rows)
    graph = from_ties(ties, LAYER)
    partition = communities.leiden(graph)
    cast = np.array(cast, np.int32)
    return graph, partition, reports.draw_map(graph, partition, ties, cast)


def test_named_people_come_first_in_the_order_of_their_ranks():
    """The rest follow, by community and attention."""
    _, _, found = drawn(FEW, [9, 2, 3])

    assert found.named == 3
    assert found.person[:3].tolist() == [0, 1, 2]
    assert set(found.person[3:].tolist()) == {UNNAMED}
    assert found.in_degree[:3].tolist() == [3, 0, 2]
    assert found.out_degree[:3].tolist() == [1, 1, 1]


def test_the_order_of_the_unnamed_is_that_of_their_places():
    """Where they are heard alike, account numbers tell nothing."""
    _, _, found = drawn([(n, 99, 0) for n in range(20)], [99])

    places = found.xy[1:].tolist()
    assert (
        len(set(found.in_degree[1:].tolist()))
        == len(set(found.community.tolist()))
        == 1
    )
    assert places == sorted(places)


def test_coordinates_are_those_of_the_layout():
    """Figures, exports and reports show the same picture."""
    graph, partition, found = drawn(FEW, [9])
    placed = layout.place(graph, partition=partition).xy

    assert sorted(map(tuple, found.xy)) == sorted(map(tuple, placed))
    assert tuple(found.xy[0]) == tuple(placed[graph.ids.tolist().index(9)])


def test_each_tie_knows_all_its_layers():
    """A follow and a mention between two accounts are one line of two kinds."""
    _, _, found = drawn(FEW, [9, 2, 3])
    both = (1 << LAYERS.index("follow")) | (1 << LAYERS.index("mention"))
    columns = (found.source, found.target, found.layers)
    kinds = {(a, b): c for a, b, c in np.column_stack(columns).tolist()}

    assert kinds[1, 0] == both
    assert kinds[2, 0] == 1 << LAYERS.index("mention")
    assert (found.layers > 0).all()
    assert found.ties == len(found.source) == 5


def test_nobody_and_nothing_make_an_empty_map():
    """A study without ties has a map without dots."""
    graph, partition, found = drawn([], [])

    assert len(found) == found.named == found.ties == 0
    assert len(reports.communities_of(graph, partition, np.empty(0, np.int32))) == 0


def test_people_who_are_not_in_the_graph_are_left_out():
    """Whoever has no tie has no place."""
    _, _, found = drawn(FEW, [7, 9])

    assert found.person[:1].tolist() == [1]
    assert found.named == 1


def test_of_many_accounts_the_loudest_are_drawn(monkeypatch):
    """And the map says of how many."""
    monkeypatch.setattr(atlas, "MOST_ACCOUNTS", 2)
    graph, partition, found = drawn(FEW, [9, 1, 3])

    assert len(found) == 2
    assert found.accounts == graph.n_nodes == 6
    assert found.person.tolist() == [0, 2]
    assert found.community.tolist() == [
        partition.label[graph.ids.tolist().index(one)] for one in (9, 3)
    ]


def test_of_many_ties_the_backbone_is_drawn(monkeypatch):
    """And the map says of how many."""
    monkeypatch.setattr(atlas, "_FEWEST_TIES", 40)
    rng = np.random.default_rng(5)
    rows = {(int(a), int(b), 0) for a, b in rng.integers(0, 30, (700, 2)) if a != b}
    _, _, found = drawn(rows, range(30))

    assert len(found.source) == 120
    assert found.ties == len(rows)


def test_communities_count_members_and_name_the_first():
    """People are positions in the list of those who may be named."""
    graph, partition, _ = drawn(FEW, [9])
    found = reports.communities_of(graph, partition, np.array([9, 3], np.int32))

    assert sum(found["accounts"]) == 6
    assert sum(found["named"]) == 2
    assert "0" in ",".join(map(str, found["first"]))
    assert all(share is None or 0 <= share <= 1 for share in found["inside"])


def test_a_map_of_ragged_columns_is_refused():
    """Half a map would name the wrong people."""
    _, _, found = drawn(FEW, [9])
    fields = {name: getattr(found, name) for name in found.__slots__}

    with pytest.raises(ValueError, match="differ in length"):
        type(found)(**{**fields, "in_degree": found.in_degree[:1]})
