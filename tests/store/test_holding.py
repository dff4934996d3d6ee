"""One program, several threads: a study that is open stays locked against others."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import duckdb
import pytest

from hcpgraph.errors import LockedStudy
from hcpgraph.model.files import ImportOptions
from hcpgraph.store import Store, holding
from hcpgraph.study import Study

OTHER = """
import sys
import duckdb
try:
    duckdb.connect(sys.argv[1])
except duckdb.Error as error:
    sys.exit(0 if "lock" in str(error) else str(error))
sys.exit("another program has it as well")
"""


@pytest.fixture
def study(tmp_path):
    """A small study, and a file that is not in it."""
    found = Study(tmp_path / "s.duckdb")
    for name in ("a", "b"):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"source,target,kind\n{name}1,{name}2,mention\n", "utf-8")
    found.add(tmp_path / "a.csv", options=ImportOptions(ids="handle"))
    return found


def assert_locked(path):
    """Another program does not get in."""
    asked = [sys.executable, "-c", OTHER, str(path)]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_a_look_by_another_thread_keeps_the_lock(study):
    """It is told who has the study, and others are kept out as before."""
    with Store.open(study.path, write=True), ThreadPoolExecutor(1) as other:
        for ask in (study.summary, study.areas, lambda: study.add(study.path)):
            with pytest.raises(LockedStudy, match="this program has the study open"):
                other.submit(ask).result()
        assert_locked(study.path)


@pytest.mark.parametrize("name", ["s.duckdb", "link.duckdb", "hard.duckdb", ""])
def test_a_study_is_not_read_as_an_export_of_itself(name, study, monkeypatch):
    """Under none of its names, nor in a folder: who reads it gives its lock away."""
    folder = study.path.parent
    (folder / "link.duckdb").symlink_to(study.path)
    os.link(study.path, folder / "hard.duckdb")
    told = []
    let_go = holding.let_go

    def check(connection):
        if connection in holding._held and holding._held[connection].write:
            assert_locked(study.path)
            told.append(connection)
        let_go(connection)

    monkeypatch.setattr(holding, "let_go", check)
    reports = study.add(folder / name)

    assert told
    found = {one.path.name: one for one in reports}
    for alias in [name] if name else ["s.duckdb", "link.duckdb", "hard.duckdb"]:
        said = (found[alias].error, *found[alias].notes)
        assert any(one and "is a study that is open" in one for one in said), said


def test_two_threads_never_write_at_once(study):
    """One is told that the other has the study, under whatever name it is known."""
    alias = study.path.with_name("alias.duckdb")
    os.link(study.path, alias)
    with Store.open(study.path, write=True):
        for path in (study.path, alias):
            with pytest.raises(LockedStudy, match="this program has the study open"):
                Store.open(path, write=True)


def test_threads_read_together_and_keep_others_from_writing(study):
    """The last of them gives the lock back."""
    with Store.open(study.path) as one:
        with Store.open(study.path) as two:
            assert one.summarise() == two.summarise()
        assert_locked(study.path)
    with Store.open(study.path, write=True):
        pass


def test_a_forgotten_store_is_closed(study):
    """Whose names are gone holds nothing."""
    forgotten = Store.open(study.path, write=True)
    del forgotten

    assert not holding.is_held(study.path)
    with Store.open(study.path, write=True):
        pass


def test_what_cannot_be_opened_is_not_held(study):
    """A refusal leaves nothing behind that would keep others away."""
    study.path.write_bytes(study.path.read_bytes()[:5000])
    for write in (True, False):
        with pytest.raises(Exception, match="damaged"):
            Store.open(study.path, write=write)

    assert not holding.is_held(study.path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_holds_nothing_of_its_parent(study):
    """It has no lock of the parent's, and is kept out as any other program."""
    with Store.open(study.path, write=True):
        child = os.fork()
        if child == 0:
            os._exit(int(holding.is_held(study.path)))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.slow
def test_threads_and_programs_that_meet_lose_nothing(study, tmp_path):
    """Two threads beside two programs of two threads: whatever one says is in, is."""
    script = (
        "import sys; from pathlib import Path;"
        "from hcpgraph.study import Study; from tests.store.test_holding import drive;"
        "print(*drive(Study(sys.argv[1]), [Path(x) for x in sys.argv[2:]]), sep='\\n')"
    )
    parts = [[tmp_path / f"{who}-{i}.csv" for i in range(6)] for who in range(3)]
    for path in (one for part in parts for one in part):
        row = f"{path.stem},{path.stem}x,mention"
        path.write_text(f"source,target,kind\n{row}\n", "utf-8")
    others = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(study.path), *map(str, part)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for part in parts[1:]
    ]  # fmt: skip
    said = {str(path) for path in drive(study, parts[0])}
    for other in others:
        out, err = other.communicate(timeout=500)
        assert other.returncode == 0, err
        said |= set(out.split())

    assert said == {str(path) for part in parts for path in part}
    assert {one["path"] for one in study.summary()["files"]} >= said
    with duckdb.connect(str(study.path), read_only=True) as connection:
        count = connection.execute(
            "select count(distinct account), count(*) from account"
        )
        assert count.fetchall() == [(2 * 19, 2 * 19)]


def drive(study, files):
    """Import the files, half of them from either of two threads, which also ask."""
    told = []

    def work(half):
        while half:
            with suppress(LockedStudy):
                study.summary()
                reports = study.add(half[-1], options=ImportOptions(ids="handle"))
                told.append(reports[0].path)
                half.pop()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, (files[::2], files[1::2])))
    return told
