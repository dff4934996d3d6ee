"""Runs descriptions the way a store does, on a database in memory."""

from __future__ import annotations

import gzip
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from hcpgraph.importers import describe
from hcpgraph.model.files import STAGED, FileDescription, ImportOptions, RowType
from hcpgraph.store import ImportJob, Labelling, Store
from hcpgraph.store.ingest.staging import read_file

_TIES_OF_STUDY = """
with person as (select account, coalesce(native_id, '@' || handle) as id from account)
select s.id, t.id, layer.name from tie
join person s on s.account = source join person t on t.account = target
join layer using (layer) order by all
"""


@dataclass
class Staged:
    """What the queries of a description gave, as dicts."""

    description: FileDescription
    rows: dict[RowType, list[dict]]
    rejects: list[tuple[int, str]]
    remarks: list[str] = field(default_factory=list)

    @property
    def ties(self):
        return self.rows.get(RowType.TIES, [])

    def in_study(self):
        """The file alone in a study: its ties as (source, target, layer), its notes."""
        with tempfile.TemporaryDirectory() as folder:
            study = Path(folder, "study.duckdb")
            arrival = ImportJob(self.description, lambda: "digest", "x", 1)
            with Store.open(study, write=True) as store:
                report = store.import_file(arrival, Labelling((), ()))
            with Store.open(study) as store:
                ties = store._connection.execute(_TIES_OF_STUDY).fetchall()
        return ties, report.notes

    @property
    def posts(self):
        return self.rows.get(RowType.POSTS, [])

    @property
    def accounts(self):
        return self.rows.get(RowType.ACCOUNTS, [])

    @property
    def people(self):
        return self.rows.get(RowType.PEOPLE, [])

    @property
    def records(self):
        return [row for row in self.rows[self.description.unit] if row["record"]]

    @property
    def rejected_lines(self):
        return sorted({line for line, _ in self.rejects})


def _in_file(row):
    """Where a row stands in the file, records before what came along."""
    place = row.get("place", 0)
    rest = {name: cell for name, cell in row.items() if name != "place"}
    return row["line"], not row["record"], place, str(rest)


def run(path, **options) -> Staged:
    description = describe(path, ImportOptions(**options))
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(config=config) as con, TemporaryDirectory() as folder:
        con.execute("set TimeZone = 'UTC'")
        description = read_file(con, description, Path(folder))
        rejects = con.execute(description.rejects).fetchall()
        rows = {}
        for unit, query in description.queries.items():
            found = con.execute(query)
            names = tuple(column[0] for column in found.description)
            assert names == STAGED[unit]
            cells = found.fetchall()
            rows[unit] = sorted(
                (dict(zip(names, row, strict=True)) for row in cells), key=_in_file
            )
            for row in rows[unit]:
                row.pop("place", None)  # its order counts, not its number
        remarks = []
        if description.remarks:
            remarks = [row[0] for row in con.execute(description.remarks).fetchall()]
    return Staged(description, rows, sorted(rejects), remarks)


@pytest.fixture
def staged():
    """Describe a file and run what comes out."""
    return run


@pytest.fixture
def write(tmp_path):
    """Write text or bytes to a file and give its path."""

    def write_file(content, name="export", *, compress=False):
        data = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if compress else data)
        return path

    return write_file
