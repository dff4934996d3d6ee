"""``inspect``: tables that fit, JSON and CSV for programs, an import's exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from hcpgraph.model.inspection_columns import NAMES

SMALL = Path(__file__).parents[2] / "datasets" / "small"
FOLLOWS = "follower,followed\n11,12\n13,12\n"
TIES = "source,target\n11,12\n"


def test_json_is_a_list_of_objects(hcpgraph):
    """One a file, lists as lists and layers as an object, nothing else on stdout."""
    path = hcpgraph.write("follows.csv", FOLLOWS)
    result = hcpgraph("inspect", path, "--format", "json")

    (found,) = json.loads(result.stdout)
    assert result.exit_code == 0
    assert tuple(found) == NAMES
    assert found["layers"] == {"follow": 2}
    assert found["accounts"] == 3


def test_csv_has_a_row_a_file(hcpgraph):
    """With the same columns in the same order."""
    files = (hcpgraph.write("a.csv", FOLLOWS), hcpgraph.write("b.csv", TIES))
    result = hcpgraph("inspect", *files, "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == NAMES
    assert [row["layers"] for row in rows] == ["follow=2", "?=1"]


def test_the_code_is_that_of_an_import(hcpgraph):
    """1 if any file would be refused, or none would be read."""
    good = hcpgraph.write("follows.csv", FOLLOWS)
    bad = hcpgraph.write("ties.csv", TIES)
    folder = hcpgraph.folder / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("one\ntwo\n")

    for files in ((good,), (bad,), (good, bad), (folder,), (folder, good)):
        study = hcpgraph.folder / f"{len(list(hcpgraph.folder.iterdir()))}.duckdb"
        wanted = hcpgraph("import", study, *files).exit_code
        for form in ("table", "csv", "json"):
            found = hcpgraph("inspect", *files, "--format", form)
            assert found.exit_code == wanted, files
            assert bool(wanted) == ("would be re" in found.stderr), files


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--layer", "referral"), {"referral": 1}),
        (("--read-as", "ties", "--layer", "follow"), {"follow": 1}),
        (("--layer", "follow", "--ids", "handle", "--platform", "bluesky"), None),
    ],
)
def test_it_takes_the_options_of_an_import(hcpgraph, words, wanted):
    """What would be said to an import can be tried first."""
    path = hcpgraph.write("ties.csv", TIES)
    (found,) = json.loads(hcpgraph("inspect", path, *words, "--format", "json").stdout)

    assert found["layers"] == (wanted or {"follow": 1})
    assert found["platform"] == ("x" if wanted else "bluesky")


def test_a_wrong_option_is_a_line(hcpgraph):
    """As in an import."""
    path = hcpgraph.write("ties.csv", TIES)
    result = hcpgraph("inspect", path, "--platform", "Not One")

    assert result.exit_code == 1
    assert "is no platform" in result.stderr
    assert hcpgraph("inspect").exit_code == 2


def test_advice_is_given_once_for_many_files(hcpgraph):
    """With the names of the first, and how many there are."""
    files = [hcpgraph.write(f"{n}.csv", FOLLOWS + f"1{n},99\n") for n in range(5)]
    lines = hcpgraph("inspect", *files).stdout.splitlines()

    said = [line for line in lines if "time of a follow" in line]
    assert said == [line for line in said if " and 2 more: " in line]
    assert len(said) == 1


@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 100])
def test_the_table_fits_a_terminal(width):
    """The first columns are there, whatever has no room is named."""
    lines = on_terminal(width, "inspect", "-q", str(SMALL))
    rule = next(n for n, line in enumerate(lines) if set(line.strip()) == {"─"})
    end = next(n for n, line in enumerate(lines) if "more columns" in line)

    head = lines[rule - 1].split()
    assert head[:6] == ["file", "format", "rows", "ties", "lacks", "sure"]
    assert all(len(line) <= width for line in lines[rule - 1 : end])
    assert lines[rule + 1].startswith(" README.md")


@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 100])
def test_files_of_one_export_are_told_apart_on_a_terminal(width, tmp_path):
    """Their names differ at the end, so it is the middle that gives way."""
    for n in range(10):
        path = tmp_path / f"followers-of-the-society-2025-{n:02}.csv"
        path.write_text(f"follower,followed\n{n},99\n", encoding="utf-8")

    lines = on_terminal(width, "inspect", "-q", str(tmp_path))

    shown = [line.split()[0] for line in lines if ".csv" in line and "…" in line]
    assert len(set(shown)) == 10


def on_terminal(width, *words):
    """The lines that a command shows on a terminal of some width."""
    ours, theirs = pty.openpty()
    program = "from hcpgraph.cli import main; main(prog_name='hcpgraph')"
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": str(width)},
    ):
        os.close(theirs)
        with os.fdopen(ours, "rb", buffering=0) as stream:
            return b"".join(read_all(stream)).decode().splitlines()


def read_all(stream):
    while True:
        try:
            block = stream.read(65536)
        except OSError:  # what a terminal says at its end
            return
        if not block:
            return
        yield block


LISTENING = "Datum;Nutzer;Inhalt\n" + "".join(
    f"{day}.03.2025 10:00;@hand_{day % 5};Words about @hand_{day % 3} and data {day}\n"
    for day in range(1, 20)
)


def test_a_suggested_mapping_imports_as_it_is(hcpgraph):
    """What the analyst reads first, and gives to an import then."""
    path = hcpgraph.write("listening.csv", LISTENING)
    mapping = hcpgraph.folder / "map.toml"

    written = hcpgraph("inspect", path, "--suggest", mapping)
    tried = hcpgraph("inspect", path, "--map", mapping, "--format", "json")
    found = json.loads(tried.stdout)

    assert "for you alone" in written.stderr
    assert found[0]["rows"] == 19
    assert found[0]["layers"]["mention"] > 9
    assert found[0]["first"] == "2025-03-01T10:00:00Z"
    assert hcpgraph("import", hcpgraph.study, path, "--map", mapping).exit_code == 0


def test_a_mapping_is_suggested_for_one_file(hcpgraph):
    """Neither for several, nor for a folder, nor over the file itself."""
    path = hcpgraph.write("listening.csv", LISTENING)
    out = hcpgraph.folder / "map.toml"

    for words in ((path, path), (hcpgraph.folder,), (hcpgraph.folder / "none",)):
        result = hcpgraph("inspect", *words, "--suggest", out)
        assert (result.exit_code, "for one file" in result.stderr) == (1, True)
    over = hcpgraph("inspect", path, "--suggest", path)
    assert over.exit_code == 1
    assert path.read_text() == LISTENING
    assert not out.exists()


def test_a_mapping_that_cannot_be_used_is_an_error(hcpgraph):
    """Its fault is no file's."""
    path = hcpgraph.write("listening.csv", LISTENING)
    result = hcpgraph("inspect", path, "--map", "nosuch")

    assert result.exit_code == 1
    assert "no such mapping" in result.stderr
    assert result.stdout == ""
