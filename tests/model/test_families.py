"""Two ranks of a person, and how far they are apart."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.families import FamilyPair


def test_places_run_from_the_last_to_the_first_on_a_scale_of_logarithms():
    """Rank 10 of 100 lies halfway, and equal places are not apart."""
    pair = FamilyPair(
        ("social", "nominated"), np.array([[1, 10, 100], [100, 4, 1]]), (100, 16), {}
    )

    assert pair.places()[0].tolist() == pytest.approx([1.0, 0.5, 0.0])
    assert pair.places()[1, 1:].tolist() == pytest.approx([0.5, 1.0])
    assert pair.apart()[1] == pytest.approx(0.0)
    assert len(pair) == 3


def test_a_family_of_one_person_is_no_error():
    """Whoever is alone is first."""
    pair = FamilyPair(("social", "nominated"), np.array([[1], [1]]), (1, 1), {})

    assert pair.apart().tolist() == [0.0]
