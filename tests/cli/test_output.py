"""How results leave: in which format, where to, and with which exit code."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as pq
import pytest

HELD = """\
audience: hcp
not listed: 1 company
not listed: 1 not known as a health professional
"""


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet", "txt"])
def test_out_writes_a_file_with_its_provenance_and_prints_nothing(
    say, tmp_path, suffix
):
    """The suffix chooses the format; the origin lies beside, with every digest."""
    out, err = say("rank", "--area", "asthma", "-o", f"leaders.{suffix}")

    origin = json.loads((tmp_path / f"leaders.{suffix}.provenance.json").read_text())
    assert out == ""
    wrote = f"wrote leaders.{suffix} and leaders.{suffix}.provenance.json\n"
    thin, said = err.split("\n", 1)
    assert thin.startswith("sparse data: ")
    assert said.startswith(HELD)
    assert err.endswith(wrote)
    assert err.count("\n") == HELD.count("\n") + 3  # thin, intervals, wrote
    assert (tmp_path / f"leaders.{suffix}").stat().st_size > 0
    assert origin["parameters"]["command"] == "rank"
    assert origin["parameters"]["area"] == "asthma"
    assert [len(entry["sha256"]) for entry in origin["inputs"]] == [64, 64]


def test_a_file_has_what_would_have_been_printed(say, tmp_path):
    """-o is where, not what."""
    printed = say("rank", "--area", "asthma", "--format", "csv")[0]
    say("rank", "--area", "asthma", "-o", "leaders.csv")
    say("rank", "--area", "asthma", "--format", "csv", "-o", "leaders.txt")

    assert (tmp_path / "leaders.csv").read_text() == printed
    assert (tmp_path / "leaders.txt").read_text() == printed


def test_parquet_comes_back_as_it_went(say, hcpgraph, study):
    """Numbers stay numbers, empty stays empty; on stdout as well as in a file."""
    rows = json.loads(say("rank", "--area", "asthma", "--format", "json")[0])

    printed = hcpgraph("rank", study, "--area", "asthma", "--format", "parquet")
    say("rank", "--area", "asthma", "-o", "leaders.parquet")

    assert pq.read_table("leaders.parquet").to_pylist() == rows
    assert pq.read_table(io.BytesIO(printed.stdout_bytes)).to_pylist() == rows


FAILURES = {
    "no study": (["rank", "nowhere.duckdb"], 1, "no such study; make one with"),
    "no folder to write to": (["rank", "{}", "-o", "no/x.csv"], 1, "cannot write"),
    "no such picture": (
        ["figure", "{}", "ranking", "-o", "x.gif"],
        1,
        "x.gif",
    ),
    "nothing to draw": (
        ["figure", "{}", "ranking", "--area", "diabetes", "-o", "x.png"],
        1,
        "nothing to draw",
    ),
    "all areas in one picture": (
        ["figure", "{}", "network", "--area", "all", "-o", "x.png"],
        1,
        "name one",
    ),
    "no argument": (["rank"], 2, "Missing argument 'STUDY'"),
    "no command": (["rnk"], 2, "No such command 'rnk'"),
    "no option": (["rank", "{}", "--tpo", "3"], 2, "No such option"),
    "nobody asked for": (["rank", "{}", "--top", "0"], 2, "not in the range 1<=x<="),
    "no such list": (
        ["prospects", "{}", "--known", "no.csv"],
        2,
        "'no.csv' does not exist",
    ),
    "no resolution": (["communities", "{}", "--resolution", "0"], 2, "range x>0"),
    "no text": (["find", "{}", "caf\udce9"], 2, r"caf\udce9 is no UTF-8 text"),
}


@pytest.mark.parametrize(("words", "code", "answer"), FAILURES.values(), ids=FAILURES)
def test_failures_are_told_by_code_and_sentence(hcpgraph, study, words, code, answer):
    """Code 1: it could not be done. Code 2: it was not asked rightly. No output."""
    result = hcpgraph(*[study if word == "{}" else word for word in words])

    assert result.exit_code == code
    assert result.stdout == ""
    assert answer in result.stderr
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)
