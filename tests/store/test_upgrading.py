"""Studies of earlier versions: read as they are, upgraded whole, or left alone."""

from __future__ import annotations

import csv
import gzip
import json
import resource
from pathlib import Path

import duckdb
import pytest

from hcpgraph.errors import FullDisk, StoreError
from hcpgraph.model.files import ImportOptions
from hcpgraph.store import Store, schema
from hcpgraph.study import Study

STUDIES = Path(__file__).parent / "studies"
VERSIONS = sorted(path.name for path in STUDIES.iterdir())

# Versions that nobody has written yet.
LATER = (
    ("create table later (account integer)",),
    ("insert into later (account) select account from account",),
)


@pytest.fixture(params=VERSIONS)
def old(request, tmp_path):
    """A study that an earlier version wrote, and what that version said of it."""
    path = tmp_path / "study.duckdb"
    packed = STUDIES / request.param / "study.duckdb.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return Study(path), STUDIES / request.param / "answers"


@pytest.fixture
def later(monkeypatch):
    """This hcpgraph is two versions further."""
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS + LATER)
    return len(schema.MIGRATIONS)


def version(study):
    with duckdb.connect(str(study.path), read_only=True) as connection:
        return connection.execute("select version from study").fetchall()[0][0]


# Ties of an account to itself, which version 1 kept and counted, and no list reads.
SELF_TIES = {"version-1": ("mention", "asthma", 1)}


def counts(study, *, version=None):
    """What is counted, without the ties to oneself that *version* counted."""
    summary, areas = study.summary(), study.areas(every=True).columns
    if version in SELF_TIES:
        layer, area, many = SELF_TIES[version]
        summary["ties"][layer] -= many
        areas["ties"][areas["slug"].index(area)] -= many
    return summary, areas


def answers(study):
    """What the commands that read say."""
    return (
        study.rank(top=50).table.columns,
        study.communities().table.columns,
        study.find("made", most=50).columns,
        study.rejects().columns,
    )


def test_an_old_study_is_read_as_it_stands_and_as_upgraded(old):
    """The same answers before the upgrade and after; reading changes nothing."""
    study, said = old
    content = study.path.read_bytes()
    before, counted = answers(study), counts(study, version=said.parent.name)
    assert study.path.read_bytes() == content

    study.add()

    assert version(study) == len(schema.MIGRATIONS)
    assert answers(study) == before
    assert counts(study) == counted


def test_an_upgraded_study_says_what_the_version_said_that_wrote_it(old):
    """Accounts, posts, files and who is listed: nothing is lost on the way."""
    study, said = old
    study.add()

    info = json.loads((said / "info.json").read_text(encoding="utf-8"))
    found = study.summary()
    for fact in ("accounts", "placeholders", "posts", "platforms"):
        assert found[fact] == info[fact], fact
    # areas of files are known from version 3 on
    assert found["files"] == [{"area": None, **file} for file in info["files"]]
    # roles of whoever may not be listed are told no more
    assert sum(found["roles"].values()) == sum(info["roles"].values())
    with (said / "rank.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"] for row in csv.DictReader(file)}
    assert set(study.rank("breast-cancer").table["id"]) == listed


def test_an_upgraded_study_takes_files_in_and_gives_them_back(old, later, tmp_path):
    """What works on a new study works on an old one."""
    study, _ = old
    path = tmp_path / "ties.csv"
    path.write_text("source,target\n501,502\n", encoding="utf-8")
    study.add()
    before = study.summary()

    [report] = study.add(path, options=ImportOptions(layer="nomination", platform="x"))

    assert report.accepted == 1
    assert version(study) == later
    study.remove(path)
    assert study.summary() == before


@pytest.mark.parametrize("how", ["remove", "correct", "areas"])
def test_whatever_writes_upgrades(old, later, how, tmp_path):
    """Nobody must import something for it."""
    study, _ = old
    areas = tmp_path / "areas.toml"
    areas.write_text('[gout]\nname = "Gout"\nterms = ["gout"]\n', encoding="utf-8")

    if how == "remove":
        study.remove("overlap.csv")
    elif how == "correct":
        study.correct("501", role="nurse")
    else:
        study.add_vocabulary(areas)

    assert version(study) == later


def test_a_full_disk_leaves_the_old_version(old, monkeypatch):
    """All steps or none: there was room for the first and not for the second."""
    study, _ = old
    many = (
        *LATER,
        ("create table big as select range || 'x' as big from range(3000000)",),
    )
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS + many)
    before = version(study)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = study.path.stat().st_size + 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(FullDisk, match="disk is full"):
            study.add()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert version(study) == before
    assert study.summary()["accounts"] > 0


def test_a_study_too_old_to_be_read_says_what_upgrades_it(old, later, monkeypatch):
    """One line, with the command; after that it is read."""
    study, _ = old
    monkeypatch.setattr(schema, "READABLE", later)

    with pytest.raises(StoreError) as caught:
        study.summary()

    assert str(caught.value) == (
        f"{study.path}: an older hcpgraph wrote this study; upgrade it:"
        f" hcpgraph import {study.path}"
    )
    study.add()
    assert study.summary()["accounts"] > 0


def test_a_study_that_was_left_without_areas_gets_them(tmp_path):
    """Version 0.1.0 could die before it wrote them; any import makes that good."""
    path = tmp_path / "study.duckdb"
    Store.open(path, write=True).__exit__(None, None, None)
    assert not Study(path).areas(every=True)["slug"]
    ties = tmp_path / "ties.csv"
    ties.write_text("follower,followed\n1,2\n", encoding="utf-8")

    Study(path).add(ties)

    assert "breast-cancer" in Study(path).areas(every=True)["slug"]


def test_a_vocabulary_of_ones_own_is_not_written_over(old, tmp_path):
    """Only a study without any vocabulary gets the built-in one."""
    study, _ = old
    before = study.areas(every=True).columns

    study.add()

    found = study.areas(every=True).columns
    assert {**found, "ties": ()} == {**before, "ties": ()}
