"""Colours that all readers can tell apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from hcpgraph.figures.style import CONTRIBUTION_COLOURS
from hcpgraph.model.colours import COMMUNITY_COLOURS
from hcpgraph.model.names import CONTRIBUTIONS

# Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1,
# for linear RGB.
SIGHT = {
    "all colours": np.eye(3),
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def lab(colour, sight):
    """CIE L*a*b* of a colour as seen."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(sight @ linear, 0, 1)
    xyz = (
        np.array(
            [
                [0.4124, 0.3576, 0.1805],
                [0.2126, 0.7152, 0.0722],
                [0.0193, 0.1192, 0.9505],
            ]
        )
        @ linear
        / np.array([0.9505, 1.0, 1.089])
    )
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(
    "palette", [COMMUNITY_COLOURS, tuple(CONTRIBUTION_COLOURS.values())]
)
def test_colours_stay_apart_for_colour_blind_readers(palette, sight):
    """No two colours come closer than a reader can tell at a glance."""
    seen = [lab(colour, SIGHT[sight]) for colour in palette]

    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 10


def test_every_contribution_has_its_colour():
    """No contribution goes without a colour of its own."""
    assert set(CONTRIBUTION_COLOURS) == set(CONTRIBUTIONS)
