"""``hcpgraph backtest``: what it prints, word by word, and when it refuses."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

HEADER = (
    "method,ndcg,low,high,precision,precision_low,precision_high,"
    "difference,difference_low,difference_high,verdict,"
    "at_35,at_35_low,at_35_high,at_50,at_50_low,at_50_high,"
    "at_65,at_65_low,at_65_high,at_80,at_80_low,at_80_high"
)
TRANSCRIPTS = Path(__file__).parent / "transcripts"


def record(people=60, count=900):
    """A made-up meeting: a few are heard by many, and a new voice rises."""
    chance = random.Random(11)
    lines = ["source,target,kind,timestamp,area"]
    for at in range(count):
        source = chance.randrange(people)
        target = int(people * chance.random() ** 3)
        if at > count // 2 and chance.random() < 0.15:
            target = people - 1
        if source != target:
            area = "copd" if at % 40 == 0 else "asthma"
            when = 1_735_689_600 + 600 * at
            lines.append(f"p{source},p{target},mention,{when},{area}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def meeting(study_of):
    """Run a command on a study of the meeting; gives the result."""
    return study_of("meeting.csv", record())


def test_backtest_prints_methods_from_the_best(meeting):
    """First hcpgraph, digits that mean something, moments and verdict on stderr."""
    result = meeting("backtest", "--top", "10")

    assert result.exit_code == 0
    for printed, name in (
        (result.stdout, "backtest"),
        (result.stderr, "backtest-notes"),
    ):
        assert printed == (TRANSCRIPTS / f"{name}.txt").read_text(encoding="utf-8")


def test_backtest_gives_the_same_bytes_twice_and_names_nobody(meeting):
    """Aggregates only: no id, no handle, whatever the format."""
    one = meeting("backtest", "--format", "csv")
    other = meeting("backtest", "--format", "csv")

    assert one.stdout == other.stdout
    assert one.stdout.splitlines()[0] == HEADER
    ids = {f"p{number}" for number in range(60)}
    words = set(one.output.replace(",", " ").split())
    assert not ids & words


def test_every_format_has_the_same_numbers(meeting, hcpgraph):
    """Files have full precision and NDCG at each moment; empty is empty."""
    rows = json.loads(meeting("backtest", "--format", "json").stdout)
    printed = list(
        csv.DictReader(io.StringIO(meeting("backtest", "--format", "csv").stdout))
    )
    result = meeting("backtest", "-o", "b.parquet")

    assert pq.read_table(hcpgraph.folder / "b.parquet").to_pylist() == rows
    assert ",".join(rows[0]) == HEADER
    assert rows[0]["method"] == "hcpgraph"
    assert rows[0]["difference"] is rows[0]["verdict"] is None
    assert [float(r["ndcg"]) for r in printed] == pytest.approx(
        [r["ndcg"] for r in rows], rel=1e-5
    )
    moments = [rows[0][f"at_{share}"] for share in (35, 50, 65, 80)]
    assert rows[0]["ndcg"] == pytest.approx(sum(moments) / 4)
    origin = json.loads((hcpgraph.folder / "b.parquet.provenance.json").read_text())
    assert origin["parameters"]["command"] == "backtest"
    assert origin["parameters"]["points"] == [0.35, 0.5, 0.65, 0.8]
    assert origin["parameters"]["seed"] == 0
    assert result.stderr.endswith("wrote b.parquet and b.parquet.provenance.json\n")


def test_every_area_has_the_area_first_and_thin_ones_are_said_to_be(meeting):
    """An area with too little history is left out, with the reason."""
    result = meeting("backtest", "--area", "all", "--top", "5", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert next(iter(rows[0])) == "area"
    assert {row["area"] for row in rows} == {"asthma"}
    assert "copd: not evaluated: " in result.stderr
    assert result.stderr.startswith("copd: not evaluated: ")
    assert "asthma: audience: all\n" in result.stderr


def test_too_little_history_is_one_line_and_code_1(hcpgraph, study):
    """The little study has seven acts; its follows alone have no time at all."""
    hcpgraph.write("follows.csv", "follower,followed\n1,2\n2,3\n")
    hcpgraph("import", hcpgraph.folder / "f.duckdb", hcpgraph.folder / "follows.csv")

    thin = hcpgraph("backtest", study, "--audience", "all", "--top", "2")
    every = hcpgraph("backtest", study, "--area", "all")
    timeless = hcpgraph("backtest", hcpgraph.folder / "f.duckdb")

    assert [r.exit_code for r in (thin, every, timeless)] == [1, 1, 1]
    assert thin.stderr == (
        "Error: nothing to check the ranking on: at most 3 of the people known at any"
        " cut-off have later responders; 20 are needed\n"
    )
    assert every.stderr.startswith(
        "Error: nothing to check the ranking on: none of 2 areas has enough history;"
        " asthma: "
    )
    assert timeless.stderr == (
        "Error: nothing to check the ranking on: there are no mentions, replies,"
        " reposts or quotes with different times\n"
    )
    assert thin.stdout == every.stdout == timeless.stdout == ""


def test_a_picture_is_drawn_and_refused_likewise(meeting, hcpgraph, study):
    """The figure is of the same numbers, with its origin beside it."""
    drawn = meeting("figure", "backtest", "-o", "b.png")
    first = (hcpgraph.folder / "b.png").read_bytes()
    meeting("figure", "backtest", "-o", "b.png")
    refused = hcpgraph("figure", study, "backtest", "-o", "c.png")

    assert drawn.exit_code == 0, drawn.output
    assert drawn.stderr == "wrote b.png and b.png.provenance.json\n"
    assert (hcpgraph.folder / "b.png").read_bytes() == first
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: nothing to check the ranking on: ")
    assert not (hcpgraph.folder / "c.png").exists()


def test_a_ranking_says_how_well_it_would_have_foretold(meeting):
    """A line under each list with a past, with intervals; none by a measure."""
    note = "validated on this study's past: NDCG@20 "

    scored = meeting("rank", "--format", "csv").stderr
    measured = meeting("rank", "--by", "in_degree", "--format", "csv").stderr

    (line,) = [line for line in scored.splitlines() if note in line]
    figure, low, high = map(float, re.findall(r"0\.\d\d", line)[:3])
    assert low <= figure <= high
    assert " at 3 cut-offs; best baseline: " in line
    gain, least, most = map(float, re.findall(r"[+-]0\.\d{3}", line))
    assert least <= gain <= most
    assert note not in measured


def test_a_large_study_is_sent_to_the_backtest(meeting, monkeypatch):
    """A note must not take longer than the ranking."""
    monkeypatch.setattr("hcpgraph.ranking.LEARNED_UP_TO", 100)

    told = meeting("rank", "--format", "csv").stderr

    assert "default weights used and not validated: " in told
    assert "ties exceed the limit of 100; 'hcpgraph backtest' validates them\n" in told
