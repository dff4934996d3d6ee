"""Weights are held against nominations and planted rates, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.validation import nominations, planted_years


def test_nominations_alone_are_ranked_as_in_degree_ranks_them(
    tmp_path, monkeypatch, capsys
):
    """A study of nominations has no time and no posts: the score is their number."""
    rng = np.random.default_rng(3)
    people = [f"p{n}" for n in range(40)]
    ties = pd.DataFrame(
        {"source": rng.choice(people, 200), "target": rng.choice(people[:25], 200)}
    )
    truth = pd.DataFrame({"id": people, "truth": rng.integers(0, 9, 40)})
    for name, rows in (("ties", ties), ("truth", truth)):
        rows.to_csv(tmp_path / f"{name}.csv", index=False)
    paths = [str(tmp_path / f"{name}.csv") for name in ("ties", "truth")]
    monkeypatch.setattr("sys.argv", ["nominations", *paths])
    monkeypatch.setattr(nominations, "DRAWS", 20)

    nominations.main()

    place = {name: number for number, name in enumerate(people)}
    every = nominations.scores(
        nominations.nominations(tmp_path / "ties.csv", place), 40
    )
    order = {name: np.argsort(-score, kind="stable") for name, score in every.items()}
    assert np.array_equal(order["score"], order["in-degree"])
    printed = capsys.readouterr().out
    assert "less in-degree: Spearman +0.000 to +0.000" in printed


@pytest.mark.slow
def test_follows_help_where_they_are_drawn_by_fame(monkeypatch, capsys):
    """In a year with planted rates each set of weights has an accuracy and a gain."""
    monkeypatch.setattr("sys.argv", ["planted_years", "1"])

    planted_years.main()

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "6 areas"
    assert len(lines) == 2 + len(planted_years.CHANGES)
