"""What a command loads: only what it needs, so that it answers soon."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WATCHED = (
    "igraph",
    "matplotlib",
    "networkx",
    "numba",
    "pandas",
    "pyarrow",
    "scipy.linalg",
    "scipy.sparse",
    "ssl",
    "hcpgraph.areas",
    "hcpgraph.communities",
    "hcpgraph.figures",
    "hcpgraph.graph",
    "hcpgraph.importers",
    "hcpgraph.measures",
    "hcpgraph.prospects",
)
# each takes longer to load than most commands to run
HEAVY = (
    "igraph",
    "matplotlib",
    "networkx",
    "pandas",
    "scipy.linalg",
    "scipy.sparse",
    "ssl",
)
PROBE = f"""
import json, sys
from hcpgraph.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print(json.dumps([name for name in {WATCHED} if name in sys.modules]))
"""


def loaded(*words):
    """What of ``WATCHED`` a command has loaded by its end."""
    found = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(found.stdout.splitlines()[-1]))


def test_an_import_loads_nothing_that_computes(tmp_path):
    """Files become rows in the database; no loop is compiled, no table converted."""
    path = tmp_path / "follows.csv"
    path.write_text("follower,followed\n1,2\n2,3\n3,1\n")

    used = loaded("import", tmp_path / "study.duckdb", path)

    assert used == {"hcpgraph.areas", "hcpgraph.importers"}


def test_a_ranking_by_a_measure_loads_no_communities(little, tmp_path):
    """PageRank takes the graph and the measures, and no other library's graph."""
    out = tmp_path / "leaders.csv"

    used = loaded("rank", little, "--by", "pagerank", "-o", out)

    assert {"hcpgraph.graph", "hcpgraph.measures", "numba"} <= used
    assert not used & {*HEAVY, "hcpgraph.communities", "hcpgraph.importers"}


def test_communities_load_no_library_of_graphs(little, tmp_path):
    """Leiden takes the graph and loops of its own."""
    out = tmp_path / "communities.csv"

    used = loaded("communities", little, "-o", out)

    assert {"hcpgraph.communities", "hcpgraph.graph", "numba"} <= used
    assert not used & {*HEAVY, "hcpgraph.importers"}


@pytest.mark.parametrize("words", [("info",), ("areas",), ("find", "nina")])
def test_questions_to_the_database_load_nothing(little, words):
    """What is counted and looked up takes DuckDB alone."""
    command, *rest = words

    assert loaded(command, little, *rest) == set()


def test_prospects_and_scores_load_no_library_of_graphs(little):
    """The whole chain but its figures runs on loops of the package and scipy's."""
    assert not loaded("rank", little) & set(HEAVY)
    assert not loaded("prospects", little) & set(HEAVY[:4])


COUNTED = """
import gc, sys
from hcpgraph.cli import main
before = sum(generation["collections"] for generation in gc.get_stats())
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
after = sum(generation["collections"] for generation in gc.get_stats())
print(after - before, sys.modules.get("coverage"))
"""


def test_a_command_looks_for_no_garbage_and_measures_no_tests(little, tmp_path):
    """Its modules stay to the end, and nobody asks which of its lines have run."""
    words = ["rank", str(little), "--by", "pagerank", "-o", str(tmp_path / "a.csv")]

    found = subprocess.run(
        [sys.executable, "-c", COUNTED, *words],
        capture_output=True,
        text=True,
        check=True,
    )

    searches, coverage = found.stdout.split()
    assert int(searches) < 10
    assert coverage == "None"
