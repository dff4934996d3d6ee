"""What a ranking weighs its signals by: the prior, the study's past, or one's own."""

from __future__ import annotations

import pytest

from hcpgraph import ranking

MOVED = "weights: "


def test_a_study_with_a_past_is_weighed_by_it(full):
    """The list says that its weights were moved; without a past nothing is said."""
    moved = full.study.rank(resamples=0)
    fixed = full.study.rank(resamples=0, weights=dict(ranking.prior().value))

    assert [note for note in moved.notes if note.startswith(MOVED)]
    assert not [note for note in fixed.notes if note.startswith(MOVED)]
    assert moved.table["score"] != fixed.table["score"]


def test_a_study_too_large_to_learn_from_says_so(fresh, monkeypatch):
    """Above the limit the prior ranks, and a note names the limit."""
    monkeypatch.setattr(ranking, "LEARNED_UP_TO", 10)

    found = fresh.study.rank(resamples=0)
    fixed = fresh.study.rank(resamples=0, weights=dict(ranking.prior().value))

    assert found.table["score"] == fixed.table["score"]
    assert any(
        "exceed the limit of 10; 'hcpgraph backtest'" in note for note in found.notes
    )


def test_own_weights_count_and_are_remembered(full):
    """A contribution of weight 0 adds nothing to anybody, and provenance says so."""
    found = full.study.rank("asthma", weights={"reach": 0.0}, resamples=0)

    assert set(found.table["reach"]) == {0.0}
    assert found.parameters["own_weights"] == {"reach": 0.0}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"weights": {"rech": 1.0}}, "did you mean 'reach'"),
        ({"weights": {"reach": -1.0}}, "give 0 or more"),
        ({"weights": {"reach": 1.0}, "by": "pagerank"}, "no signals to weigh"),
    ],
)
def test_weights_that_mean_nothing_are_refused(full, asked, words):
    """A slip is told, not ignored."""
    with pytest.raises(ValueError, match=words):
        full.study.rank(**asked)
