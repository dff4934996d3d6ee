"""Curves of coverage."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hcpgraph.reports.curves import HEIGHT, WIDTH, coverage


def test_curves_stay_in_their_box_and_their_names_apart():
    """However close their ends are."""
    found = coverage({n: (0.1, 0.3, 0.50 + i / 500) for i, n in enumerate("abcd")})

    heights = sorted(curve.label[1] for curve in found.curves)
    assert all(b - a >= 14.9 for a, b in pairwise(heights))
    left, top, right, bottom = found.box
    for curve in found.curves:
        for point in curve.points.split():
            x, y = map(float, point.split(","))
            assert left <= x <= right
            assert top <= y <= bottom
    assert right < WIDTH
    assert bottom < HEIGHT


def test_the_axis_counts_from_the_first_value():
    """A curve that begins with one person says so."""
    assert [said for _, said in coverage({"chosen": (0.4, 0.5)}, 1).across] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("series", [{}, {"chosen": ()}, {"chosen": (0.4,)}])
def test_no_curve_without_two_points(series):
    """One person is no curve."""
    assert coverage(series) is None
