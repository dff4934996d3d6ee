"""Opening a study, and everything that can be wrong with its file."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time

import duckdb
import numpy as np
import pytest

from hcpgraph.errors import FullDisk, LockedStudy, NewerStudy, NotAStudy
from hcpgraph.model.files import RowType
from hcpgraph.store import Store, making
from hcpgraph.store.connection import connect, disconnect
from hcpgraph.store.schema import MIGRATIONS
from tests.store.rows import tie

TIES = [tie("1", "2"), tie("2", "3", "follow")]


def test_a_study_that_is_not_there_is_not_made_by_reading(tmp_path):
    """A slip in a path makes no empty file."""
    path = tmp_path / "study.duckdb"

    with pytest.raises(NotAStudy, match="no such study"):
        Store.open(path)

    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"source,target\n1,2\n", b"SQLite format 3\x00" + bytes(100), bytes(4096)],
    ids=["empty", "csv", "sqlite", "zeros"],
)
def test_other_files_are_refused_and_left_alone(tmp_path, content):
    """Naming the wrong file costs nothing but a line."""
    path = tmp_path / "other"
    path.write_bytes(content)

    for write in (False, True):
        with pytest.raises(NotAStudy, match="no study"):
            Store.open(path, write=write)

    assert path.read_bytes() == content


def test_a_folder_is_refused(tmp_path):
    """A study is one file."""
    with pytest.raises(NotAStudy, match="folder"):
        Store.open(tmp_path, write=True)


def test_a_missing_folder_is_named(tmp_path):
    """Folders are the user's to make."""
    with pytest.raises(NotAStudy, match="there is no folder"):
        Store.open(tmp_path / "nowhere" / "study.duckdb", write=True)


def test_somebody_elses_database_is_refused(tmp_path):
    """A DuckDB file of another program is not filled with our tables."""
    path = tmp_path / "sales.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("create table sales (amount integer)")

    with pytest.raises(NotAStudy, match="not one that hcpgraph made"):
        Store.open(path, write=True)


def test_a_query_finds_tables_and_no_variables(tmp_path):
    """What a caller happens to call a variable changes no answer."""
    study = {"version": np.array([1])}

    with (
        connect(tmp_path / "study.duckdb", write=True) as connection,
        pytest.raises(duckdb.CatalogException, match="study does not exist"),
    ):
        connection.execute("select version from study")

    assert study


def test_a_study_of_a_newer_hcpgraph_is_refused(exports):
    """An old version never guesses at tables it does not know."""
    exports.add("a", RowType.TIES, ties=TIES)
    with duckdb.connect(str(exports.study)) as later:
        later.execute("update study set version = ?", [len(MIGRATIONS) + 1])

    for write in (False, True):
        with pytest.raises(NewerStudy, match=r"newer hcpgraph.*upgrade"):
            Store.open(exports.study, write=write)


def test_a_damaged_study_is_refused_in_one_line(exports):
    """A broken file is named as such, not as a traceback."""
    exports.add("a", RowType.TIES, ties=TIES)
    content = bytearray(exports.study.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    exports.study.write_bytes(content)

    with pytest.raises(NotAStudy) as caught:
        Store.open(exports.study)

    assert "\n" not in str(caught.value)


HOLD = """
import sys, time
from pathlib import Path
from hcpgraph.store import Store, making
from hcpgraph.store.connection import connect, disconnect
with Store.open(Path(sys.argv[1]), write=True):
    print("open", flush=True)
    time.sleep(60)
"""


def test_a_study_held_by_another_process_says_by_whom(exports):
    """The message names the process to wait for."""
    exports.add("a", RowType.TIES, ties=TIES)
    command = [sys.executable, "-c", HOLD, str(exports.study)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        holder.stdout.readline()
        try:
            for write in (False, True):
                with pytest.raises(LockedStudy, match=f"process {holder.pid}"):
                    Store.open(exports.study, write=write)
        finally:
            holder.kill()


def test_readers_share_a_study(exports):
    """Two notebooks may look at one study at once."""
    exports.add("a", RowType.TIES, ties=TIES)

    with Store.open(exports.study) as one, Store.open(exports.study) as other:
        assert one.summarise() == other.summarise()


IMPORT_FOR_EVER = """
import sys
from dataclasses import replace
from pathlib import Path
from hcpgraph.model.files import RowType
from hcpgraph.store import Store, making
from hcpgraph.store.connection import connect, disconnect
from tests.store.rows import NO_LABELS, Exports
exports = Exports(Path(sys.argv[1]))
arrival = exports.arrival("big", RowType.TIES, ties=[])
many = (
    "select i as line, true as record, i::varchar as source_id,"
    " null as source_handle, (i + 1)::varchar as target_id, null as target_handle,"
    " 'mention' as layer, null as at, null as post_id, 1::double as weight,"
    " null as area, null as refers_to from range(2000000) t(i)"
)
description = replace(arrival.description, queries={RowType.TIES: many})
with Store.open(exports.study, write=True) as store:
    print("open", flush=True)
    store.import_file(replace(arrival, description=description), NO_LABELS)
    print("done", flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill", "ctrl-c"])
@pytest.mark.parametrize("after", [0.1, 1.0], ids=["early", "late"])
def test_a_killed_import_leaves_the_study_as_it_was(exports, how, after):
    """Power cut or Ctrl-C: the next command finds the study as before the file."""
    exports.add("a", RowType.TIES, ties=TIES)
    before = exports.ask("select * from tie order by all")
    command = [sys.executable, "-c", IMPORT_FOR_EVER, str(exports.folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as importing:
        assert importing.stdout.readline() == "open\n"
        time.sleep(after)
        importing.send_signal(how)
        said = importing.stdout.read()

    assert said == ""  # it was stopped in the middle, not after the end
    assert exports.ask("select * from tie order by all") == before
    assert exports.add("b", RowType.TIES, ties=[tie("8", "9")]).accepted == 1


def test_a_full_disk_is_said_and_leaves_the_study_as_it_was(exports):
    """No room: one line, nothing lost. A limit on file size stands for the disk."""
    exports.add("a", RowType.TIES, ties=TIES)
    before = exports.ask("select * from tie order by all")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    many = [tie(str(n), str(n + 1)) for n in range(0, 60_000, 2)]
    arrival = exports.arrival("big", RowType.TIES, ties=many)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (exports.study.stat().st_size + 4096, limits[1])
    )
    try:
        with pytest.raises(FullDisk, match="disk is full"):
            exports.bring(arrival)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert exports.ask("select * from tie order by all") == before
    assert exports.add("b", RowType.TIES, ties=[tie("8", "9")]).accepted == 1


def test_a_study_that_others_used_before_it_was_held_is_not_called_new(
    tmp_path, monkeypatch
):
    """What is in it by then is not for its maker to remove."""
    study = tmp_path / "s.duckdb"
    plain = making.connect

    def late(path, *, write):
        # another program wrote to it after this one had looked
        os.utime(study, ns=(0, 0))
        return plain(path, write=write)

    monkeypatch.setattr(making, "connect", late)
    connection, new = making.open_for_writing(study, None, must_exist=False)
    disconnect(connection)

    assert not new
    monkeypatch.undo()
    connection, new = making.open_for_writing(tmp_path / "t", None, must_exist=False)
    disconnect(connection)
    assert new
