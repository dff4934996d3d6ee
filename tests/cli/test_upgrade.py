"""A study of an earlier version: read, and brought up to date by one command."""

from __future__ import annotations

import gzip
from pathlib import Path

STUDIES = Path(__file__).parent.parent / "store" / "studies"


def test_import_without_a_file_brings_an_old_study_up_to_date(hcpgraph):
    """The command that a refusal names does what it says, and can be repeated."""
    packed = (STUDIES / "version-1" / "study.duckdb.gz").read_bytes()
    hcpgraph.write("study.duckdb", gzip.decompress(packed))
    before = hcpgraph("info", hcpgraph.study)
    assert before.exit_code == 0, before.output

    for _ in range(2):
        result = hcpgraph("import", hcpgraph.study)
        assert result.exit_code == 0, result.output
        assert result.stderr == f"{hcpgraph.study} is up to date\n"

    # a tie of an account to itself, which version 1 counted, counts no more
    after = before.stdout.replace("82 mention", "81 mention")
    assert hcpgraph("info", hcpgraph.study).stdout == after


def test_import_without_a_file_makes_no_study(hcpgraph):
    """Whoever forgets the files is told so, and finds nothing made."""
    result = hcpgraph("import", hcpgraph.study)

    assert result.exit_code == 2
    assert "Missing argument 'FILE...'" in result.stderr
    assert not hcpgraph.study.exists()
