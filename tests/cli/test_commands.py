"""What every command prints, word by word, on a study of five accounts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

import pytest

HELD = """\
audience: hcp
not listed: 1 company
not listed: 1 not known as a health professional
"""
THIN = (
    "sparse data: 5 accounts respond (30 needed); 6 responses in all (100 needed);"
    " median of 2 distinct responders among the first 3 (3 needed); treat ranks as"
    " indicative\n"
)
HEADER = (
    "rank,id,handle,name,score,rank_low,rank_high,rank_social,rank_scientific,"
    "rank_nominated,reach,resonance,authority,brokerage,activity,audience_claimed,role,specialty,institution,country,p_top10,tier\n"
)
LEADERS = f"""\
{HEADER}\
1,9,nina,Nina Nine,1.16369,,,,,,0,0.706598,0,0,0.457088,,\
clinician,Pulmonology,Lakeside Clinic,Norway,,
2,3,theo,Theo Three,1.15649,,,,,,0,0.947387,0,0,0.209107,,\
nurse,Pulmonology,Hill Hospital,Norway,,
3,2,tara,Tara Two,0,,,,,,0,0,0,0,0,,researcher,Immunology,Hill Hospital,Chile,,
"""


def rounded(text):
    """A CSV with six digits of each number, which are the same on every machine."""
    return re.sub(r"\d+\.\d+", lambda found: f"{float(found[0]):.6g}", text)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Run in the folder of the study, so that transcripts hold bare file names."""
    monkeypatch.chdir(tmp_path)


def test_import_says_what_became_of_every_row(hcpgraph):
    """Read, accepted, already known, rejected: on stdout, a file a row."""
    hcpgraph.write("one.csv", "source,target,kind\n1,9,mention\n2,9,mention\n")
    hcpgraph.write("two.csv", "source,target,kind\n1,9,mention\n3,9,mention\n")
    hcpgraph.write("bad.csv", "colour\nred\n")

    first = hcpgraph("import", "s.duckdb", "one.csv", "two.csv", "bad.csv")
    second = hcpgraph("import", "s.duckdb", "one.csv")

    assert first.exit_code == 1
    assert first.stdout == (
        " file      format   read   accepted   already known   rejected\n"
        " ─────────────────────────────────────────────────────────────\n"
        " one.csv   ties        2          2               0          0\n"
        " two.csv   ties        2          1               1          0\n"
    )
    assert first.stderr.startswith("Error: bad.csv: ")
    assert first.stderr.count("\n") == 1
    assert second.exit_code == 0
    assert second.stderr.startswith("one.csv: already imported as one.csv")
    assert second.stderr.count("\n") == 1


def test_info_says_what_is_in_the_study(say):
    """A fact a line; nothing on stderr."""
    out, err = say("info")

    assert err == ""
    assert out == (
        "accounts   5\n"
        "posts      0\n"
        "ties       2 follow (weight 1)\n"
        "ties       4 mention (weight 1)\n"
        "ties       1 quote (weight 1)\n"
        "ties       1 reply (weight 1)\n"
        "ties       1 repost (weight 1)\n"
        "           2 of them without a time\n"
        "period     2025-01-01T10:00:00Z to 2025-03-01T10:00:00Z\n"
        "role       1 clinician\n"
        "role       1 company\n"
        "role       1 nurse\n"
        "role       1 researcher\n"
        "role       1 unknown\n"
        "areas      asthma, copd\n"
        "           a follow belongs to the areas both ends work in: a roster, a bio"
        " or the area of a file says so, or 2 posts and 10% of their posts\n"
        "file       ties.csv (ties): 9 rows, 9 accepted, 0 already known, 0 rejected\n"
        "file       roster.csv (roster): 4 rows, 4 accepted, 0 already known,"
        " 0 rejected\n"
    )


def test_info_as_json_has_the_digests(say, little):
    """For programs: the same facts, with the SHA-256 of every file."""
    out, err = say("info", "--format", "json")

    found = json.loads(out)
    assert err == ""
    assert found["ties"] == {
        "follow": 2,
        "mention": 4,
        "quote": 1,
        "reply": 1,
        "repost": 1,
    }
    assert found["platforms"] == {"x": 5}
    assert found["works_in_area"] == {"posts": 2, "share": 0.1}
    assert "mention_in_repost" not in found["default_layers"]
    digests = [entry["sha256"] for entry in found["files"]]
    files = [little.parent / "ties.csv", little.parent / "roster.csv"]
    assert digests == [hashlib.sha256(f.read_bytes()).hexdigest() for f in files]


def test_areas_lists_what_occurs_and_counts_the_rest(say):
    """Sixty areas that occur nowhere would hide the two that do."""
    out, err = say("areas")
    every = list(csv.reader(io.StringIO(say("areas", "--all", "--format", "csv")[0])))

    assert out == (
        " slug     name     mesh      posts   accounts   ties   origin\n"
        " ──────────────────────────────────────────────────────────────\n"
        " asthma   Asthma   D001249       0          0      6   built-in\n"
        " copd     COPD     D029424       0          0      1   built-in\n"
    )
    assert err == f"{len(every) - 1 - 2} more areas without posts: --all\n"
    assert len({row[0] for row in every}) == len(every) > 50


def test_areas_adds_those_of_a_vocabulary(say, hcpgraph):
    """Own areas are there at once, with their origin."""
    hcpgraph.write("mine.toml", '[wheezing]\nname = "Wheezing"\nterms = ["wheeze"]\n')

    out, err = say("areas", "--add", "mine.toml", "--all", "--format", "csv")

    assert "wheezing,Wheezing,,0,0,0,mine.toml,\n" in out
    assert err == "added mine.toml; all posts and accounts were labelled again\n"


def test_rank_as_a_table_leaves_empty_columns_out(say):
    """Three digits, numbers to the right, no intervals that nobody computed."""
    out, err = say("rank", "--area", "asthma", "--resamples", "0")

    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == (
        "rank id handle name score reach resonance authority brokerage activity"
        " role specialty institution country"
    )
    assert lines[2] == (
        "1 9 nina Nina Nine 1.16 0 0.707 0 0 0.457"
        " clinician Pulmonology Lakeside Clinic Norway"
    )
    assert len(lines) == 5
    assert err == HELD + THIN


def test_rank_as_csv_is_data_and_nothing_else(say):
    """Facts about the list go to stderr, so that a pipe gets clean rows."""
    words = ("rank", "--area", "asthma", "--resamples", "0", "--format", "csv")

    out, err = say(*words)

    assert (rounded(out), err) == (LEADERS, HELD + THIN)
    assert all(len(line.split(",")[4]) > 12 for line in out.splitlines()[1:3])


def test_rank_prints_intervals_and_tiers(say):
    """Every rank lies in its interval; the chances of ten first places add up."""
    rows = json.loads(say("rank", "--area", "asthma", "--format", "json")[0])

    assert all(row["rank_low"] <= row["rank"] <= row["rank_high"] for row in rows)
    assert [row["p_top10"] for row in rows] == [1.0, 1.0, 1.0]
    assert rows[0]["tier"] == 1


def test_rank_by_a_measure_refuses_to_make_up_intervals(hcpgraph, study):
    """Asking a measure for intervals is one line that says what to do."""
    result = hcpgraph("rank", study, "--by", "pagerank", "--resamples", "10")

    assert result.exit_code == 1
    assert "have no intervals" in result.stderr


def test_rank_heeds_weights_of_ones_own(say):
    """What is weighed with 0 adds nothing; the rest is the score."""
    words = ("rank", "--area", "asthma", "--resamples", "0", "--format", "json")
    own = [f"--weight={name}=0" for name in ("resonance", "activity")]
    own.append("--weight=authority=0.5")

    rows = json.loads(say(*words, *own)[0])

    assert {row["resonance"] + row["activity"] for row in rows} == {0.0}
    assert rows[0]["score"] == pytest.approx(rows[0]["authority"]) != 0


@pytest.mark.parametrize("word", ["reach", "reach=", "reach=much", "=1e"])
def test_a_weight_without_a_number_is_wrong_usage(hcpgraph, study, word):
    """What cannot be read is not taken for 0."""
    result = hcpgraph("rank", study, "--weight", word)

    assert result.exit_code == 2
    assert "is not NAME=VALUE" in result.stderr


def test_rank_as_json_has_full_precision(say):
    """The same people as in the CSV; an empty cell is null."""
    words = ("rank", "--area", "asthma", "--resamples", "0", "--format", "json")

    rows = json.loads(say(*words)[0])

    assert [row["id"] for row in rows] == ["9", "3", "2"]
    assert rows[0]["rank_low"] is None
    assert rows[0]["score"] == pytest.approx(1.16369, rel=1e-5)
    assert len(repr(rows[0]["score"])) > 10


def test_rank_by_a_measure_has_no_contributions(say):
    """A single score, and who holds it."""
    out, err = say("rank", "--area", "asthma", "--by", "in_degree", "--format", "csv")

    assert out == (
        "rank,id,handle,name,score,rank_low,rank_high,"
        "rank_social,rank_scientific,rank_nominated,audience_claimed,role,specialty,institution,country\n"
        "1,9,nina,Nina Nine,4,,,,,,,clinician,Pulmonology,Lakeside Clinic,Norway\n"
        "2,3,theo,Theo Three,2,,,,,,,nurse,Pulmonology,Hill Hospital,Norway\n"
        "3,2,tara,Tara Two,0,,,,,,,researcher,Immunology,Hill Hospital,Chile\n"
    )
    assert err == HELD


def test_rank_of_every_area_has_the_area_first(say):
    """One list for all; each note says which area it is of."""
    out, err = say("rank", "--area", "all", "--format", "csv", "--audience", "all")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["area"], row["rank"], row["id"]) for row in rows] == [
        ("asthma", "1", "9"),
        ("asthma", "2", "3"),
        ("asthma", "3", "1"),
        ("asthma", "3", "2"),
        ("copd", "1", "2"),
    ]
    assert err.splitlines()[0] == "asthma: audience: all"
    assert "copd: not listed: 1 company" in err.splitlines()
    *_, thin, intervals = err.splitlines()
    assert thin.startswith("copd: sparse data: 1 account responds")
    assert intervals.startswith("copd: intervals: originals unknown")


def test_rank_of_nobody_says_so(say):
    """An empty list has its header, and a reason on stderr."""
    out, err = say("rank", "--area", "copd", "--role", "nurse", "--format", "csv")

    assert out == HEADER
    assert err.endswith("nobody to list: no ties, or nobody may be listed\n")


def test_a_period_leaves_acts_out(say):
    """Ties of January only, and follows, which have no time."""
    out, err = say(
        "rank", "--until", "2025-02-01", "--format", "csv", "--by", "strength"
    )

    assert out.splitlines()[1].startswith("1,9,nina,Nina Nine,5,")
    assert err.endswith("2 undated ties, counted in every period\n")


def test_communities_lists_members_by_attention(say):
    """Everyone who may be listed is in one community; sizes count all members."""
    out, err = say("communities", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == [
        "id",
        "handle",
        "name",
        "community",
        "size",
        "attention",
        "role",
    ]
    assert sorted(row["id"] for row in rows) == ["2", "3", "9"]
    assert {row["id"]: row["attention"] for row in rows} == {
        "9": "6",
        "3": "2",
        "2": "1",
    }
    assert err.startswith("Partition(leiden, 5 nodes, ")
    assert err.endswith(HELD)


def test_find_lists_accounts(say):
    """In name, handle, bio or institution; case does not matter."""
    assert say("find", "HILL hosp", "--format", "csv") == (
        "id,handle,name,role,specialty,institution,country\n"
        "2,tara,Tara Two,researcher,Immunology,Hill Hospital,Chile\n"
        "3,theo,Theo Three,nurse,Pulmonology,Hill Hospital,Norway\n",
        "",
    )
    assert say("find", "zzz", "--format", "csv") == (
        "id,handle,name,role,specialty,institution,country\n",
        "no account with 'zzz' in name, handle, bio or institution\n",
    )


def test_correct_changes_lists_and_can_be_taken_back(say):
    """Role, name and whether a person is listed at all."""
    words = ("rank", "--area", "asthma", "--resamples", "0", "--format", "csv")

    assert say("correct", "@tara", "--role", "nurse", "--name", "T. Two") == (
        "",
        "corrected @tara\n",
    )
    corrected = say(*words)[0]
    say("correct", "2", "--hide")
    hidden = say(*words)
    say("correct", "2", "--show")

    assert "3,2,tara,T. Two,0,,,,,,0,0,0,0,0,,nurse," in corrected
    assert "tara" not in hidden[0]
    assert "not listed: 1 not listable\n" in hidden[1]
    assert say(*words)[0] == corrected


def test_correct_wants_to_know_what(hcpgraph, study):
    """Without an option nothing is written, with code 2."""
    result = hcpgraph("correct", study, "@tara")

    assert result.exit_code == 2
    assert "say what to correct: --role, --name, --hide or --show" in result.stderr


def test_remove_takes_a_file_out(say):
    """The roster's people lose their names; the ties stay."""
    out, err = say("remove", "roster.csv")

    assert (out, err) == ("", "removed roster.csv\n")
    found = json.loads(say("info", "--format", "json")[0])
    assert found["roles"] == {"unknown": 5}
    assert [entry["format"] for entry in found["files"]] == ["ties"]


@pytest.mark.parametrize("kind", ["network", "ranking"])
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_figure_writes_a_picture_and_its_origin(say, tmp_path, kind, suffix):
    """The kind of file is that of its name; the same bytes each time."""
    words = ("figure", kind, "--area", "asthma", "-o", f"f.{suffix}")

    out, err = say(*words)
    first = (tmp_path / f"f.{suffix}").read_bytes()
    say(*words)

    assert (out, err) == ("", f"wrote f.{suffix} and f.{suffix}.provenance.json\n")
    assert (tmp_path / f"f.{suffix}").read_bytes() == first
    origin = json.loads((tmp_path / f"f.{suffix}.provenance.json").read_text())
    assert origin["parameters"]["command"] == f"figure {kind}"
    assert origin["parameters"]["area"] == "asthma"
