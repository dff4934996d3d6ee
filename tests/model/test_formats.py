"""Formats are declared once, and everything that lists them follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from hcpgraph.importers import IMPORTERS, describe
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.formats import FORMATS, NAMES, READS, as_markdown
from hcpgraph.store import ImportJob, Labelling, Store

ROOT = Path(__file__).parent.parent.parent


def test_every_format_has_its_importer():
    """And no importer reads what is not declared."""
    assert set(IMPORTERS) == set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    ("known", "named"),
    [
        pytest.param(known, named, id=f"{known.name}-{how}")
        for known in FORMATS
        for how, named in (("named", True), ("recognised", False))
        if named or known.recognised
    ],
)
def test_its_example_is_read(tmp_path, known, named):
    """Recognised or named, all of its rows come into a study."""
    path = tmp_path / "export"
    path.write_text(known.example, encoding="utf-8")
    options = ImportOptions(format=known.name if named else None, **dict(known.options))

    described = describe(path, options)
    with Store.open(tmp_path / "study.duckdb", write=True) as store:
        job = ImportJob(described, lambda: "digest", "x", 1)
        report = store.import_file(job, Labelling((), ()))

    assert described.format == known.name
    assert report.accepted == report.read > 0


def test_documents_list_what_is_declared():
    """The page on data what is read, a refusal the same in short."""
    assert as_markdown() in (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert all(known.reads in READS for known in FORMATS)
