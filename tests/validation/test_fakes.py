"""What fake accounts buy is bounded by what they buy in distinct accounts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import NO_POST, Ties
from hcpgraph.ranking import prior
from tests.validation import fakes
from tests.validation.records import read_record

MEETINGS = Path(__file__).parents[2] / "../shared/data/conference_edges"
RECENCY = ("listeners_of_late", "listeners_lately", "listeners_just_now")


def community(seed):
    """A community of 90 with lognormal rates, and 200 strangers who respond once."""
    rng = np.random.default_rng(seed)
    rate = rng.lognormal(0.0, 1.0, 90)
    members = rng.choice(90, 900, p=rate / rate.sum())
    source = np.concatenate([rng.integers(0, 90, 700), np.arange(90, 290)])
    keep = source != members
    count = int(keep.sum())
    return Ties(
        source[keep].astype(np.int32), members[keep].astype(np.int32),
        np.full(count, LAYERS.index("mention"), np.int8),
        rng.integers(0, 10**6, 900)[keep].astype(np.int64),
        np.full(count, NO_POST, np.int32), np.ones(count, np.float32),
        np.full(count, -1, np.int16),
    )  # fmt: skip


def medians(tables):
    """Median ranks by attack and number of accounts."""
    return (
        pd.DataFrame(tables).groupby(["attack", "fakes"])[list(fakes.MEASURES)].median()
    )


@pytest.mark.parametrize("kinds", [("end", "circle"), ("own posts",)])
def test_in_a_community_of_known_rates(kinds):
    """Fake accounts buy less than without the discount, and no more than a count."""
    found = medians(fakes.attacked(community(0), attacks=kinds, every=6))

    assert (found["score"] >= found["in-degree"]).all()
    assert (found["score"] > 1.5 * found["undiscounted"]).all()


def test_the_script_prints_ranks_and_losses(tmp_path, monkeypatch, capsys):
    """A table of ranks by attack, NDCG by record, and an interval of the difference."""
    ties = community(1)
    rows = pd.DataFrame(
        {
            "source": ties.source,
            "target": ties.target,
            "kind": "mention",
            "timestamp": ties.at,
        }
    )
    rows.to_csv(tmp_path / "spring.csv", index=False)
    monkeypatch.setattr(fakes, "ATTACKS", ("end",))
    monkeypatch.setattr("sys.argv", ["fakes", str(tmp_path), "--every", "15"])

    fakes.main()

    shown = capsys.readouterr().out
    assert "undiscounted" in shown
    assert "spring" in shown
    assert "mean difference" in shown


@pytest.mark.slow
@pytest.mark.parametrize("recency", [None, "listeners_just_now", "listeners_of_late"])
def test_at_real_meetings(recency):
    """Ranks 30 to 60 of four meetings, whatever recency weighs most.

    With the weights of recency moved into one half-life the medians may be three ranks
    better than by distinct accounts.
    """
    if not MEETINGS.exists():
        pytest.skip("no records of meetings here")
    weights = prior()
    if recency:
        moved = sum(weights.value[name] for name in RECENCY)
        weights = weights.changed({name: moved * (name == recency) for name in RECENCY})
    rows = [
        row
        for path in sorted(MEETINGS.glob("*.csv"))
        for row in fakes.attacked(
            read_record(path), weights=weights, attacks=("end", "own posts"), every=3
        )
    ]

    found = medians(rows)

    room = 3.0 if recency else 0.0
    assert (found["score"] >= found["in-degree"] - room).all()
    assert (found["score"] > found["undiscounted"]).all()


@pytest.mark.slow
def test_the_loss_at_real_meetings():
    """At most .01 NDCG in the mean of four meetings."""
    if not MEETINGS.exists():
        pytest.skip("no records of meetings here")
    lost = fakes.losses([MEETINGS])

    assert (lost["discounted"] - lost["undiscounted"]).mean() > -0.01
