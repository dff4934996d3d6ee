"""Discs: none on another, and the page filled."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.layout.discs import ASPECT, pack, push_apart, shelve


def gaps(xy, radius):
    """Free distance between each two discs; negative where they overlap."""
    first, second = np.triu_indices(len(xy), 1)
    return np.hypot(*(xy[first] - xy[second]).T) - radius[first] - radius[second]


@pytest.mark.parametrize("count", [2, 3, 40, 200])
def test_packed_discs_never_overlap(count):
    """Whatever the sizes, no two packed discs overlap."""
    rng = np.random.default_rng(count)
    radius = 1 + rng.pareto(1.2, count)

    xy = pack(rng.normal(size=(count, 2)), radius)

    assert gaps(xy, radius).min() > -1e-6


def test_packed_discs_lie_close():
    """Discs of one size fill well over half of their bounding box's ellipse."""
    rng = np.random.default_rng(1)
    radius = np.ones(60)

    xy = pack(rng.normal(size=(60, 2)), radius)

    extent = np.ptp(xy, axis=0) + 2
    assert 60 * np.pi / (np.pi / 4 * extent.prod()) > 0.55
    assert 1.0 < extent[0] / extent[1] < 2 * ASPECT


def test_discs_at_one_point_come_apart():
    """Discs that start at the very same point are separated, without dividing by 0."""
    radius = np.ones(5)
    xy = np.zeros((5, 2))

    for _ in range(200):
        xy = push_apart(xy, radius)

    assert np.isfinite(xy).all()
    assert gaps(xy, radius).min() > -1e-3


def test_larger_disc_hardly_moves():
    """Of two overlapping discs the smaller one gives way."""
    moved = push_apart(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([10.0, 1.0]))

    assert abs(moved[0, 0]) < 0.1
    assert moved[1, 0] > 5


def test_shelved_boxes_do_not_overlap():
    """Boxes on shelves keep to themselves, the largest above all others."""
    rng = np.random.default_rng(2)
    width, height = rng.uniform(1, 3, (2, 50))
    width[7], height[7] = 12.0, 9.0

    centre = shelve(width, height)

    for i in range(50):
        apart = np.abs(centre - centre[i])
        free = (apart[:, 0] >= (width + width[i]) / 2 - 1e-9) | (
            apart[:, 1] >= (height + height[i]) / 2 - 1e-9
        )
        assert free[np.arange(50) != i].all()
    assert centre[:, 1].argmax() == 7
