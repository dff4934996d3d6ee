"""The prior is fitted by a script that anyone can run on records of their own."""

from __future__ import annotations

import tomllib

import numpy as np
import pandas as pd
import pytest

from tests.validation import fit_prior
from tests.validation.judging import baselines, ndcg
from tests.validation.records import cut, read_record


def write_record(folder, name, seed):
    """A made-up record in which some people are attended to more than others."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "source": [f"r{i}" for i in rng.integers(0, 60, 900)],
            "target": [f"r{i % 40}" for i in rng.zipf(1.5, 900)],
            "kind": rng.choice(["mention", "repost", "mention_in_rt"], 900),
            "timestamp": np.sort(rng.integers(0, 10**6, 900)),
        }
    )
    rows.to_csv(folder / f"{name}.csv", index=False)


def test_the_script_judges_every_record_and_writes_weights(
    tmp_path, monkeypatch, capsys
):
    """Records in, weights from 0 up out, with how well they travel in the comments."""
    for seed, name in enumerate(("spring", "autumn")):
        write_record(tmp_path, name, seed)
    found = tmp_path / "prior.toml"
    words = ["fit_prior", str(tmp_path), "-o", str(found)]
    monkeypatch.setattr("sys.argv", words)

    fit_prior.main()

    text = found.read_text(encoding="utf-8")
    weights = tomllib.loads(text)["weights"]
    assert set(weights) == {*fit_prior.FITTED, *fit_prior.SET}
    assert min(weights.values()) >= 0
    assert "#   prior of other records" in text
    assert "cut at 0.35" in capsys.readouterr().out


def test_a_cut_keeps_the_future_out(tmp_path):
    """What comes after the cut is the truth; names in reposts are not part of it."""
    lines = ["a,b,mention,1", "c,b,reply,2", "b,a,mention,3", "c,a,retweet,4"]
    lines += ["c,b,mention,5", "a,b,mention_in_rt,6"]
    path = tmp_path / "record.csv"
    path.write_text("source,target,kind,ts\n" + "\n".join(lines), encoding="utf-8")

    now = cut(read_record(path), 0.5)

    assert len(now.past) == len(now.future) == 3
    assert now.later().tolist() == [1, 1, 0]
    assert baselines(now)["in-degree, distinct"].tolist() == [1, 2, 0]
    assert baselines(now)["in-degree, weighted"].tolist() == [1, 2, 0]


def test_the_best_order_scores_one(tmp_path):
    """The truth itself has an NDCG of 1, its reverse less."""
    write_record(tmp_path, "record", 3)
    past = cut(read_record(tmp_path / "record.csv"), 0.5).known(["listeners"])

    assert ndcg(past.later, past) == pytest.approx(1.0)
    assert ndcg(-past.later, past) < 0.5
