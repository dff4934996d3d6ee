"""Several programs at one study: whoever succeeds has all its data."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from hcpgraph.study import Study

PAIRS = [
    ("new", "add", "add"),
    ("new", "add", "ask"),
    ("new", "add", "fail"),
    ("new", "fail", "fail"),
    ("new", "add", "add", "add", "ask"),
    ("old", "add", "add"),
    ("old", "add", "ask"),
    ("old", "ask", "ask"),
]


def race(folder, rounds, new, *doings):
    command = [sys.executable, "-m", "tests.study.racing", str(folder), str(rounds)]
    done = subprocess.run(
        [*command, new, *doings], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(folder, rounds, new, *doings):
    """Every round leaves one whole study, with what was said to be in it."""
    for number, outcomes in enumerate(race(folder, rounds, new, *doings)):
        writers = [
            o for o, doing in zip(outcomes, doings, strict=True) if doing == "add"
        ]
        assert set(writers) <= {"done", "LockedStudy"}
        # whoever fails may hold the study of nothing that it made while another waits
        assert "done" in writers or "fail" in doings or not writers
        allowed = {"done", "LockedStudy", *(["NotAStudy"] if new == "new" else [])}
        assert set(outcomes) <= allowed
        study = Study(folder / f"{number}.duckdb")
        if not study.path.exists():
            assert "fail" in doings
            assert "done" not in writers
            continue
        held = {entry["path"] for entry in study.summary()["files"]}
        brought = {
            str(folder / f"{who}.csv")
            for who, outcome in enumerate(outcomes)
            if (doings[who], outcome) == ("add", "done")
        }
        before = set() if new == "new" else {str(folder / "99.csv")}
        assert held == brought | before
        # two that fail may each leave the study of nothing to the other
        ties = {"follow": 2 * len(held)} if held else {}
        assert study.summary()["ties"] == ties
        assert len(study.areas(every=True)) > 0
    assert not list(folder.glob(".hcpgraph-*"))
    assert not list(folder.glob("*.wal"))


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_programs_that_meet_at_a_study_lose_nothing(pair, tmp_path):
    """Four times: nobody's file is gone whom the command told that it is in."""
    check(tmp_path, 4, *pair)


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_programs_that_meet_hundreds_of_times_lose_nothing(pair, tmp_path):
    """The same 100 times each."""
    check(tmp_path, 100, *pair)


def test_a_first_import_that_fails_takes_away_no_study_but_its_own(tmp_path):
    """One of two first imports is refused: the other's study stays."""
    study = Study(tmp_path / "study.duckdb")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("follower,followed\n1,2\n", encoding="utf-8")
    bad.write_text("colour\nred\n", encoding="utf-8")
    study.add(good)

    study.add(bad)

    assert study.summary()["ties"] == {"follow": 1}
