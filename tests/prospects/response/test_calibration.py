"""Figures of a forecast say what they are named after."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.prospects.response.calibration import ResponseCalibration


@pytest.fixture
def made():
    """Four pairs and four persons, half of whom did what was likely."""
    value = np.array([0.9, 0.5, 0.5, 0.1])
    flat = np.zeros(4)
    return ResponseCalibration(
        {"given": value, "common": flat, "adamic_adar": flat, "pagerank": -value},
        np.array([True, True, False, False]),
        np.array([0.01, 0.04, 0.6, 0.802]),
        np.array([False, False, True, False]),
    )


def test_pairs_are_ordered_and_equals_share(made):
    """AUC counts equals half; of equals at the edge the expected share is right."""
    assert made.auc() == pytest.approx(3.5 / 4)
    assert made.auc("common") == 0.5
    assert made.auc("pagerank") == pytest.approx(0.5 / 4)
    assert made.precision(first=1) == 1.0
    assert made.precision(first=2) == pytest.approx(0.75)
    assert made.precision() == made.precision("common", first=3) == 0.5


def test_persons_are_judged_by_what_they_did(made):
    """Brier score, the base rate's, bands, and how far they were off."""
    assert made.brier == pytest.approx((0.01**2 + 0.04**2 + 0.4**2 + 0.802**2) / 4)
    assert made.base == pytest.approx(0.25 * 0.75)
    assert made.person_auc == pytest.approx(2 / 3)
    assert [row[:3] for row in made.bands()] == [
        (0.0, 0.02, 1),
        (0.02, 0.05, 1),
        (0.5, 1.0, 2),
    ]
    assert made.off == pytest.approx((0.01 + 0.04 + 2 * 0.201) / 4)


def test_it_reads_as_one_line(made):
    """Every figure with what it is compared with."""
    assert str(made) == (
        "held-out AUC .88 (common neighbours .50, Adamic-Adar .50, personalised"
        " PageRank .12); precision@4 50 % (base rate 50.0 %); predicted 36.3 % of"
        " people, observed 25.0 %"
    )
