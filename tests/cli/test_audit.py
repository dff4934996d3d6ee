"""The trail as commands leave and list it: everybody in an output, and nobody else."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile

import pytest

from hcpgraph.policy import Key, trail
from hcpgraph.store import TrailFile

SECRET = b"0123456789abcdef" * 2
PEOPLE = {
    "7700000001": ("nina", "Nina Nine", "physician"),
    "7700000002": ("theo", "Theo Three", "nurse"),
    "7700000003": ("tara", "Tara Two", "researcher"),
    "7700000004": ("uma", "Uma Ullman", "physician"),
    "7700000005": ("vito", "Vito Voss", "physician"),
    "7700000006": ("acme", "Acme Inhalers", "company"),
}
TIES = "source,target,kind,timestamp,area\n" + "".join(
    f"{source},{target},{kind},2025-0{month}-01T10:00:00Z,asthma\n"
    for month in range(1, 7)
    for source, target, kind in (
        (7700000002, 7700000001, "mention"),
        (7700000003, 7700000001, "reply"),
        (7700000004, 7700000001, "repost"),
        (7700000004, 7700000002, "mention"),
        (7700000001, 7700000002, "quote"),
        (7700000005, 7700000003, "mention"),
        (7700000006, 7700000001, "mention"),
    )
)
ROSTER = "id,handle,name,role\n" + "".join(
    f"{one},{','.join(who)}\n" for one, who in PEOPLE.items()
)
OUTPUTS = {
    "rank": (["rank", "--top", "3"], "o.csv"),
    "rank as text": (["rank", "--top", "2"], "o.txt"),
    "rank as json": (["rank", "--top", "2"], "o.json"),
    "communities": (["communities"], "o.csv"),
    "prospects": (["prospects", "--known", "known.csv", "--budget", "2"], "o.csv"),
    "find": (["find", "nina"], "o.csv"),
    "explain": (["explain", "@theo"], "o.txt"),
    "explain as json": (["explain", "@tara"], "o.json"),
    "areas": (["areas"], "o.csv"),
    "report": (["report", "--top", "2"], "o.html"),
    "nodes": (["export", "nodes"], "o.csv"),
    "ties": (["export", "ties"], "o.csv"),
    "evidence": (["export", "evidence"], "o.csv"),
    "gexf": (["export", "gexf"], "o.gexf"),
    "graphml": (["export", "graphml"], "o.graphml"),
    "graphology": (["export", "graphology"], "o.json"),
    "xlsx": (["export", "xlsx", "--top", "2"], "o.xlsx"),
}
# what a person is called in pictures, whose bytes cannot be searched
PICTURES = {
    "ranking": {"nina", "theo", "tara", "uma", "vito"},
    "network": {"nina", "theo", "tara", "uma", "vito"},
    "backtest": set(),
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A study of six accounts with ids that nothing else looks like."""
    from tests.cli.conftest import Command  # noqa: PLC0415 - as its fixtures do

    made = Command(tmp_path_factory.mktemp("six"))
    files = [made.write("ties.csv", TIES), made.write("roster.csv", ROSTER)]
    result = made("import", made.study, *files)
    assert result.exit_code == 0, result.output
    for end in (".audit.jsonl", ".audit.head"):  # of a study that is copied
        made.study.with_name(f"{made.study.name}{end}").unlink()
    return made.study


@pytest.fixture
def run(hcpgraph, imported, monkeypatch):
    """Commands on a copy of that study, with a key."""
    monkeypatch.chdir(hcpgraph.folder)
    key = hcpgraph.write("key", SECRET)
    monkeypatch.setenv("HCPGRAPH_KEY_FILE", str(key))
    hcpgraph.write("known.csv", "id\n7700000004\n")
    shutil.copyfile(imported, hcpgraph.study)

    def asked(*words, code=0):
        name, *rest = words
        result = hcpgraph(name, hcpgraph.study.name, *rest)
        assert result.exit_code == code, result.output
        return result

    asked.study = hcpgraph.study
    asked.folder = hcpgraph.folder
    return asked


def entries(run):
    return trail.read_entries(TrailFile(run.study).read()[0] or b"")


def named(entry):
    """The ids of the people of an entry, by their hashes."""
    hashes = {Key(SECRET).digest("account", f"x:{one}"): one for one in PEOPLE}
    return {hashes[one] for one in entry["people"]}


def text_of(path):
    """All text of an output, also of a workbook's sheets."""
    content = path.read_bytes()
    if path.suffix != ".xlsx":
        return content.decode().lower()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(n).decode() for n in book.namelist()).lower()


@pytest.mark.parametrize(("words", "name"), OUTPUTS.values(), ids=OUTPUTS)
def test_everybody_in_an_output_is_in_its_entry(run, words, name):
    """By id, handle or name; and nobody else is."""
    run(*words, "-o", name)

    (entry,) = entries(run)
    said = text_of(run.folder / name)
    shown = {
        one
        for one, (handle, called, _) in PEOPLE.items()
        if one in said or f"@{handle}" in said or called.lower() in said
    }
    assert named(entry) == shown
    assert [one["path"] for one in entry["outputs"]] == [name]
    assert entry["command"] == " ".join(
        words[:2] if words[0] == "export" else words[:1]
    )


@pytest.mark.parametrize(("kind", "handles"), PICTURES.items(), ids=PICTURES)
def test_everybody_on_a_picture_is_in_its_entry(run, kind, handles):
    """Whoever is written on it, as far as there is room."""
    code = 1 if kind == "backtest" else 0  # too short a past
    run("figure", kind, "-o", "o.svg", code=code)

    on_it = {PEOPLE[one][0] for entry in entries(run) for one in named(entry)}
    assert on_it <= handles
    assert bool(on_it) == bool(handles)


def test_reading_leaves_no_entry(run):
    """On screen, or through a shell into a file: nothing was written out."""
    for words in (["rank"], ["rank", "-o", "-"], ["explain", "@nina"], ["audit"]):
        run(*words)
    assert entries(run) == []
    assert not TrailFile(run.study).path.exists()


def test_the_trail_says_who_saw_a_person_also_once_she_is_gone(run):
    """By id and by handle, as a table, as CSV and as JSON."""
    run("rank", "--top", "1", "-o", "one.csv", "--user", "ann")
    run("find", "theo", "-o", "two.csv", "--user", "bob", "--purpose", "medical")
    for person in ("7700000001", "x:7700000001", "@nina", "@NINA", "x:@nina"):
        shown = run("audit", "--person", person, "--format", "json").stdout
        assert [row["outputs"] for row in json.loads(shown)] == ["one.csv"]
    run("remove", "ties.csv")
    run("remove", "roster.csv")
    shown = run("audit", "--person", "x:7700000001", "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(shown))
    assert (row["user"], row["viewer"], row["people"]) == ("ann", "medical", "1")


def test_a_person_who_was_erased_is_found_by_another_name(run):
    """One entry of ``forget`` a person holds all hashes that the person had."""
    from hcpgraph.model.access import Access  # noqa: PLC0415 - of this test alone
    from hcpgraph.study import Study, trailing  # noqa: PLC0415 - likewise

    run("rank", "--top", "1", "-o", "one.csv")
    key = Key(SECRET)
    hashes = [key.digest("account", text) for text in ("x:7700000001", "x:@nina")]
    with Study(run.study).opened() as opened:
        identity = opened.store.read_identity()
    trailing.record_erased(run.study, Access(), identity, hashes)
    run("remove", "ties.csv")
    run("remove", "roster.csv")
    shown = json.loads(run("audit", "--person", "@nina", "--format", "json").stdout)
    assert [row["command"] for row in shown] == ["rank", "forget"]
    assert run("audit", "--verify").exit_code == 0


def test_people_are_listed_one_by_one(run):
    """With id and name where the policy lets them be listed; else the hash alone."""
    run("find", "n", "-o", "some.csv")
    run("correct", "@vito", "--hide")
    shown = json.loads(run("audit", "--people", "--format", "json").stdout)
    names = {row["name"] for row in shown if row["command"] == "find"}
    assert names <= {who[1] for who in PEOPLE.values()} | {None}
    assert "Vito" not in json.dumps(shown)
    (hidden,) = [row for row in shown if row["command"] == "correct"]
    assert hidden["id"] is None
    assert hidden["person"] == Key(SECRET).digest("account", "x:7700000005")


def test_entries_are_chosen_by_time_user_and_viewer(run):
    """Each filter leaves out what does not fit."""
    run("rank", "-o", "one.csv", "--user", "ann")
    run("rank", "-o", "two.csv", "--user", "bob")

    def outputs(*words):
        shown = run("audit", *words, "--format", "json").stdout
        return [row["outputs"] for row in json.loads(shown)]

    assert outputs() == ["one.csv", "two.csv"]
    assert outputs("--by-user", "bob") == ["two.csv"]
    assert outputs("--viewer", "sales") == []
    assert outputs("--viewer", "medical") == ["one.csv", "two.csv"]
    assert outputs("--until", "2020-01-01") == []
    assert outputs("--since", "2020-01-01") == ["one.csv", "two.csv"]


def test_verify_says_which_entry_and_exits_1(run):
    """In one line; the list of findings goes to stdout."""
    run("rank", "-o", "one.csv", "--user", "ann")
    run("rank", "-o", "two.csv", "--user", "ann")
    run("rank", "-o", "three.csv", "--user", "ann")
    assert "3 entries, the last with digest" in run("audit", "--verify").stderr
    path = TrailFile(run.study).path
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b'"ann"', b'"bob"') + lines[2])
    result = run("audit", "--verify", "--format", "csv", code=1)
    assert (
        "not as it was written: entry 2: its HMAC is not by this key" in result.stderr
    )
    assert {row["entry"] for row in csv.DictReader(io.StringIO(result.stdout))} == {
        "2",
        "3",
    }
    path.write_bytes(lines[0] + lines[1])
    result = run("audit", "--verify", code=1)
    assert "the end was cut: the head counts 3 entries, there are 2" in result.stderr
    refused = run("rank", "-o", "four.csv", code=1)
    assert "changed since the last entry; see: hcpgraph audit" in refused.stderr
    assert not (run.folder / "four.csv").exists()
    path.write_bytes(whole)
    run("rank", "-o", "four.csv")
    run("audit", "--verify")


def test_what_cannot_be_checked_is_said(run, monkeypatch):
    """Without the key: entries without an HMAC, HMACs that nobody checked."""
    run("rank", "-o", "one.csv")
    monkeypatch.delenv("HCPGRAPH_KEY_FILE")
    run("rank", "-o", "two.csv")
    said = run("audit", "--verify").stderr
    assert "1 of 2 entries carry no HMAC, as no key was given: 2" in said
    assert "the head carries no HMAC" in said
    assert "HMACs were not checked" in said
    assert "1 entries have the number of people alone" in run("audit").stderr
    for words in (["--person", "@nina"], ["--people"]):
        assert "name the file of the key" in run("audit", *words, code=1).stderr
    assert "of the whole trail" in run("audit", "--verify", "--people", code=2).stderr


def test_a_study_without_a_trail_has_none_and_says_so(run):
    """Nothing was written out, and nothing is wrong."""
    assert "there is no trail" in run("audit").stderr
    assert "there is no trail" in run("audit", "--verify").stderr


def test_names_of_outputs_that_call_who_may_not_be_listed_are_not_kept(run):
    """Nor are the words that were typed for a person."""
    run("correct", "@vito", "--hide")
    run("rank", "-o", "vito-voss.csv")
    run("audit", "--person", "@vito", "-o", "seen.csv")
    kept = TrailFile(run.study).path.read_text(encoding="utf-8").lower()
    assert "vito" not in kept
    beside = (run.folder / "seen.csv.provenance.json").read_text(encoding="utf-8")
    assert "vito" not in beside.lower()
    run("audit", "--verify")


def test_devices_and_pipes_have_entries(run):
    """What goes through them was written out, too."""
    run("rank", "--top", "1", "-o", "/dev/null", "--format", "csv")
    (entry,) = entries(run)
    assert entry["outputs"][0]["path"] == "/dev/null"
    assert len(entry["people"]) == 1
