"""The benchmarks run, and the page of performance shows what they stored.

No time is asserted here: how long anything takes is for ``make bench`` to say.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measured import CommandFailed, Limit, Unfinished, measure
from tests.benchmarks.results import Measurement, Results, load, merge, ratios, save
from tests.benchmarks.tables import render

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
STORED = ROOT / "tests" / "benchmarks" / "results.json"

FAILING = "import sys; sys.stderr.write('no such thing'); sys.exit(3)"
FOREVER = "import time; time.sleep(60)"
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
    in_one = ["start", "import", "rank", "communities", "whole"]
    assert stages == ["import", "rank", "communities", "whole", *in_one]


@pytest.mark.skipif(not STORED.exists(), reason="no results are stored")
def test_the_page_shows_the_stored_results():
    """No table of the page was edited by hand, or left behind by an older run."""
    page = PAGE.read_text(encoding="utf-8")

    assert render(page, load(STORED)) == page


def test_a_page_without_a_place_for_a_table_is_refused():
    """A marker that was deleted by mistake is missed, not passed over."""
    page = "<!-- conditions -->\n<!-- end conditions -->\n"

    with pytest.raises(ValueError, match="no block between <!-- expect -->"):
        render(page, Results({"chain": CONDITIONS}, ()))


def test_ratios_are_taken_within_a_round():
    """A round in which the whole machine was slow spoils no ratio."""
    mine = [one("hcpgraph", 0, 1.0), one("hcpgraph", 1, 10.0)]
    theirs = [one("networkit", 0, 2.0), one("networkit", 1, 20.0)]

    assert ratios(mine, theirs) == (2.0, 2.0, 2.0)


def test_results_of_two_machines_are_not_mixed():
    """Numbers measured on another machine stay apart."""
    larger = {**CONDITIONS, "machine": {"cores": 8, "memory_gb": 1}}
    old = Results({"chain": CONDITIONS}, (one("hcpgraph", 0, 1.0),))
    new = Results({"leiden": larger}, ())

    with pytest.raises(ValueError, match="another machine"):
        merge(old, new)


def test_a_job_done_again_replaces_itself_alone():
    """What another job has measured is kept, with its conditions."""
    kept = Measurement("leiden", "hcpgraph", 10, "whole", 0, 3.0)
    known = {"chain": CONDITIONS, "leiden": CONDITIONS}
    old = Results(known, (one("hcpgraph", 0, 1.0), kept))
    again = {"chain": {**CONDITIONS, "rounds": 2}}

    merged = merge(old, Results(again, (one("hcpgraph", 0, 2.0),)))

    assert merged.measurements == (kept, one("hcpgraph", 0, 2.0))
    assert merged.conditions == {"leiden": CONDITIONS, **again}


def test_stored_results_are_read_as_they_were(tmp_path):
    """Nothing is lost between two runs."""
    stopped = Measurement("large", "igraph", 10, "stopped", 0, 1200.0, 9e3, {}, "g")
    results = Results({"large": CONDITIONS}, (stopped,))

    save(results, tmp_path / "results.json")

    assert load(tmp_path / "results.json") == results


def test_a_job_measured_apart_says_so():
    """A table of another day does not pass for one of the first."""
    page = PAGE.read_text(encoding="utf-8")
    later = {**CONDITIONS, "versions": {"duckdb": "9.9"}, "size": "small"}
    start = Measurement("start", "--help", 1, "whole", 0, 0.1, 9.0)
    results = Results(
        {"chain": CONDITIONS, "start": later}, (one("hcpgraph", 0, 1.0), start)
    )

    shown = render(page, results)

    assert shown.count("Measured apart: ") == 1
    assert "Measured apart: `--size small --runs 1`, duckdb 9.9.\n" in shown


def test_what_was_stopped_is_shown_as_such():
    """A program that did not finish is in the table, without a ratio."""
    page = PAGE.read_text(encoding="utf-8")
    stages = ("import", "rank", "communities", "whole")
    mine = [Measurement("large", "hcpgraph", 9, s, 0, 1.0, 5.0) for s in stages]
    stopped = Measurement("large", "igraph", 9, "stopped", 0, 1200.0, 21_000.0)

    shown = render(page, Results({"large": CONDITIONS}, (*mine, stopped)))

    told = "| 9 | igraph (Leiden) | stopped after 1,200 |  |  |  | 21.00 |  |  |"
    assert told in shown


def test_a_command_that_fails_is_not_measured():
    """An error ends the benchmark with what the command said."""
    with pytest.raises(CommandFailed, match="exit 3: no such thing"):
        measure([sys.executable, "-c", FAILING])


@pytest.mark.parametrize("limit", [Limit(0.2, 1e6), Limit(60, 1)], ids=["time", "MB"])
def test_a_command_at_its_limit_is_stopped(limit):
    """Nobody waits for a peer for ever, and none takes the whole machine."""
    if limit.memory_mb == 1 and sys.platform != "linux":
        pytest.skip("memory is watched on Linux alone")

    with pytest.raises(Unfinished) as stopped:
        measure([sys.executable, "-c", FOREVER], limit=limit)

    assert stopped.value.seconds < 30
