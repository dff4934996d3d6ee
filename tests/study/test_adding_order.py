"""The same file makes the same study, whatever threads shared its rows out."""

from __future__ import annotations

import json

import duckdb
import numpy as np
import pytest

from hcpgraph.store.ingest import staging
from hcpgraph.study import Study

_LINES, _PER_LINE = 3, 60_000  # one thread takes 122,880 rows at a time


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Pages of posts in which one line says the same post and people several times."""
    path = tmp_path_factory.mktemp("pages") / "pages.jsonl"
    rng = np.random.default_rng(7)
    lines = [_page(rng.integers(0, 3000, (_PER_LINE, 3))) for _ in range(_LINES)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _page(numbers):
    """Ids of posts repeat within a page and between pages, with other contents."""
    data = [
        {
            "id": str(10**17 + 40 * post + author % 40),
            "author_id": str(author),
            "text": f"@b{other} {author}",
            "created_at": f"2024-01-{1 + other % 28:02}T00:00:00.000Z",
            "public_metrics": {"like_count": int(other)},
            "entities": {
                "mentions": [
                    {"start": 0, "username": f"b{other}", "id": str(other)},
                    {"start": 9, "username": f"B{other}", "id": str(other)},
                ]
            },
        }
        for post, author, other in numbers.tolist()
    ]
    users = [
        {"id": str(author), "username": f"u{author}", "name": f"N {other}"}
        for _, author, other in numbers[:50].tolist()
    ]
    return json.dumps({"data": data, "includes": {"users": users}})


def _contents(path):
    """Every table of a study, its rows sorted."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() order by table_name"
        ).fetchall()
        return {
            name: connection.execute(f"select * from {name} order by all").fetchall()
            for (name,) in names
            if name not in {"source_file", "identity"}  # they say when, and which
        }


@pytest.fixture(scope="module")
def in_turn(pages, tmp_path_factory):
    """The study that one thread makes."""
    path = tmp_path_factory.mktemp("one") / "study.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "_LITTLE", 2**60)
        (report,) = Study(path).add(pages)
    assert report.error is None
    return _contents(path)


@pytest.mark.parametrize("_time", range(2))
def test_threads_leave_no_trace_in_a_study(pages, in_turn, tmp_path, _time):
    """What is told twice in one line is decided by rule, not by who read it first."""
    path = tmp_path / "study.duckdb"

    Study(path).add(pages)

    found = _contents(path)
    assert len(found["post"]) > 80_000
    assert len(found["tie"]) > 80_000
    for name, rows in in_turn.items():
        assert found[name] == rows, name
