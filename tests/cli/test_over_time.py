"""``hcpgraph compare`` and ``rising``: what they print, and when they refuse."""

from __future__ import annotations

import csv
import io
import json
import random

import pytest

START = 1_735_689_600  # 2025-01-01
COMPARED = """\
id moved rank_before low_before high_before rank_after low_after high_after
    change p reason role
p59 up 21 9 47 1 1 2 1.87 0.000125 resonance +1.85: responders: 5 before, 40
    after unknown
"""
SAID = """\
all before 2025-01-04T03:00:00Z against all from 2025-01-04T03:00:00Z on
1 of 46 people changed significantly (FDR 10 %); 14 more had too few responses to
    test
area-wide change of scores, subtracted from each: -0.14
both periods use the built-in weights; 'rank' adapts them per period
audience: all
2 of 60 responders count less by recency: nobody vouches for them, as the community
    does not respond to them
"""
RISING = """\
not better than the base rate in validation; treat as indicative
next period: 1 day from 2025-01-07 (the duration of the last sixth of
    interactions); top decile by distinct responders
validated on this study's past, at 4 cut-offs: of 183 people with 0-5 %, 1 %
    entered; of 25 people with 5-10 %, 0 % entered; of 1 person with 10-30 %, 0 %
    entered
Brier score 0.0101, of the base rate 0.0095; AUC 0.67, of the rank 0.76, of
    momentum 0.65
audience: all
weights: built-in prior, updated on 3 past cut-offs of this study
"""


def flat(text):
    """The words of a text, wherever its lines break."""
    return " ".join(text.split())


def record(people=60, count=900):
    """A made-up meeting: a few are heard by many, later also a new voice."""
    chance = random.Random(11)
    lines = ["source,target,kind,timestamp,area"]
    for at in range(count):
        source = chance.randrange(people)
        target = int(people * chance.random() ** 3)
        if at > count // 2 and chance.random() < 0.15:
            target = people - 1
        if source != target:
            lines.append(f"p{source},p{target},mention,{START + 600 * at},asthma")
    lines.append("p1,p2,follow,,copd")
    return "\n".join(lines) + "\n"


@pytest.fixture
def meeting(study_of):
    """Run a command on a study of the meeting; gives the result."""
    return study_of("meeting.csv", record())


def rows_of(result):
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_compare_names_the_new_voice_alone(meeting):
    """Word by word: who moved, on stdout; periods, noise and drift on stderr."""
    result = meeting("compare", "--area", "asthma", "--at", "2025-01-04T03:00:00Z")

    assert result.exit_code == 0
    head, _, *rows = result.stdout.splitlines()
    assert flat(" ".join([head, *rows])) == flat(COMPARED)
    assert flat(result.stderr) == flat(SAID)


def test_compare_takes_two_periods_and_both_ways_agree(meeting):
    """A moment is short for all before it against all from it on."""
    at = meeting("compare", "--at", "2025-01-04", "--format", "csv")
    spans = meeting(
        "compare", "--before", "..2025-01-04", "--after", "2025-01-04..",
        "--format", "csv",
    )  # fmt: skip

    assert rows_of(at)
    assert at.stdout == spans.stdout
    assert all(float(row["p"]) <= 0.1 for row in rows_of(at))


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], "give both periods, before and after, or a cut-off, at"),
        (["--at", "2025-01-04", "--before", "..2025-01-03"], "give both periods"),
        (["--before", "2025-01-01", "--after", "2025-01-02.."], "write it FIRST..LAST"),
        (["--before", "..2025-01-05", "--after", "2025-01-04.."], "overlap"),
        (["--at", "2031-01-01"], "all from 2031-01-01 on: no tie has a time"),
        (["--at", "2025-01-04", "--area", "copd"], "has a time"),
        (["--at", "2025-01-04", "--area", "all"], "one area"),
        (["--at", "soon"], "no date"),
    ],
)
def test_compare_refuses_in_one_line(meeting, words, error):
    """Nothing to compare, or no periods: one sentence, exit code 1."""
    result = meeting("compare", *words)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert error in result.stderr
    assert result.stderr.count("\n") == 1


def test_rising_lists_the_likeliest_first(meeting):
    """Probabilities fall; nobody listed is among the first tenth; each has a reason."""
    result = meeting("rising", "--area", "asthma", "--top", "5", "--format", "csv")

    rows = rows_of(result)
    chances = [float(row["probability"]) for row in rows]
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert chances == sorted(chances, reverse=True)
    assert all(0 < chance < 1 for chance in chances)
    assert all(int(row["current_rank"]) > 6 for row in rows)
    assert all(row["reason"] for row in rows)
    assert result.stdout.startswith(
        "rank,id,handle,name,probability,current_rank,reason,role,"
    )
    assert flat(result.stderr) == flat(RISING)


def test_rising_refuses_without_times(meeting):
    """A study of follows cannot foretell anything, and says so."""
    result = meeting("rising", "--area", "copd")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "Error: 0 interactions have a time, 120 are needed for a prediction\n"
    )
    assert meeting("rising", "--area", "all").exit_code == 1


@pytest.mark.parametrize(
    ("command", "words"), [("compare", ["--at", "2025-01-04"]), ("rising", [])]
)
def test_files_have_their_provenance_beside_them(meeting, hcpgraph, command, words):
    """The same bytes each time, and what was asked for in full."""
    one = meeting(command, *words, "-o", "one.csv")
    meeting(command, *words, "-o", "two.csv")
    shown = meeting(command, *words, "--format", "json")

    assert one.exit_code == 0, one.output
    assert one.stderr.endswith("wrote one.csv and one.csv.provenance.json\n")
    content = (hcpgraph.folder / "one.csv").read_bytes()
    assert content == (hcpgraph.folder / "two.csv").read_bytes()
    origin = json.loads((hcpgraph.folder / "one.csv.provenance.json").read_text())
    assert origin["parameters"]["command"] == command
    assert origin["parameters"]["seed"] == 0
    assert len(json.loads(shown.stdout)) == content.count(b"\n") - 1


def test_the_hidden_are_on_neither_list(meeting, hcpgraph):
    """Names leave by the same door as those of a ranking."""
    named = rows_of(meeting("compare", "--at", "2025-01-04", "--format", "csv"))
    rising = rows_of(meeting("rising", "--format", "csv"))
    for row in (named[0], rising[0]):
        hidden = hcpgraph("correct", "s.duckdb", row["id"], "--hide")
        assert hidden.exit_code == 0, hidden.output

    after = rows_of(meeting("compare", "--at", "2025-01-04", "--format", "csv"))
    later = rows_of(meeting("rising", "--format", "csv"))

    assert named[0]["id"] not in {row["id"] for row in after}
    assert rising[0]["id"] not in {row["id"] for row in later}
