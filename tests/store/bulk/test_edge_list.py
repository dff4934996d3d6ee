"""Plain ties come in quickly, and the study is the one the long way makes."""

from __future__ import annotations

import errno
import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.errors import FullDisk, StoreError
from hcpgraph.model.files import EdgeBlock, FileDescription, IntegerEdgeList, RowType
from hcpgraph.store import ImportJob, Store
from tests.store.rows import NO_LABELS, Exports, rows_of, tie

TABLES = ("account", "account_seen", "tie", "tie_again", "post", "area", "reject")
FOUND = "path, read, accepted, known, rejected, notes"


def blocks_of(pairs):
    """The quick way over literal pairs, some at a time."""
    for start in range(0, len(pairs), 5):
        ends = np.array(pairs[start : start + 5], np.uint64).T
        yield EdgeBlock(lambda ends=ends: tuple(ends), min(1, (start + 5) / len(pairs)))


def arrive(folder, name, pairs, *, quick, layer="follow", blocks=blocks_of):
    """A list of ties, with or without the quick way."""
    path = folder / name
    path.write_text(f"{name} {pairs}", encoding="utf-8")
    rows = [
        {"line": line, "record": True, **tie(str(source), str(target), layer)}
        for line, (source, target) in enumerate(pairs, start=2)
    ]
    description = FileDescription(
        path=path,
        format="literal",
        platform=None,
        unit=RowType.TIES,
        stage=(),
        queries={RowType.TIES: rows_of(RowType.TIES, rows)},
        rejects="select null::bigint as line, null as reason where false",
        notes=("a note",),
        plain=IntegerEdgeList(partial(blocks, pairs), layer) if quick else None,
    )
    return ImportJob(description, lambda: name.ljust(64, "0"), "x", max_rejected=0.01)


def contents_of(store):
    """Every table of an open study, sorted."""
    ask = store._connection.execute
    tables = {t: ask(f"select * from {t} order by all").fetchall() for t in TABLES}
    return tables, ask(f"select {FOUND} from source_file order by file").fetchall()


def contents(study):
    """Every table of a study, sorted."""
    with Store.open(study) as store:
        return contents_of(store)


@pytest.fixture(autouse=True)
def any_size(monkeypatch):
    """Short lists too are to be read the quick way."""
    monkeypatch.setattr("hcpgraph.store.ingest.importing._MANY_BYTES", 0)


@pytest.fixture(params=["one by one", "as they come"])
def bounds(request, monkeypatch):
    """How many ties are handled together: as good as none, or as many as there are."""
    if request.param == "one by one":
        monkeypatch.setattr("hcpgraph.store.bulk.edge_list._AT_ONCE", 3)
        monkeypatch.setattr("hcpgraph.store.bulk.edge_list._HELD_AT_ONCE", 2)
        monkeypatch.setattr("hcpgraph.store.bulk.edge_list.GROUP", 2)
        monkeypatch.setattr("hcpgraph.store.arrays._MANY", 3)
        monkeypatch.setattr("hcpgraph.store.bulk.edge_list._BLOCKS", 1)
        monkeypatch.setattr("hcpgraph.store.bulk.encoded_ties.IN_MEMORY", 4)
        monkeypatch.setattr("hcpgraph.store.bulk.rows._ALIKE", 1)
        monkeypatch.setattr("hcpgraph.store.bulk.accounts.GROUP", 3)


ids = st.one_of(st.integers(0, 12), st.sampled_from([100, 2**63, 2**64 - 1]))
files = st.lists(
    st.tuples(
        st.sampled_from(["follow", "follow", "connection", "mention"]),
        st.lists(st.tuples(ids, ids), min_size=1, max_size=20),
    ),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(files, st.booleans())
@pytest.mark.usefixtures("bounds")
def test_the_quick_way_and_the_long_way_make_the_same_study(lists, remove):
    """Numbers, overlaps, repeated rows, reports: nothing tells the two apart."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = []
        for quick in (True, False):
            study = folder / f"{quick}.duckdb"
            with Store.open(study, write=True) as store:
                for i, (layer, pairs) in enumerate(lists):
                    arrival = arrive(
                        folder, f"file-{i}", pairs, quick=quick, layer=layer
                    )
                    store.import_file(arrival, NO_LABELS)
                if remove:
                    store.remove_file("file-0", NO_LABELS)
            made.append(contents(study))

    assert made[0] == made[1]


def test_what_other_files_brought_is_heeded(tmp_path):
    """Ties with a time are others; a known tie waits in case its file is removed."""
    made = []
    for quick in (True, False):
        folder = tmp_path / str(quick)
        folder.mkdir()
        exports = Exports(folder)
        timed = tie("1", "2", "follow", at="2025-01-01 00:00:00")
        exports.add(
            "a", RowType.TIES, ties=[timed, tie("2", "3", "follow"), tie("@z", "1")]
        )
        report = exports.bring(
            arrive(folder, "b", [(1, 2), (2, 3), (2, 3)], quick=quick)
        )
        made.append(
            (*contents(exports.study)[0].items(), report.accepted, report.known)
        )

    assert made[0] == made[1]
    assert made[0][-2:] == (1, 2)


def test_the_report_and_its_notes_are_those_of_any_file(exports):
    """How a file was read makes no difference to what is told of it."""
    pairs = [(1, 2), (1, 2), (2**64 - 1, 1)]
    quick, long = (
        exports.bring(arrive(exports.folder, name, pairs, quick=name == "quick"))
        for name in ("quick", "long")
    )

    assert (quick.read, quick.accepted, quick.known, quick.rejected) == (3, 2, 1, 0)
    assert (long.read, long.accepted, long.known, long.rejected) == (3, 0, 3, 0)
    assert quick.notes == long.notes == ("a note",)


def test_a_file_that_turns_out_otherwise_goes_the_long_way(exports):
    """The quick way stops at a block that it cannot use; nothing is lost."""

    def stops(pairs):
        yield from blocks_of(pairs)
        yield EdgeBlock(lambda: None, 1.0)

    report = exports.bring(
        arrive(exports.folder, "a", [(1, 2)], quick=True, blocks=stops)
    )

    assert (report.read, report.accepted) == (1, 1)
    assert exports.ask("select count(*) from tie") == [(1,)]


def test_an_error_while_writing_leaves_the_study_as_it_was(exports, monkeypatch):
    """All or nothing, on the quick way too; and the next file comes in well."""
    exports.bring(arrive(exports.folder, "a", [(1, 2)], quick=True))
    before = contents(exports.study)

    def fail(*_, **__):
        raise RuntimeError("stop")

    with monkeypatch.context() as patch, Store.open(exports.study, write=True) as store:
        patch.setattr("hcpgraph.store.bulk.edge_list._insert", fail)
        with pytest.raises(RuntimeError, match="stop"):
            store.import_file(
                arrive(exports.folder, "b", [(7, 8)], quick=True), NO_LABELS
            )
        patch.undo()
        assert contents_of(store) == before
        store.import_file(arrive(exports.folder, "c", [(5, 6)], quick=True), NO_LABELS)

    assert exports.ask("select source, target from tie order by all") == [
        (0, 1),
        (2, 3),
    ]


def many(*, seed, n=2000, ids=300):
    """Ties between ids of all lengths, some of them repeated."""
    rng = np.random.default_rng(seed)
    names = rng.integers(0, 2**63, ids) >> rng.integers(0, 63, ids)
    return np.stack([rng.choice(names, n), rng.choice(names, n)], axis=1).tolist()


@pytest.mark.usefixtures("bounds")
@pytest.mark.parametrize("bounds", ["as they come"], indirect=True)
def test_long_lists_come_in_alike_with_any_number_of_threads(tmp_path, monkeypatch):
    """Long rows, many blocks, several ranges; the rows stand in the same order too."""
    monkeypatch.setattr("hcpgraph.store.bulk.edge_list._AT_ONCE", 700)
    monkeypatch.setattr("hcpgraph.store.bulk.encoded_ties.IN_MEMORY", 900)
    monkeypatch.setattr("hcpgraph.store.bulk.id_table._FIRST_SLOTS", 8)
    lists = [many(seed=1), many(seed=1, n=100) + many(seed=2), many(seed=3, ids=9)]
    made = []
    for threads in ("1", "2", None):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads or "1")
        study = tmp_path / f"{threads}.duckdb"
        with Store.open(study, write=True) as store:
            for i, pairs in enumerate(lists):
                quick = threads is not None
                store.import_file(
                    arrive(tmp_path, f"file-{i}", pairs, quick=quick), NO_LABELS
                )
            rows = store._connection.execute(
                "select file, source, target from tie order by rowid"
            ).fetchall()
            made.append((contents_of(store), rows))

    one, two, long_way = made
    assert one == two
    assert one[0] == long_way[0]
    assert one[1] == sorted(one[1])


def test_progress_goes_from_reading_to_writing_and_ends(exports):
    """What is told never goes back, and ends with the last tie."""
    told = []
    with Store.open(exports.study, write=True) as store:
        store.import_file(
            arrive(exports.folder, "a", many(seed=1, n=99), quick=True),
            NO_LABELS,
            tell=told.append,
        )

    assert told == sorted(told)
    assert told[0] < 0.5 < told[-1] == 1


@pytest.mark.parametrize("when", [0.0, 0.6])
def test_ctrl_c_leaves_the_study_as_it_was(exports, when):
    """Whether it comes while the file is read or while ties are written."""
    exports.bring(arrive(exports.folder, "a", [(1, 2)], quick=True))
    before = contents(exports.study)

    def interrupt(share):
        if share >= when:
            raise KeyboardInterrupt

    with Store.open(exports.study, write=True) as store:
        with pytest.raises(KeyboardInterrupt):
            store.import_file(
                arrive(exports.folder, "b", [(7, 8)], quick=True),
                NO_LABELS,
                tell=interrupt,
            )
        assert contents_of(store) == before


@pytest.mark.parametrize(
    ("number", "error", "match"),
    [(errno.ENOSPC, FullDisk, "disk is full"), (errno.EACCES, StoreError, "temporary")],
)
def test_many_ties_need_room_beside_the_study(
    exports, monkeypatch, number, error, match
):
    """Without it the study is as it was, and the message says what is missing."""

    def fail(**_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("hcpgraph.store.bulk.encoded_ties.IN_MEMORY", 4)
    monkeypatch.setattr("hcpgraph.store.bulk.encoded_ties.TemporaryFile", fail)

    with pytest.raises(error, match=match):
        exports.bring(
            arrive(exports.folder, "a", many(seed=1, n=20), quick=True),
        )

    assert exports.ask("select count(*) from account") == [(0,)]


def test_short_lists_take_the_long_way(exports, monkeypatch):
    """What saves no time is not begun."""
    monkeypatch.setattr("hcpgraph.store.ingest.importing._MANY_BYTES", 10**6)

    def blocks(_):
        raise AssertionError

    report = exports.bring(
        arrive(exports.folder, "a", [(1, 2)], quick=True, blocks=blocks)
    )

    assert report.accepted == 1
