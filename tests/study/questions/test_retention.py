"""``Study.retention``: what is kept for longer than the policy allows."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from hcpgraph.study import Study

TIES = """\
source,target,kind,timestamp
1,2,mention,2020-01-01T10:00:00Z
2,1,reply,2024-06-01T10:00:00Z
3,1,mention,2020-02-01T10:00:00Z
3,4,mention,2020-02-01T10:00:00Z
"""
ROSTER = """\
id,name,role,country
1,Nina Nine,nurse,Norway
2,Otto Ohm,nurse,Germany
3,Uma Under,nurse,US
4,Ulf Usher,nurse,United States
"""
AT = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def study(tmp_path):
    files = {"ties.csv": TIES, "roster.csv": ROSTER}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = Study(tmp_path / "study.duckdb")
    assert all(one.imported for one in found.add(*(tmp_path / n for n in files)))
    return found


def ties(study):
    with duckdb.connect(str(study.path), read_only=True) as connection:
        query = """
            select a.native_id || b.native_id from tie
            join account a on a.account = source join account b on b.account = target
            order by all"""
        return [pair for (pair,) in connection.execute(query).fetchall()]


def test_it_lists_by_region_and_changes_nothing(study):
    """A tie is as old as the stricter region of its two ends allows."""
    before = study.path.read_bytes()

    expired = study.retention(at=AT)

    rows = list(expired.table.rows())
    assert rows == [
        ("eu", "ties", "2022-01-02", 2, "2020-01-01"),
    ]
    assert expired.removed is None
    assert any("--apply" in note for note in expired.notes)
    assert study.path.read_bytes() == before


def test_it_removes_what_it_lists_and_no_more(study):
    """Then there is nothing left to list; a region without a limit keeps all."""
    expired = study.retention(at=AT, apply=True)

    assert expired.removed == {"tie": 2}
    assert ties(study) == ["21", "34"]
    assert len(study.retention(at=AT)) == 0
    assert study.summary()["accounts"] == 4


def test_accounts_that_nobody_has_seen_since_go_whole(study):
    """With roster rows and ties, once their last import is too old as well."""
    study.retention(at=datetime(2045, 1, 1, tzinfo=UTC), apply=True)

    assert study.summary()["accounts"] == 2
    assert ties(study) == ["34"]


def test_days_may_be_given_for_every_region(study):
    """Where the policy says nothing, or something else."""
    listed = study.retention(days=10, at=AT).table

    assert sum(listed["rows"]) == 4
    assert len(study.retention(days=36_500, at=AT)) == 0


def test_removed_rows_leave_no_byte(study):
    """The file is written anew: an id that is gone is in none of its bytes."""
    old = study.path.with_name("old.csv")
    old.write_text("id,name,role,country\n990099009900,Old One,nurse,Norway\n")
    assert study.add(old)[0].imported
    assert b"990099009900" in study.path.read_bytes()

    study.retention(at=datetime(2045, 1, 1, tzinfo=UTC), apply=True)

    assert b"990099009900" not in study.path.read_bytes()
