"""The trail is written before outputs, by one writer at a time, whatever happens."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hcpgraph.errors import OutputError, TrailError
from hcpgraph.policy import Key, trail, trail_check
from hcpgraph.store import TrailFile
from hcpgraph.study import Study, trailing
from tests.study.trail_writer import IDENTITY, KEY, facts

ROOT = Path(__file__).parents[2]
BUDGET = 0.005  # seconds an entry may take


def checked(study, key=KEY):
    return trail_check.check(*TrailFile(study).read(), key, trailing.starts(IDENTITY))


def writer(study, count, moment=-1):
    words = [sys.executable, "-m", "tests.study.trail_writer", study, count, moment]
    return subprocess.Popen(list(map(str, words)), cwd=ROOT, stdout=subprocess.PIPE)


@pytest.fixture
def path(tmp_path):
    """A study that need not be there."""
    return tmp_path / "s.duckdb"


def test_eight_writers_keep_one_chain(path):
    """Processes that write at once wait for each other; no entry is lost."""
    writers = [writer(path, 25) for _ in range(8)]
    assert [one.wait() for one in writers] == [0] * 8
    for one in writers:
        one.stdout.close()
    found = checked(path)
    assert (found.entries, found.findings, found.interrupted) == (200, (), False)


def test_a_writer_that_is_killed_anywhere_leaves_a_trail_that_goes_on(path):
    """No state in between is accused, and the next entry follows."""
    with writer(path, 1, 10**6) as first:
        calls = int(first.stdout.read())
    assert calls >= 8
    for moment in range(calls):
        before = checked(path).entries
        with writer(path, 1, moment) as one:
            assert one.wait() == -9
        found = checked(path)
        assert found.findings == (), moment
        assert found.entries in {before, before + 1}
        trailing.append(path, facts("next"), KEY, IDENTITY)
        after = checked(path)
        assert (after.findings, after.interrupted) == ((), False)
        assert after.entries == found.entries + 1
    assert not list(path.parent.glob("*.part"))


def test_a_part_of_an_entry_is_cut_and_a_whole_one_kept(path):
    """Wherever the power went off while the line was written."""
    trailing.append(path, facts(), KEY, IDENTITY)
    file = TrailFile(path)
    lines, head = file.path.read_bytes(), trail.read_head(file.head_path.read_bytes())
    line = trail.sealed(facts("cut"), head, KEY)
    pending = head.before(trail.digest_of(trail.entry_of(line[:-1]))).line(KEY)
    for part in (*range(0, len(line), 40), len(line) - 1, len(line)):
        file.path.write_bytes(lines + line[:part])
        file.head_path.write_bytes(pending)
        assert (checked(path).findings, checked(path).interrupted) == ((), True)
        trailing.append(path, facts("next"), KEY, IDENTITY)
        assert (checked(path).findings, checked(path).interrupted) == ((), False)
        assert checked(path).entries == (3 if part == len(line) else 2)


def limited(study, room):
    """Append within so many bytes a file, in a process of its own."""
    code = (
        "import resource, sys; from pathlib import Path;"
        "from tests.study.trail_writer import *;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
        "trailing.append(Path(sys.argv[1]), facts(), KEY, IDENTITY)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(study)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_full_disk_leaves_no_part_of_an_entry(path):
    """It is refused in one line, and the trail is as it was."""
    for _ in range(3):
        trailing.append(path, facts(), KEY, IDENTITY)
    size = TrailFile(path).path.stat().st_size
    for room in (size, size + 1, size + 100, 10):
        done = limited(path, room)
        assert done.returncode == 1
        assert "TrailError: audit trail" in done.stderr
        assert "File too large" in done.stderr
        found = checked(path)
        assert (found.entries, found.findings) == (3, ())
    trailing.append(path, facts(), KEY, IDENTITY)
    assert (checked(path).entries, checked(path).findings) == (4, ())


def test_a_damaged_trail_is_not_continued(path):
    """Else the next entry would hide the damage."""
    for _ in range(2):
        trailing.append(path, facts(), KEY, IDENTITY)
    file = TrailFile(path)
    lines, head = file.path.read_bytes(), file.head_path.read_bytes()
    for damaged, its_head in (
        (lines[:-1], head),
        (lines + lines, head),
        (lines, b"{}"),
        (lines, None),
        (b"", head),
    ):
        file.path.write_bytes(damaged)
        file.head_path.unlink(missing_ok=True)
        if its_head is not None:
            file.head_path.write_bytes(its_head)
        with pytest.raises(TrailError, match="changed since the last entry; see: hcp"):
            trailing.append(path, facts(), KEY, IDENTITY)
        assert file.path.read_bytes() == damaged


def test_another_key_does_not_continue_a_trail(path):
    """People would have two hashes, and no key would verify all of it."""
    trailing.append(path, facts(), KEY, IDENTITY)
    with pytest.raises(TrailError, match="written with another key; give that one"):
        trailing.append(path, facts(), Key(b"f" * 32), IDENTITY)
    trailing.append(path, facts(), None, IDENTITY)
    assert checked(path).unkeyed == (2,)


def test_names_of_outputs_are_withheld_and_the_chain_goes_on(path):
    """Not a byte of the name stays in the trail."""
    for name in ("leaders.csv", "Zoë «Zola» \\ quill.html", "leaders.csv"):
        trailing.append(path, facts(path=name), KEY, IDENTITY)
    assert trailing.withhold(path, lambda name: "Zola" in name) == 1
    assert trailing.withhold(path, lambda name: "Zola" in name) == 0
    assert b"Zola" not in TrailFile(path).path.read_bytes()
    trailing.append(path, facts(), KEY, IDENTITY)
    assert (checked(path).entries, checked(path).findings) == (4, ())


def test_withholding_where_there_is_no_trail_makes_none(path):
    """Nothing was written out, so nothing names anybody."""
    assert trailing.withhold(path, bool) == 0
    assert list(path.parent.iterdir()) == []


def test_a_trail_is_that_of_the_study_behind_a_link(path):
    """One study has one trail, whatever it is called."""
    path.touch()
    link = path.with_name("link.duckdb")
    link.symlink_to(path)
    trailing.append(link, facts(), KEY, IDENTITY)
    trailing.append(path, facts(), KEY, IDENTITY)
    assert checked(link).entries == checked(path).entries == 2


def test_an_entry_takes_less_than_five_milliseconds(path):
    """The quickest of many; on this disk, down to it."""
    for _ in range(300):
        trailing.append(path, facts(), KEY, IDENTITY)
    times = []
    for _ in range(30):
        start = time.perf_counter()
        trailing.append(path, facts(), KEY, IDENTITY)
        times.append(time.perf_counter() - start)
    assert min(times) < BUDGET


def entries(study):
    return trail.read_entries(TrailFile(study.path).read()[0] or b"")


def test_reading_leaves_no_entry_and_an_output_one(own, tmp_path):
    """With what is in the file, and a name as it was given."""
    assert own.study.find("dr").names
    assert entries(own.study) == []
    made = own.study.export("nodes", tmp_path / "nodés, β.csv")
    (entry,) = entries(own.study)
    (output,) = entry["outputs"]
    assert output["path"] == str(tmp_path / "nodés, β.csv")
    assert output["sha256"] == trailing.digest(made.path.read_bytes())
    assert entry["command"] == "export nodes"
    assert entry["mac"] is None
    assert entry["people"] == len(named_in(made.path)) > 5
    assert own.study.check_audit().intact


def named_in(path):
    """The ids of those who are named in a table of nodes."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            row["id"]
            for row in csv.DictReader(stream)
            if row["named"].lower() == "true"
        ]


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_no_output_is_written_where_the_trail_cannot_be(own, tmp_path):
    """What was written was trailed."""
    TrailFile(own.study.path).path.mkdir()
    out = tmp_path / "nodes.csv"
    with pytest.raises(TrailError, match=r"Is a directory|Permission denied"):
        own.study.export("nodes", out)
    assert not out.exists()


def test_an_output_that_fails_has_an_entry_that_says_so(own, tmp_path):
    """The first entry says that it was about to be written, the second why not."""
    out = tmp_path / "nodes.csv"
    (tmp_path / "nodes.csv.provenance.json").mkdir()
    with pytest.raises(OutputError):
        own.study.export("nodes", out)
    about, failed = (one["outputs"][0] for one in entries(own.study))
    assert about["path"] == failed["path"] == str(out)
    assert "error" not in about
    assert "it is a folder" in failed["error"]


@pytest.mark.parametrize("end", [".audit.jsonl", ".audit.head"])
def test_no_output_takes_the_place_of_the_trail(own, tmp_path, end):
    """Not even by a link."""
    own.study.export("nodes", tmp_path / "nodes.csv")
    before = entries(own.study)
    link = tmp_path / "link.csv"
    link.symlink_to(own.study.path.with_name(f"{own.study.path.name}{end}"))
    with pytest.raises(OutputError, match="that is the study itself"):
        own.study.export("nodes", link)
    assert entries(own.study) == before


def test_changes_of_people_have_entries(own, tmp_path):
    """Who was imported, corrected, removed: without outputs."""
    new = tmp_path / "new.csv"
    new.write_text(
        "source,target,kind,timestamp\n77001,77002,mention,2025-03-01T10:00:00Z\n"
    )
    assert own.study.add(new)[0].imported
    own.study.correct("77001", role="nurse")
    own.study.remove("new.csv")
    assert [(one["command"], one["people"]) for one in entries(own.study)] == [
        ("import", 0),
        ("correct", 1),
        ("remove", 0),
    ]
    assert own.study.add(tmp_path / "none.csv")[0].error
    assert len(entries(own.study)) == 3
    assert all(one["outputs"] == [] for one in entries(own.study))


def test_who_and_why_are_in_the_entry(own, tmp_path):
    """User, viewer, purpose; people as hashes that nobody without the key can make."""
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef" * 2)
    study = Study(
        own.study.path, viewer="medical", user="ann", purpose="medical", key=key
    )
    study.export("nodes", tmp_path / "nodes.csv")
    (entry,) = entries(study)
    assert [entry[one] for one in ("user", "viewer", "purpose")] == [
        "ann",
        "medical",
        "medical",
    ]
    assert set(entry["people"]) == {
        Key.read(key).digest("account", f"x:{one}")
        for one in named_in(tmp_path / "nodes.csv")
    }
    assert study.check_audit().intact
    assert not Study(own.study.path, key=other_key(tmp_path)).check_audit().intact


def other_key(folder):
    path = folder / "other"
    path.write_bytes(b"f" * 32)
    return path


def test_the_trail_of_another_study_is_found(own, tiny, tmp_path):
    """Identities of studies differ, whatever their files are called."""
    own.study.export("nodes", tmp_path / "nodes.csv")
    moved = own.study.path.with_name("renamed.duckdb")
    for end in ("", ".audit.jsonl", ".audit.head"):
        os.rename(f"{own.study.path}{end}", f"{moved}{end}")
    assert Study(moved).check_audit().intact
    another = Study(tmp_path / "another.duckdb")
    another.add(*tiny.files)
    for end in (".audit.jsonl", ".audit.head"):
        os.replace(f"{moved}{end}", f"{another.path}{end}")
    found = another.check_audit()
    assert "another study" in found.table["finding"][0]


def test_a_study_in_the_place_of_another_goes_on_with_its_trail(own, tmp_path):
    """Outputs of the one before stay on record, and nothing is accused."""
    own.study.export("nodes", tmp_path / "nodes.csv")
    own.study.path.unlink()
    own.study.add(own.folder / "follows.csv")
    own.study.export("nodes", tmp_path / "nodes.csv")
    assert own.study.check_audit().intact
    first, second, third = (one["command"] for one in entries(own.study))
    assert (first, third) == ("export nodes", "export nodes")
    assert second.startswith("import, a new study: ")


def test_lines_are_json(own, tmp_path):
    """Any tool reads them."""
    own.study.export("nodes", tmp_path / "nodes.csv")
    for line in lines_of(TrailFile(own.study.path).path):
        assert tuple(json.loads(line)) == trail.FIELDS
