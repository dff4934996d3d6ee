"""Files come in whole or not at all, and a study of nothing is not left behind."""

from __future__ import annotations

import os
import sys

import pytest

from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study, importing

GOOD = "follower,followed\n1,9\n2,9\n"


@pytest.fixture
def study(tmp_path):
    return Study(tmp_path / "study.duckdb")


def write(folder, name, content=GOOD):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_folder_is_read_in_the_order_of_its_paths(study, tmp_path):
    """Folders inside it too; what begins with a dot is left alone."""
    for name in ("in/b.csv", "in/a/z.csv", "in/.hidden.csv", "in/.git/c.csv"):
        write(tmp_path, name, f"{GOOD}{name},9\n")

    reports = study.add(tmp_path / "in")

    assert [report.path.name for report in reports] == ["z.csv", "b.csv"]
    assert all(report.imported for report in reports)


def test_the_same_bytes_are_imported_once(study, tmp_path):
    """A copy under another name brings nothing, and says which file it is."""
    one, two = write(tmp_path, "one.csv"), write(tmp_path, "two.csv")

    reports = study.add(one, two, one)

    assert [report.accepted for report in reports] == [2, 0, 0]
    assert reports[1].notes[0].startswith(f"already imported as {one}")
    assert len(study.summary()["files"]) == 1


def test_a_study_of_nothing_is_not_made(study, tmp_path):
    """If nothing was imported, there is no file that would pretend."""
    bad = write(tmp_path, "bad.csv", "colour\nred\n")

    reports = study.add(bad)

    assert reports[0].error
    assert not study.path.exists()


def test_an_interrupted_first_import_leaves_no_study(study, tmp_path, monkeypatch):
    """Ctrl-C in the first file of a new study leaves nothing behind."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "add_file", interrupted)

    with pytest.raises(KeyboardInterrupt):
        study.add(write(tmp_path, "one.csv"))

    assert not study.path.exists()


def test_what_was_imported_before_an_interruption_stays(study, tmp_path, monkeypatch):
    """Files are independent: the first is in, the second is not."""
    one = write(tmp_path, "one.csv")
    two = write(tmp_path, "two.csv", "follower,followed\n3,4\n")
    digest = importing._digest

    def interrupted_at_two(path, done):
        if path == two:
            raise KeyboardInterrupt
        return digest(path, done)

    monkeypatch.setattr(importing, "_digest", interrupted_at_two)

    with pytest.raises(KeyboardInterrupt):
        study.add(one, two)

    assert [entry["path"] for entry in study.summary()["files"]] == [str(one)]


def test_progress_is_told_up_to_the_last_byte(study, tmp_path):
    """The bar ends where the file ends."""
    path = write(tmp_path, "one.csv")
    told = []

    study.add(path, progress=lambda *said: told.append(said))

    assert told[-1] == (path, path.stat().st_size, path.stat().st_size)
    assert all(0 <= done <= total for _, done, total in told)


def test_options_say_what_files_do_not(study, tmp_path):
    """Layer, platform and kind of id of a plain table."""
    path = write(tmp_path, "one.csv", "follower,followed\nann,bob\n")
    options = ImportOptions(layer="colleague", platform="linkedin", ids="handle")

    study.add(path, options=options)

    found = study.summary()
    assert found["ties"] == {"colleague": 1}
    assert found["platforms"] == {"linkedin": 2}
    assert found["placeholders"] == 2


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux takes any bytes for a file name"
)
def test_a_name_that_is_no_text_is_refused(study, tmp_path):
    """Stray bytes in a file's name are said, and do not stop the other files."""
    folder = tmp_path / "in"
    write(tmp_path, "in/one.csv")
    with open(os.fsencode(folder) + b"/caf\xe9.csv", "wb") as file:
        file.write(b"follower,followed\n3,4\n")

    refused, imported = study.add(folder)

    assert refused.error == (
        "its name is no UTF-8 text; rename it, or set PYTHONUTF8=1"
    )
    assert imported.imported


def test_whoever_gives_up_does_not_wait_for_a_digest(tmp_path):
    """Ctrl-C in the middle of a long file ends the command, not minutes later."""
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.truncate(10**12)  # nothing but a hole: no disk, but hours to digest

    with pytest.raises(KeyboardInterrupt), importing._digesting(path):
        raise KeyboardInterrupt
