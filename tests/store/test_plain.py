"""Plain ties come in quickly, and the study is the one the long way makes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.model.files import FileDescription, PlainTies, Unit
from hcpgraph.store import Arrival, Store
from tests.store.rows import NO_LABELS, Exports, rows_of, tie

TABLES = ("account", "account_seen", "tie", "tie_again", "post", "area", "reject")
FOUND = "path, read, accepted, known, rejected"


def plain(pairs):
    """The quick query over literal pairs."""
    values = ", ".join(
        f"({source}::ubigint, {target}::ubigint)" for source, target in pairs
    )
    return f"select * from (values {values}) v(source, target)"


def arrive(folder, name, pairs, *, quick, layer="follow", query=None):
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
        unit=Unit.TIES,
        stage=(),
        queries={Unit.TIES: rows_of(Unit.TIES, rows)},
        rejects="select null::bigint as line, null as reason where false",
        notes=("a note",),
        plain=PlainTies(query or plain(pairs), layer) if quick else None,
    )
    return Arrival(description, name.ljust(64, "0"), "x", max_rejected=0.01)


def contents_of(store):
    """Every table of an open study, sorted."""
    ask = store._connection.execute
    tables = {t: ask(f"select * from {t} order by all").fetchall() for t in TABLES}
    return tables, ask(f"select {FOUND} from source_file order by file").fetchall()


def contents(study):
    """Every table of a study, sorted."""
    with Store.open(study) as store:
        return contents_of(store)


ids = st.integers(0, 12)
files = st.lists(
    st.tuples(
        st.sampled_from(["follow", "follow", "connection", "mention"]),
        st.lists(st.tuples(ids, ids), min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=15, deadline=None)
@given(files, st.booleans())
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
            "a", Unit.TIES, ties=[timed, tie("2", "3", "follow"), tie("@z", "1")]
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
    """The quick query stops at a row that it cannot use; nothing is lost."""
    stops = "select error('no number') as source, error('no number') as target"
    report = exports.bring(
        arrive(exports.folder, "a", [(1, 2)], quick=True, query=stops)
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
        patch.setattr("hcpgraph.store.plain._insert", fail)
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
