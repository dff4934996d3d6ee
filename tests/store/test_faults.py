"""Whatever is wrong with a study is said in one line of ours, and harms nothing."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from hcpgraph.errors import HcpgraphError, NewerStudy, NotAStudy, StoreError
from hcpgraph.model.files import RowType
from hcpgraph.store import Store, schema
from hcpgraph.store.faults import in_words
from tests.store.rows import tie

VERSION_1 = Path(__file__).parent / "studies/version-1/study.duckdb.gz"
# what only a database would say, and only to programmers
FOREIGN = (
    "IO Error",
    "Error:",
    "DuckDB database",
    "INTERNAL",
    "duckdb.org",
    "WAL",
    "\n",
)


def in_our_words(caught, path):
    """One line of ours that names the study."""
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert not [word for word in FOREIGN if word in text], text


@pytest.fixture(scope="session")
def version_1():
    return gzip.decompress(VERSION_1.read_bytes())


@pytest.fixture
def old(tmp_path, version_1):
    """A study of version 1 that a test may harm."""
    path = tmp_path / "old.duckdb"
    path.write_bytes(version_1)
    return path


NAMES = [
    ":memory:",
    ":memory:x",
    "md:x",
    "postgres:x",
    "sqlite:x",
    "~",
    "a[1]*?.duckdb",
]


@pytest.mark.parametrize("name", [*NAMES, 'it\'s "so".duckdb', "x.parquet", "-", "%41"])
def test_a_name_is_always_a_path(tmp_path, monkeypatch, name):
    """Whatever DuckDB would take it for: a file of that name, here."""
    monkeypatch.chdir(tmp_path)
    path = Path(name)

    with Store.open(path, write=True) as store:
        store.write_vocabulary([("one", "One", None, "mine")], [], _nothing())

    assert os.listdir(tmp_path) == [name]
    with Store.open(path) as store:
        assert store.area_slugs() == ("one",)


def _nothing():
    from hcpgraph.store import Labelling  # noqa: PLC0415 - only here

    return Labelling(posts=(), accounts=())


def test_an_address_is_a_folder_that_is_not_there(tmp_path, monkeypatch):
    """Nothing is looked for on the network."""
    monkeypatch.chdir(tmp_path)
    path = Path("http://example.org/study.duckdb")

    with pytest.raises(NotAStudy, match="there is no folder") as caught:
        Store.open(path, write=True)

    in_our_words(caught, path)


def _folder(tmp_path):
    return tmp_path


def _pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def _under_a_file(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    return tmp_path / "file" / "study.duckdb"


def _dangling(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "no" / "where")
    return tmp_path / "link"


def _circle(tmp_path):
    (tmp_path / "circle").symlink_to("circle")
    return tmp_path / "circle"


ODD = {
    "folder": _folder,
    "pipe": _pipe,
    "device": lambda _: Path("/dev/null"),
    "under a file": _under_a_file,
    "dangling link": _dangling,
    "circle": _circle,
    "300 letters": lambda folder: folder / ("x" * 300),
    "252 letters": lambda folder: folder / ("x" * 252),
    "character 0": lambda folder: folder / "a\0b",
    "no UTF-8": lambda folder: folder / "caf\udce9",
}


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_what_can_be_no_study_is_refused_in_words(tmp_path, make, write):
    """Folders, pipes, devices, links to nowhere, names that are none."""
    path = make(tmp_path)
    before = sorted(os.listdir(tmp_path))

    with pytest.raises(StoreError) as caught:
        Store.open(path, write=write)

    in_our_words(caught, path)
    assert sorted(os.listdir(tmp_path)) == before


def test_a_link_leads_to_the_study_that_it_means(tmp_path):
    """A study is made where a link points, and found by both names."""
    link, target = tmp_path / "link", tmp_path / "study.duckdb"
    link.symlink_to(target)

    Store.open(link, write=True).__exit__(None, None, None)

    assert link.is_symlink()
    for path in (link, target):
        with Store.open(path) as store:
            assert store.area_slugs() == ()


CUTS = [0, 1, 11, 12, 4095, 4096, 8192, 12288, 12289, 100_000, 1_000_000, 4_724_736]


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("length", CUTS)
def test_a_study_cut_short_is_refused_and_left_as_it_is(old, length, write):
    """A copy that broke off is no study, and is not written over."""
    os.truncate(old, length)
    content = old.read_bytes()

    with pytest.raises(NotAStudy) as caught:
        Store.open(old, write=write)

    in_our_words(caught, old)
    assert old.read_bytes() == content


@pytest.mark.parametrize("block", range(0, 36, 3))
def test_a_damaged_study_never_speaks_for_the_database(old, block):
    """A block of noise is met when it is read: in opening, or in an answer."""
    with old.open("r+b") as stream:
        stream.seek(12288 + block * 262_144)
        stream.write(b"\xa5" * 262_144)

    said = complaint(old)

    assert said is None or isinstance(said, NotAStudy)
    assert not [word for word in FOREIGN if word in str(said)]


def complaint(path):
    """What stands in the way of the questions that read all of a study."""
    try:
        with Store.open(path) as store:
            store.summarise()
            store.count_areas()
            store.search("a", most=5)
            store.read_rejects()
    except HcpgraphError as error:
        return error
    return None


KILLED = """
import os, sys
from pathlib import Path
from hcpgraph.store import Labelling, Store
store = Store.open(Path(sys.argv[1]), write=True).__enter__()
area = (sys.argv[2], sys.argv[2], None, "mine")
store.write_vocabulary([area], [], Labelling((), ()))
os._exit(9)
"""


def kill_after_writing(path, area):
    """A process that writes an area and dies before it can close the study."""
    subprocess.run([sys.executable, "-c", KILLED, str(path), area], check=False)
    return Path(f"{path}.wal")


def test_what_a_killed_process_left_in_the_journal_is_there(tmp_path):
    """Readers read it, writers take it in."""
    path = tmp_path / "study.duckdb"
    journal = kill_after_writing(path, "one")
    assert journal.exists()

    with Store.open(path) as store:
        assert store.area_slugs() == ("one",)
    assert journal.exists()
    with Store.open(path, write=True) as store:
        assert store.area_slugs() == ("one",)

    assert not journal.exists()


def test_a_journal_cut_short_holds_what_was_finished(tmp_path):
    """The last change was not whole; those before it are."""
    path = tmp_path / "study.duckdb"
    kill_after_writing(path, "one")
    journal = kill_after_writing(path, "two")
    os.truncate(journal, journal.stat().st_size - 5)

    with Store.open(path, write=True) as store:
        assert store.area_slugs() == ("one",)
        store.write_vocabulary([("three", "Three", None, "mine")], [], _nothing())
    with Store.open(path) as store:
        assert store.area_slugs() == ("one", "three")


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("whose", ["study", "database", "past"])
def test_a_journal_of_another_is_refused_by_name(tmp_path, whose, write):
    """The journal of another study is never taken for one's own, nor an old one."""
    path, other = tmp_path / "study.duckdb", tmp_path / "other.duckdb"
    own = kill_after_writing(path, "one")
    if whose == "past":
        shutil.copyfile(own, tmp_path / "kept")
        Store.open(path, write=True).__exit__(None, None, None)
        shutil.copyfile(tmp_path / "kept", own)
    elif whose == "study":
        shutil.copyfile(kill_after_writing(other, "two"), own)
    else:
        code = (
            "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]);"
            "c.execute('create table t as select 1 as a'); c.execute('checkpoint');"
            "c.execute('insert into t values (2)'); os._exit(9)"
        )
        subprocess.run([sys.executable, "-c", code, str(other)], check=False)
        shutil.copyfile(f"{other}.wal", own)
    before = path.read_bytes(), own.read_bytes()

    with pytest.raises(NotAStudy, match=r"study\.duckdb\.wal beside it") as caught:
        Store.open(path, write=write)

    assert str(caught.value).startswith(f"{path}: ")
    assert "WAL" not in str(caught.value)
    assert (path.read_bytes(), own.read_bytes()) == before


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("journal", [False, True], ids=["alone", "with a journal"])
def test_a_newer_study_is_not_touched(tmp_path, write, journal):
    """Byte for byte, to the time of the last change; with the journal it may have."""
    path = tmp_path / "study.duckdb"
    kill_after_writing(path, "one")
    with duckdb.connect(str(path)) as later:
        later.execute("update study set version = ?", [len(schema.MIGRATIONS) + 1])
    if journal:
        code = (
            "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]);"
            "c.execute('create table later as select 1 as a'); os._exit(9)"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    before = states(tmp_path)

    with pytest.raises(NewerStudy) as caught:
        Store.open(path, write=write)

    in_our_words(caught, path)
    assert states(tmp_path) == before
    assert len(before) == 1 + journal


def states(folder):
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def test_a_study_open_in_the_same_program_is_said_to_be(tmp_path):
    """A notebook that holds a study for writing is told that it is itself."""
    path = tmp_path / "study.duckdb"
    with Store.open(path, write=True), pytest.raises(StoreError) as caught:
        Store.open(path)

    assert "this program has the study open" in str(caught.value)


def test_an_error_inside_any_question_is_worded(exports):
    """Also where nobody thought that one could occur."""
    exports.add("a", RowType.TIES, ties=[tie("1", "2")])

    with pytest.raises(StoreError) as caught, Store.open(exports.study) as store:
        store._connection.execute("select no_such_column from tie")

    in_our_words(caught, exports.study)
    assert "please report it" in str(caught.value)
    assert isinstance(caught.value.__cause__, duckdb.BinderException)


KINDS = [
    kind
    for kind in vars(duckdb).values()
    if isinstance(kind, type) and issubclass(kind, duckdb.Error)
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_kind_of_error_says_it_in_the_words_of_the_database(kind):
    """Known or not: a sentence of ours, and theirs as the cause."""
    path = Path("study.duckdb")
    text = (
        f"{kind.__name__} Error: something in SQL\n\nLINE 1: select\nhttps://duckdb.org"
    )

    said = str(in_words(path, kind(text)))

    assert said.startswith("study.duckdb: ")
    assert "something in SQL" not in said
    assert not [word for word in FOREIGN if word in said]


# --- What may not be read or written. Root may everything, so another user tries.

AS_NOBODY = """
import os, sys
from pathlib import Path
import numpy
from hcpgraph.errors import StoreError
from hcpgraph.store import Labelling, Store
os.setgid(65534)
os.setuid(65534)
path, write = Path(sys.argv[1]), sys.argv[2] == "write"
try:
    with Store.open(path, write=write) as store:
        if write:
            area = ("two", "Two", None, "mine")
            store.write_vocabulary([area], [], Labelling((), ()))
        print("slugs", *store.area_slugs())
except StoreError as error:
    print(error)
"""

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can become another user",
)


def as_nobody(path, doing):
    """What a user without rights gets to see."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", AS_NOBODY, str(path), doing],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def closed():
    """A study in a folder to which everybody finds the way, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        inner = Path(folder) / "in"
        inner.mkdir()
        yield inner_study(inner)
        inner.chmod(0o755)


def inner_study(inner):
    path = inner / "study.duckdb"
    with Store.open(path, write=True) as store:
        store.write_vocabulary([("one", "One", None, "mine")], [], _nothing())
    return path


RIGHTS = {
    "read-only file": (0o777, 0o444, "slugs one", "the file is read-only"),
    "read-only folder": (0o555, 0o666, "slugs one", "nothing may be written in the"),
    "read-only both": (0o555, 0o444, "slugs one", "the file is read-only"),
    "closed file": (0o777, 0o000, "cannot be opened", "cannot be opened"),
    "closed folder": (0o000, 0o666, "cannot be reached", "cannot be reached"),
}


@needs_root
@pytest.mark.parametrize("rights", RIGHTS.values(), ids=RIGHTS)
def test_what_may_not_be_used_is_said(closed, rights):
    """Reading needs no right to write, and writing says what is missing."""
    folder, file, reading, writing = rights
    closed.chmod(file)
    closed.parent.chmod(folder)
    before = states(closed.parent)

    answers = as_nobody(closed, "read"), as_nobody(closed, "write")

    assert reading in answers[0]
    assert writing in answers[1]
    for answer in answers:
        assert "\n" not in answer
    assert states(closed.parent) == before


@needs_root
def test_a_study_cannot_be_made_where_nothing_may_be_written(closed):
    """The folder is named."""
    closed.parent.chmod(0o555)

    answer = as_nobody(closed.parent / "new.duckdb", "write")

    assert f"nothing may be written in the folder {closed.parent}" in answer
