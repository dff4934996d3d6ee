"""A chosen group tells what it reaches and how good that is."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.influence import Influence


def make(**changed):
    """Two chosen of a hundred, but for what is changed."""
    parts = {
        "ids": np.array(["<b>", "cem"]),
        "gain": np.array([30.0, 10.0]),
        "spread": np.array([35.0, 45.0]),
        "start": 5.0,
        "lower": 40.0,
        "upper": 50.0,
        "probability": 0.99,
        "n_nodes": 100,
        "sets": 640,
        "model": "ic",
    }
    return Influence(**(parts | changed))


def test_the_certificate_is_the_share_of_the_best_that_is_certain():
    """And one where nothing can be reached."""
    assert make().certificate == 0.8
    assert make(lower=0.0, upper=0.0).certificate == 1.0


def test_the_group_is_a_table():
    """In the order of choosing, ranks from 1."""
    frame = make().to_pandas()

    assert frame.columns.tolist() == ["rank", "id", "gain", "spread"]
    assert frame.to_numpy().tolist() == [[1, "<b>", 30, 35], [2, "cem", 10, 45]]
    assert len(make()) == 2


def test_it_shows_what_matters_first():
    """In a terminal, and escaped in a notebook."""
    assert repr(make()) == (
        "Influence(2 of 100 nodes, ic, reach 45.0, at least 80% of the best)"
    )
    assert "&lt;b&gt;" in make()._repr_html_()
    nobody = make(ids=np.array([]), gain=np.array([]), spread=np.array([]))
    assert "reach 5.0" in repr(nobody)


def test_columns_of_other_lengths_are_refused():
    """Each chosen has a gain and a spread."""
    with pytest.raises(ValueError, match="differ in length"):
        make(gain=np.array([1.0]))


def test_it_cannot_be_written():
    """A result stays what it was."""
    with pytest.raises(ValueError, match="read-only"):
        make().gain[0] = 1
