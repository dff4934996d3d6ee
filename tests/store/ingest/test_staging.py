"""What reading a file may cost, and what cannot be read."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

import hcpgraph
from hcpgraph.errors import ExportError
from hcpgraph.model.files import RowType
from hcpgraph.store import Store
from hcpgraph.store.ingest.staging import resource_limits


@pytest.mark.parametrize("fails", [False, True])
def test_posts_come_in_within_bounds_of_memory(exports, fails):
    """The database holds 1 GB at most while posts come in, and what it may after."""
    with Store.open(exports.study, write=True) as store:
        usual = limit(store)

        with (
            pytest.raises(KeyError) if fails else nullcontext(),
            resource_limits(store._connection, RowType.POSTS, size=10**9),
        ):
            within = limit(store)
            if fails:
                raise KeyError

        assert within == "953.6 MiB"
        assert limit(store) == usual


@pytest.mark.parametrize(("size", "alone"), [(10**5, True), (10**7, False)])
def test_a_little_file_comes_in_on_one_thread(exports, size, alone):
    """Where threads would mostly wait; the next file may be large again."""
    with Store.open(exports.study, write=True) as store:
        usual = setting(store, "threads")

        with resource_limits(store._connection, RowType.TIES, size=size):
            within = setting(store, "threads")

        assert within == (1 if alone else usual)
        assert setting(store, "threads") == usual


def limit(store):
    return setting(store, "memory_limit")


def setting(store, name):
    query = f"select current_setting('{name}')"
    return store._connection.execute(query).fetchall()[0][0]


def test_a_line_too_long_to_be_read_is_the_fault_of_the_file(exports):
    """Compressed lines can only be measured by reading them; the file is refused."""
    arrival = exports.arrival("a", RowType.POSTS, posts=[])
    path = arrival.description.path
    path.write_bytes(b'{"id": "' + b"1" * 40_000_000 + b'"}\n')
    stage = (
        f"create temp table raw as from read_ndjson('{path.as_posix()}',"
        " columns = {'id': 'VARCHAR'}, records = true, ignore_errors = true,"
        " maximum_object_size = 100000)",
    )

    with pytest.raises(ExportError, match="longer than 32 MB"):
        exports.bring(
            replace(arrival, description=replace(arrival.description, stage=stage))
        )


def query_of(**columns):
    """A query for a tie, with some columns as given; None leaves one out."""
    usual = {
        "line": "1::bigint",
        "record": "true",
        "source_id": "'1'",
        "source_handle": "null::varchar",
        "target_id": "'2'",
        "target_handle": "null::varchar",
        "layer": "'follow'",
        "at": "null::timestamp",
        "post_id": "null::varchar",
        "weight": "1::double",
        "area": "null::varchar",
        "refers_to": "null::varchar",
    }
    named = {**usual, **columns}
    each = [f'{cell} as "{name}"' for name, cell in named.items() if cell is not None]
    return f"select {', '.join(each)}"


def bring(exports, query):
    arrival = exports.arrival("a", RowType.TIES, ties=[])
    description = replace(arrival.description, queries={RowType.TIES: query})
    return exports.bring(replace(arrival, description=description))


def test_columns_are_taken_by_name_in_whatever_order(exports):
    """An importer that gives them in another order loads nothing wrong."""
    columns = query_of().removeprefix("select ").split(", ")

    bring(exports, f"select {', '.join(reversed(columns))}")

    assert exports.ask(
        "select s.native_id, t.native_id, weight from tie"
        " join account s on source = s.account join account t on target = t.account"
    ) == [("1", "2", 1.0)]


WRONG = {
    "one is missing": ({"target_id": None}, "no column target_id"),
    "one is unknown": ({"colour": "'red'"}, "an unknown column colour"),
    "one is misnamed": (
        {"target_id": None, "target": "'2'"},
        "no column target_id, an unknown column target",
    ),
    "a text for a number": (
        {"weight": "'heavy'"},
        "column weight as varchar instead of double",
    ),
    "a number for a text": (
        {"source_id": "12345678901::bigint"},
        "column source_id as bigint instead of varchar",
    ),
    "a text for a time": ({"at": "'today'"}, "column at as varchar instead of time"),
    "two swapped names": (
        {"weight": "'follow'", "layer": "1::double"},
        "column layer as double instead of varchar, column weight as varchar instead",
    ),
    "one twice": ({"area": "null::varchar as area, 'x'"}, "the column area twice"),
}


@pytest.mark.parametrize(("columns", "fault"), WRONG.values(), ids=WRONG)
def test_a_query_that_does_not_fit_is_a_fault_of_the_program(exports, columns, fault):
    """Said by name, with the importer, before a row is read."""
    with pytest.raises(TypeError, match="the importer of literal gives") as caught:
        bring(exports, query_of(**columns))

    assert fault in str(caught.value)
    assert exports.ask("select count(*) from account") == [(0,)]


@pytest.mark.parametrize("layer", ["store", "areas", "identity"])
def test_no_row_is_written_by_position(layer):
    """Every insert names its columns, so that two swapped ones cannot go in."""
    package = Path(hcpgraph.__file__).parent / layer
    code = {
        path.name: path.read_text(encoding="utf-8") for path in package.rglob("*.py")
    }

    inserts = {name: INSERT.findall(text) for name, text in code.items()}

    assert sum(map(len, inserts.values())) > 0
    assert not [
        (name, what)
        for name, found in inserts.items()
        for what, follows in found
        if not follows.startswith(("by nam", "("))
    ]


INSERT = re.compile(r"\binsert into ([a-z_{}.]+)[\s\"]+(?:f\")?(.{6})")
