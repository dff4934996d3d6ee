"""What reading a file may cost, and what cannot be read."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.model.files import Unit
from hcpgraph.store import Store
from hcpgraph.store.staging import sparing


@pytest.mark.parametrize("fails", [False, True])
def test_posts_come_in_within_bounds_of_memory(exports, fails):
    """The database holds 1 GB at most while posts come in, and what it may after."""
    with Store.open(exports.study, write=True) as store:
        usual = limit(store)

        with (
            pytest.raises(KeyError) if fails else nullcontext(),
            sparing(store._connection, Unit.POSTS, size=10**9),
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

        with sparing(store._connection, Unit.TIES, size=size):
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
    arrival = exports.arrival("a", Unit.POSTS, posts=[])
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
