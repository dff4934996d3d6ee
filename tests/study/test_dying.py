"""Whatever moment a change dies at, the next command finds a whole study."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from hcpgraph.store import schema
from hcpgraph.study import Study
from tests.study.dying import CHANGES, LATER

VERSION_1 = Path(__file__).parent.parent / "store/studies/version-1/study.duckdb.gz"
TIMES = 17  # of one change, spread over the time that it takes
FEW = 12
NEVER = 1_000_000
KNOWN = ("study", "layer", "area", "area_term")  # before any file

# What stood before each change: changes made one after the other, or an old study.
BEFORE = {
    "import": (),
    "import again": ("import",),
    "remove": ("import", "import again"),
    "correct": ("import",),
    "areas": ("import", "import again"),
    "forget": ("import", "import again"),
    "upgrade": "version 1",
}


@pytest.fixture(scope="module")
def dying():
    """Asks for a change that dies at a moment; says whether it did."""
    command = [sys.executable, "-m", "tests.study.dying"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:

        def die(change, moment, path):
            parent.stdin.write(f"{change}\t{moment}\t{path}\n")
            parent.stdin.flush()
            return parent.stdout.readline().split()

        yield die
        parent.stdin.close()


def everything(path):
    """Every row of every table but for the clock's; None if there is no study."""
    if not path.exists():
        return None
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() order by all"
        ).fetchall()
        return {
            name: connection.execute(
                f"select columns(c -> c not in {clocks(name)}) from {name} order by all"
            ).fetchall()
            for (name,) in names
        }


def clocks(table):
    """The columns that say when a row was written."""
    return "('imported_at', 'at')" if table == "suppression" else "('imported_at')"


def made(change, folder):
    """A study as it stands before *change*, if any."""
    path = folder / "study.duckdb"
    if BEFORE[change] == "version 1":
        path.write_bytes(gzip.decompress(VERSION_1.read_bytes()))
        return path
    for earlier in BEFORE[change]:
        CHANGES[earlier](Study(path))
    return path


def opens(path):
    """Whether the commands that read can say what is in the study."""
    return bool(Study(path).summary())


def check(dying, change, folder, moments):
    before_path = made(change, folder)
    before = everything(before_path)
    after_path = folder / "after.duckdb"
    if before is not None:
        shutil.copyfile(before_path, after_path)
    outcome, total = dying(change, NEVER, after_path)
    assert outcome == "done"
    after = everything(after_path)
    assert after != before
    allowed = [before, after]
    if before is None:
        # a study that is there, and waits for its first file
        allowed.append(
            {
                table: [row for row in rows if table in KNOWN and row[-1] != "file"]
                for table, rows in after.items()
            }
        )
    for moment in moments(int(total)):
        path = folder / str(moment) / "study.duckdb"
        path.parent.mkdir()
        if before is not None:
            shutil.copyfile(before_path, path)
        outcome, *_ = dying(change, moment, path)
        assert outcome == "died" or (moment < 0 and outcome == "done")
        found = everything(path)
        assert found in allowed, moment
        assert found is None or found == after or opens(path), moment
        if not (change == "remove" and found == after):  # forget may be repeated
            CHANGES[change](Study(path))
        assert everything(path) == after, moment
        assert not list(path.parent.glob(".study.duckdb.eras*")), moment
        shutil.rmtree(path.parent)
    return int(total)


def few(total):
    """A dozen moments, spread evenly, the last among them."""
    return sorted({round(n * (total - 1) / (FEW - 1)) for n in range(FEW)})


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_dies_has_happened_or_not(dying, change, tmp_path):
    """At a dozen moments: each change is whole or undone, and can be repeated."""
    assert check(dying, change, tmp_path, few) > FEW


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_may_die_at_every_moment(dying, change, tmp_path):
    """The same at every moment: around each statement, commit and end of a file."""
    assert check(dying, change, tmp_path, range) > FEW


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_may_be_killed_at_any_time(dying, change, tmp_path):
    """A hundred times over six changes, be it amid a commit or a checkpoint."""
    spent = []

    def timed(*asked):
        start = time.monotonic()
        answer = dying(*asked)
        spent.append(time.monotonic() - start)
        return answer

    def times(_total):
        return [-int(spent[0] * 1e6 * n / (TIMES + 1)) for n in range(1, TIMES + 1)]

    assert check(timed, change, tmp_path, times) > FEW


def test_an_upgrade_takes_all_steps_or_none(dying, tmp_path, monkeypatch):
    """No moment leaves a study between two versions."""
    path = made("upgrade", tmp_path)
    outcome, total = dying("upgrade", NEVER, path)
    assert outcome == "done"
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS + LATER)
    versions = set()
    for moment in few(int(total)):
        died = made("upgrade", tmp_path)
        Path(f"{died}.wal").unlink(missing_ok=True)
        dying("upgrade", moment, died)
        versions.add(everything(died)["study"][0][0])

    assert versions == {1, len(schema.MIGRATIONS)}
