"""What is wrong with a file is said of that file, and the others are imported."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import threading

import pytest

from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study, folders, importing

GOOD = b"source,target\n1,9\n2,9\n"
LONG = b"source,target\n" + b"".join(b"%d,%d\n" % (n, n + 7) for n in range(200_000))
PAGES = b"".join(
    b'{"data": [{"id": "%d", "author_id": "1", "text": "a"}]}\n' % n
    for n in range(30_000)
)
FOLLOW = ImportOptions(layer="follow")


@pytest.fixture
def study(tmp_path):
    return Study(tmp_path / "study.duckdb")


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.csv"
    path.write_bytes(GOOD)
    return path


def damaged(text):
    packed = gzip.compress(text, mtime=0)
    stored = bytearray(gzip.compress(text, compresslevel=0))
    stored[len(stored) * 2 // 3] ^= 1
    return {
        "half": packed[: len(packed) // 2],
        "cut trailer": packed[:-3],
        "checksum": packed[:-8] + b"\0" * 4 + packed[-4:],
        "changed digit": bytes(stored),
        "more behind": packed + b"x",
    }


@pytest.mark.parametrize("text", [LONG, PAGES], ids=["ties", "posts"])
def test_nothing_of_a_damaged_file_stays(study, good, tmp_path, text):
    """Neither the quick way nor the careful one takes a part of it for all."""
    for name, content in damaged(text).items():
        path = tmp_path / f"{name}.gz"
        path.write_bytes(content)

        refused, imported = study.add(path, good, options=FOLLOW)

        assert "is compressed" in refused.error
        assert imported.imported
        study.remove("good.csv")
    assert study.summary()["files"] == []


def test_unusual_members_are_read_whole(study, tmp_path):
    """Padding behind, and a comment in the header, which the database does not read."""
    packed = gzip.compress(PAGES, mtime=0)
    commented = packed[:3] + b"\x10" + packed[4:10] + b"a comment\0" + packed[10:]
    path = tmp_path / "posts.gz"
    path.write_bytes(commented + b"\0" * 1000)

    (report,) = study.add(path)

    assert (report.read, report.accepted) == (30_000, 30_000)


def test_a_file_that_changes_meanwhile_is_refused(study, good, tmp_path, monkeypatch):
    """A download that goes on is not taken for a whole one."""
    path = tmp_path / "growing.csv"
    path.write_bytes(GOOD + b"3,9\n")
    digest = importing._digest

    def grow(file, done):
        found = digest(file, done)
        if file == path:
            with path.open("ab") as stream:
                stream.write(b"4,9\n")
        return found

    monkeypatch.setattr(importing, "_digest", grow)

    refused, imported = study.add(path, good, options=FOLLOW)

    assert refused.error.startswith("changed while it was read")
    assert imported.imported


@pytest.mark.parametrize("moment", ["describe", "_digest"])
def test_a_file_that_vanishes_is_said(study, good, tmp_path, monkeypatch, moment):
    """After it was listed, or while it is read."""
    path = tmp_path / "gone.csv"
    path.write_bytes(GOOD + b"3,9\n")
    place = importing.importers if moment == "describe" else importing
    step = getattr(place, moment)

    def vanish(file, *rest):
        if file == path:
            path.unlink(missing_ok=True)
        return step(file, *rest)

    monkeypatch.setattr(place, moment, vanish)

    refused, imported = study.add(path, good, options=FOLLOW)

    assert "No such file" in refused.error
    assert imported.imported


def test_names_no_system_takes_are_said(study, good, tmp_path):
    """Too long, or with a NUL inside."""
    long, broken, imported = study.add(
        tmp_path / ("x" * 300), tmp_path / "a\0b", good, options=FOLLOW
    )

    assert "too long" in long.error
    assert broken.error.startswith("cannot be read")
    assert imported.imported


def test_a_folder_that_may_not_be_entered_is_named(study, good, tmp_path, monkeypatch):
    """Its siblings are imported; nothing is passed over without a word."""
    shut = tmp_path / "in" / "shut"
    shut.mkdir(parents=True)
    good.rename(tmp_path / "in" / "good.csv")
    (tmp_path / "in" / "nowhere.csv").symlink_to(tmp_path / "missing")
    (tmp_path / "in" / "far").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "pipe")
    scandir = os.scandir

    def refuse(path):
        if str(path) == str(shut):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(folders.os, "scandir", refuse)

    reports = study.add(tmp_path / "in", options=FOLLOW)

    assert {r.path.name: r.error or r.notes or "imported" for r in reports} == {
        "far": (folders._LINKED,),
        "good.csv": "imported",
        "nowhere.csv": "cannot be read: No such file or directory",
        "pipe": (folders._NO_FILE,),
        "shut": "cannot be read: Permission denied",
    }


def test_a_pipe_is_read_and_keeps_its_name(study, tmp_path):
    """What comes through is what a file would have given, digest and all."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(GOOD),))
    writer.start()

    (report,) = study.add(pipe, options=FOLLOW)
    writer.join()

    assert report.accepted == 2
    assert [entry["path"] for entry in study.summary()["files"]] == [str(pipe)]


def test_a_dash_is_what_comes_in(study, tmp_path, monkeypatch):
    """As other programs understand it."""
    (tmp_path / "in.csv").write_bytes(GOOD)
    with (tmp_path / "in.csv").open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)

        (report,) = study.add("-", options=FOLLOW)

    assert (str(report.path), report.accepted) == ("-", 2)


@pytest.mark.parametrize("name", ["-", "/dev/zero"])
def test_what_never_ends_or_is_not_there_is_refused(study, good, monkeypatch, name):
    """A device, and an input that is no file."""
    monkeypatch.setattr("sys.stdin", io.StringIO("source,target\n"))

    refused, imported = study.add(name, good, options=FOLLOW)

    assert refused.error
    assert imported.imported


def test_json_nested_deep_is_no_reason_to_stop(study, good, tmp_path):
    """In a document and in a line, whole or beside posts that can be read."""
    deep = "[" * 5000 + "]" * 5000
    post = {"id": "1", "author_id": "2", "text": "a"}
    contents = {
        "bare": deep,
        "object": '{"a":' * 5000 + "1" + "}" * 5000,
        "document": f'{{\n"data": {deep}\n}}',
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    beside = tmp_path / "beside"
    beside.write_text(
        "\n".join([json.dumps(post), f'{{"id": "3", "author_id": "4", "x": {deep}}}'])
    )

    *refused, read, imported = study.add(
        *(tmp_path / name for name in contents), beside, good, options=FOLLOW
    )

    assert all(report.error for report in refused)
    assert read.accepted == 2
    assert imported.imported
