"""The benchmarks run, and the page of performance shows what they stored.

No time is asserted here: how long anything takes is for ``make bench`` to say.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measured import CommandFailed, measure
from tests.benchmarks.results import Measurement, Results, load, merge, ratios
from tests.benchmarks.tables import render

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
STORED = ROOT / "tests" / "benchmarks" / "results.json"

FAILING = "import sys; sys.stderr.write('no such thing'); sys.exit(3)"
CONDITIONS = {
    "machine": {"cores": 1, "memory_gb": 1},
    "versions": {},
    "size": "tiny",
    "rounds": 1,
    "absent": [],
}


def one(who: str, turn: int, seconds: float) -> Measurement:
    return Measurement("chain", who, 10, "whole", turn, seconds, 100.0)


def test_the_whole_job_is_measured_and_written_down(tmp_path):
    """One command measures, stores, and writes the page and the picture."""
    command = [sys.executable, "-m", "tests.benchmarks", "--size", "tiny"]
    command += ["--only", "chain", "--peers", "--into", tmp_path]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "| 10,000 | **hcpgraph** |" in done.stdout
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| 10,000 | **hcpgraph** |" in page
    assert "Not installed or not asked for: networkit, igraph, scipy, networkx." in page
    assert (tmp_path / "performance.png").read_bytes().startswith(b"\x89PNG")
    stages = [m.stage for m in load(tmp_path / "results.json").measurements]
    assert stages == ["import", "rank", "communities", "whole"]


@pytest.mark.skipif(not STORED.exists(), reason="no results are stored")
def test_the_page_shows_the_stored_results():
    """No table of the page was edited by hand, or left behind by an older run."""
    page = PAGE.read_text(encoding="utf-8")

    assert render(page, load(STORED)) == page


def test_a_page_without_a_place_for_a_table_is_refused():
    """A marker that was deleted by mistake is missed, not passed over."""
    page = "<!-- conditions -->\n<!-- end conditions -->\n"

    with pytest.raises(ValueError, match="no block between <!-- chain -->"):
        render(page, Results(CONDITIONS, ()))


def test_ratios_are_taken_within_a_round():
    """A round in which the whole machine was slow spoils no ratio."""
    mine = [one("hcpgraph", 0, 1.0), one("hcpgraph", 1, 10.0)]
    theirs = [one("networkit", 0, 2.0), one("networkit", 1, 20.0)]

    assert ratios(mine, theirs) == (2.0, 2.0, 2.0)


def test_results_of_two_machines_are_not_mixed():
    """Numbers measured under other conditions stay apart."""
    old = Results({"machine": {"cores": 2}}, (one("hcpgraph", 0, 1.0),))
    new = Results({"machine": {"cores": 8}}, ())

    with pytest.raises(ValueError, match="another machine"):
        merge(old, new)


def test_a_command_that_fails_is_not_measured():
    """An error ends the benchmark with what the command said."""
    with pytest.raises(CommandFailed, match="exit 3: no such thing"):
        measure([sys.executable, "-c", FAILING])
