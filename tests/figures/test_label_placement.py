"""Room for labels."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from hcpgraph.figures.label_placement import LabelPlacement

SIZE = np.array([30.0, 10.0])


def board(crowd=()):
    return LabelPlacement(200.0, 100.0, np.array(crowd, float).reshape(-1, 2))


def test_first_label_stands_beside_its_dot():
    """With all room free a label touches its dot and needs no line."""
    spot = board().find(np.array([100.0, 50.0]), 5.0, SIZE)

    assert spot.line is None
    assert spot.centre == pytest.approx((100 + 5 + 2 + 15, 50))


def test_labels_of_one_place_do_not_overlap():
    """Labels that all want one place spread out until there is no room left."""
    page = board()
    spots = [page.find(np.array([100.0, 50.0]), 5.0, SIZE) for _ in range(60)]
    placed = np.array([spot.centre for spot in spots if spot])

    assert 3 < len(placed) < 60
    apart = np.abs(placed[:, None] - placed[None])
    clear = (apart[..., 0] >= SIZE[0]) | (apart[..., 1] >= SIZE[1])
    assert clear[~np.eye(len(placed), dtype=bool)].all()
    assert (placed - SIZE / 2 >= 0).all()
    assert (placed + SIZE / 2 <= [200, 100]).all()


def test_lines_cross_no_label():
    """Where leaders crowd, lines to labels further off run between the labels."""
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    anchors = np.array([250.0, 150.0]) + 20 * np.column_stack(
        [np.cos(turn), np.sin(turn)]
    )
    page = LabelPlacement(500.0, 300.0, np.empty((0, 2)))
    for anchor in anchors:
        page.take(anchor, np.array([8.0, 8.0]))

    spots = [page.find(anchor, 4.0, SIZE) for anchor in anchors]

    set_spots = [spot for spot in spots if spot]
    assert sum(spot.line is not None for spot in set_spots) > 2
    for one, other in permutations(set_spots, 2):
        if one.line is not None:
            away = np.abs(np.linspace(*np.array(one.line), 50) - other.centre)
            assert not (away < SIZE / 2).all(axis=1).any()


def test_small_accounts_are_spared_where_another_place_is_as_near():
    """A label goes left when a crowd stands at the right."""
    crowd = [(x, y) for x in range(110, 140, 4) for y in range(40, 60, 4)]

    spot = board(crowd).find(np.array([100.0, 50.0]), 5.0, SIZE)

    assert spot.centre[0] < 100


def test_no_room_is_none():
    """A label larger than the page has no room."""
    assert board().find(np.array([100.0, 50.0]), 5.0, np.array([300.0, 10.0])) is None
