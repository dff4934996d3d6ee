"""A study of version 1 through every command: read-only, full, upgraded and anew."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from hcpgraph.model.names import EXPORTS, FIGURES

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / "tests" / "store" / "studies" / "version-1"
SMALL = ROOT / "datasets" / "small"
CSV = ("--format", "csv")

READING = [
    ["info"], ["info", "--format", "json"], ["areas"], ["areas", "--all"],
    *(["rank", *how, "--format", "csv"] for how in (
        [], ["--area", "all"], ["--by", "pagerank"], ["--audience", "all"])),
    ["find", "made", "--format", "json"],
    ["explain", "{}"], ["explain", "{}", "--format", "json"],
    ["compare", "--at", "2025-12-15", "--format", "csv"],
    ["rising", "--format", "csv"], ["backtest"],
    ["communities", "--format", "csv"],
    ["prospects", "--format", "csv"], ["prospects", "--known", "known.csv"],
    ["report", "-o", "-"],
    *(["export", target, "-o", "-"] for target in EXPORTS),
    *(["figure", kind, "--format", "svg", "-o", "-"] for kind in FIGURES),
]  # fmt: skip


@pytest.fixture
def old(hcpgraph, monkeypatch):
    """The kept study, as it was written, in the folder that we are in."""
    monkeypatch.chdir(hcpgraph.folder)
    packed = (KEPT / "study.duckdb.gz").read_bytes()
    hcpgraph.write("study.duckdb", gzip.decompress(packed))
    hcpgraph.write("known.csv", "id\n501\n")
    return Path("study.duckdb")


@contextmanager
def mounted(folder, *how):
    """A folder as another file system; skips where nobody may have one."""
    done = subprocess.run(
        ["mount", *how, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"needs to mount file systems: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def said(hcpgraph, study, words):
    """Everything that a command says of a study; an error is one line."""
    name, *more = words
    leader = hcpgraph("rank", study, "--top", "1", "--format", "csv").stdout
    more = [
        leader.splitlines()[1].split(",")[1] if word == "{}" else word for word in more
    ]
    result = hcpgraph(name, study, *more)
    assert result.exception is None or isinstance(result.exception, SystemExit), (
        result.exception
    )
    assert result.exit_code == 0 or result.stderr.splitlines()[-1].startswith("Error: ")
    return result.exit_code, result.stdout_bytes, result.stderr


# A tie of an account to itself, which counts no more: of 82 mentions, of all 256 ties,
# and of those of an area. What else a number is, is compared without them.
COUNTED = {
    "info": rb"(?<!\d)8[12](?= mention)|(?<=\"mention\": )8[12]",
    "report": rb"(?<=>)8[12](?=<)|\b25[56]\b",
    "areas": rb"(?<=asthma)[^\n]*",
}


def comparable(name, answer):
    """An answer without what counts ties to oneself, and the date in a workbook."""
    code, content, notes = answer
    if name in COUNTED:
        content = re.sub(COUNTED[name], b"...", content)
    return code, b"" if content.startswith(b"PK") else content, notes


@pytest.mark.slow
@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_it_answers_as_once_upgraded(words, old, hcpgraph):
    """In a folder and a file in which nothing may be written, and is."""
    place = Path("shelf")
    place.mkdir()
    study = Path(shutil.copy(old, place))
    study.chmod(0o444)
    before = study.read_bytes()

    with mounted(place, "--bind", str(place)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
        locked = said(hcpgraph, study, words)
        refused = hcpgraph("import", study)
        there = list(place.iterdir())
    assert hcpgraph("import", old).exit_code == 0
    upgraded = said(hcpgraph, old, words)

    assert study.read_bytes() == before
    assert there == [study]
    assert refused.exit_code == 1
    assert "read-only" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert comparable(words[0], locked) == comparable(words[0], upgraded)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["import", "{}"], ["import", "{}", "more.csv"], ["remove", "{}", "overlap.csv"],
     ["correct", "{}", "x:501", "--hide"], ["areas", "{}", "--add", "a.toml"]],
    ids=" ".join,
)  # fmt: skip
def test_no_room_leaves_it_as_it_was(words, old, hcpgraph):
    """Whatever changes it: one line, and the same answers as before."""
    hcpgraph.write("more.csv", "source,target,kind\n" + "".join(
        f"{i},{i + 1},mention\n" for i in range(60_000)
    ))  # fmt: skip
    hcpgraph.write("a.toml", '[made-up]\nname = "Made up"\nterms = ["made up"]\n')
    place = Path("full")
    place.mkdir()

    room = f"size={old.stat().st_size + 8192}"
    with mounted(place, "-t", "tmpfs", "-o", room, "none"):
        study = Path(shutil.copy(old, place))
        before = hcpgraph("rank", study, "--format", "csv").stdout
        result = hcpgraph(*[study if word == "{}" else word for word in words])
        after = hcpgraph("rank", study, "--format", "csv").stdout

    assert result.exit_code == 1, result.output
    assert re.search(r"Error: .*disk is full", result.stderr.splitlines()[-1])
    assert after == before


@pytest.mark.slow
def test_it_changes_as_a_study_made_now_does(old, hcpgraph):
    """The same files, imported by today's version, then changed in the same way."""
    fresh = Path("fresh.duckdb")
    made, small = KEPT / "made-from", SMALL
    for name in ("posts-2025-december.jsonl", "followers-01.jsonl", "roster.csv"):
        shutil.copy(small / name, name)
    for path in made.iterdir():
        shutil.copy(path, path.name)
    commands = [
        ["import", "{}", "posts-2025-december.jsonl", "followers-01.jsonl",
         "roster.csv", "split.jsonl", "overlap.csv", "roster-made-up.csv"],
        ["import", "{}", "overlap-2.csv", "--max-rejected", "0.5"],
        ["import", "{}", "other-platform.csv", "--platform", "bluesky"],
        ["areas", "{}", "--add", "areas.toml"],
        ["correct", "{}", "x:501", "--name", "Ines Corrected"],
        ["correct", "{}", "x:503", "--hide"],
        ["correct", "{}", "x:502", "--role", "nurse"],
    ]  # fmt: skip
    for words in commands:
        result = hcpgraph(*[fresh if word == "{}" else word for word in words])
        assert result.exit_code == 0, result.output

    changes = [
        ["import", "{}"], ["remove", "{}", "overlap.csv"],
        ["remove", "{}", "posts-2025-december.jsonl"],
        ["import", "{}", "posts-2025-december.jsonl", "overlap.csv"],
        ["correct", "{}", "x:503", "--show"], ["remove", "{}", "split.jsonl"],
    ]  # fmt: skip
    for change in changes:
        for study in (old, fresh):
            result = hcpgraph(*[study if word == "{}" else word for word in change])
            assert result.exit_code == 0, (change, result.output)
        for words in (["rank"], ["rank", "--area", "all"], ["find", "made"],
                      ["communities"]):  # fmt: skip
            told = [
                sorted(hcpgraph(words[0], study, *words[1:], *CSV).stdout.splitlines())
                for study in (old, fresh)
            ]
            assert told[0] == told[1], (change, words)
        ties = [
            json.loads(hcpgraph("info", study, "--format", "json").stdout)["ties"]
            for study in (old, fresh)
        ]
        assert ties[0] == ties[1], change
