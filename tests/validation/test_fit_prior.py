"""The prior is fitted by a script that anyone can run on records of their own."""

from __future__ import annotations

import tomllib

import numpy as np
import pandas as pd
import pytest

from hcpgraph.ranking.score.fitting import ridge, weighted_rows
from tests.validation import fit_prior, weigh_signals
from tests.validation.judging import baselines, ndcg
from tests.validation.prior_records import FITTED, SET, fitted, in_series, known
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
    assert set(weights) == {*FITTED, *SET}
    assert min(weights.values()) >= 0
    assert "# weights fitted on the records of all other series:" in text
    printed = capsys.readouterr().out
    assert "cut at 0.35" in printed
    assert "| spring |" in printed


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


def test_meetings_of_a_series_are_left_out_together(tmp_path):
    """What one year taught must not judge the next; a joint meeting counts as both."""
    names = ["user2018", "user2020", "ser2018", "abacbs17", "abacbsgiw19"]

    assert in_series(names) == {
        "user2018": "user",
        "user2020": "user",
        "ser2018": "ser",
        "abacbs17": "abacbs",
        "abacbsgiw19": "abacbs",
    }


def test_a_triangle_of_rows_fits_as_all_rows_do(tmp_path):
    """Of each record a few rows are kept; the weights are those of every person."""
    for seed, name in enumerate(("spring", "autumn")):
        write_record(tmp_path, name, seed)
    every = known([tmp_path])
    rows, later = [], []
    for one in every:
        for moment in one.at.values():
            x, t = weighted_rows(moment.past, FITTED)
            scale = np.sqrt(len(one.at) * len(every))
            rows.append(x / scale)
            later.append(t / scale)
    start = np.zeros(len(FITTED))
    plain = ridge(np.concatenate(rows), np.concatenate(later), start=start, shrink=0.5)

    assert fitted(every).along(FITTED) == pytest.approx(plain, abs=6e-4)


def test_each_weight_is_printed_with_an_interval(tmp_path, monkeypatch, capsys):
    """So are signals left out, choices by shape, and the ceiling."""
    for seed, name in enumerate(("spring", "autumn", "winter")):
        write_record(tmp_path, name, seed)
    monkeypatch.setattr(weigh_signals, "DRAWS", 5)
    monkeypatch.setattr("sys.argv", ["weigh_signals", str(tmp_path)])

    weigh_signals.main()

    printed = capsys.readouterr().out
    for name in (*FITTED, *weigh_signals.TRIED):
        assert f"| `{name}` |" in printed
    assert "| share of reposts |" in printed
    assert "NDCG itself climbed" in printed
