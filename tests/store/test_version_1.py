"""A study of version 1: what it knew of references is enough to resolve them."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from hcpgraph.store import ImportJob, Labelling, Store

KEPT = Path(__file__).parent / "studies/version-1/study.duckdb.gz"
AUTHOR = {"id": "500", "username": "author_made_up", "name": "Author Made Up"}
MISSING = {
    "data": [
        {
            "id": "9000",
            "author_id": "500",
            "text": "#bcsm",
            "created_at": "2025-12-01T09:00:00.000Z",
        }
    ],
    "includes": {"users": [AUTHOR]},
}
TIES = """
with person as (
    select account, coalesce(native_id, '@' || handle) as id from account)
select s.id, t.id, layer.name, post.native_id, tie.weight from tie
join person s on s.account = source join person t on t.account = target
join layer using (layer) left join post using (post) order by all
"""


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "study.duckdb"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    return path


def ties(study):
    with duckdb.connect(study, read_only=True) as connection:
        return set(connection.execute(TIES).fetchall())


def bring(study, path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    arrival = ImportJob(describe(path, ImportOptions()), lambda: digest, "x", 0)
    with Store.open(study, write=True) as store:
        return store.import_file(arrival, Labelling((), ()))


def test_a_missing_post_yields_its_ties_and_takes_them_back(study, tmp_path):
    """A reply waits for it, and a repost knew no more than a handle in its text."""
    Store.open(study, write=True).__exit__(None, None, None)  # without self ties
    before = ties(study)
    page = tmp_path / "page.json"
    page.write_text(json.dumps(MISSING))

    bring(study, page)

    gained, lost = ties(study) - before, before - ties(study)
    assert gained == {
        ("501", "500", "reply", "9001", 1.0),
        ("502", "500", "repost", "9002", 1.0),
    }
    assert lost == {("502", "@elsewhere", "repost", "9002", 1.0)}

    with Store.open(study, write=True) as store:
        store.remove_file("page.json", Labelling((), ()))

    assert ties(study) == before


def test_every_file_can_be_removed(study):
    """Nothing is left of ties and posts once all files are gone."""
    with Store.open(study, write=True) as store:
        ask = store._connection.execute
        for (path,) in ask("select path from source_file").fetchall():
            store.remove_file(path, Labelling((), ()))
        tables = ("tie", "tie_again", "post", "post_again", "post_tie", "post_edit")
        for table in tables:
            assert ask(f"select count(*) from {table}").fetchall() == [(0,)], table
