"""``--layers``: which ties a ranking reads, and how much they count, as in Python."""

from __future__ import annotations

import csv
import io

import pytest

import hcpgraph as hg


@pytest.fixture
def mixed(hcpgraph, monkeypatch):
    """A study with mentions and nominations."""
    monkeypatch.chdir(hcpgraph.folder)
    hcpgraph.write(
        "posts.csv", "source,target,kind\na,x,mention\nb,x,mention\na,y,reply\n"
    )
    hcpgraph.write("named.csv", "source,target\nc,y\nd,y\ne,z\n")
    hcpgraph("import", "m.duckdb", "posts.csv")
    hcpgraph("import", "m.duckdb", "named.csv", "--layer", "nomination")
    return hcpgraph


def ranked(run, *words):
    result = run("rank", "m.duckdb", "--format", "csv", *words)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize("by", ["score", "in_degree", "pagerank", "strength"])
def test_the_option_says_what_python_takes(mixed, by):
    """The same layers and weights give the same list, by score and by a measure."""
    found = ranked(mixed, "--by", by, "--layers", "mention=2.5, reply")

    expected = hg.Study(mixed.folder / "m.duckdb").rank(
        by=by, layers={"mention": 2.5, "reply": 1.0}
    )
    columns = expected.table.columns
    assert [row["id"] for row in found] == list(columns["id"])
    assert [float(row["score"]) for row in found] == list(columns["score"])


def test_a_weight_counts(mixed):
    """Three times as much for each mention, and nothing else is read."""
    once = ranked(mixed, "--by", "strength", "--layers", "mention")
    more = ranked(mixed, "--by", "strength", "--layers", "mention=3")

    assert {row["id"] for row in once} == {"a", "b", "x"}
    assert [3 * float(row["score"]) for row in once] == [
        float(row["score"]) for row in more
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mentoin", "no layer 'mentoin'; did you mean 'mention'?"),
        ("mention=0", "a finite number above 0, got 0; leave the layer out"),
        ("mention=-1", "a finite number above 0, got -1"),
        ("mention=nan", "a finite number above 0, got nan"),
        ("mention=inf", "a finite number above 0, got inf"),
        ("mention=1e300", "between 1e-09 and 1e+09, got 1e+300"),
        ("mention=1e-300", "between 1e-09 and 1e+09, got 1e-300"),
        ("mention=much", "is not LAYER or LAYER=WEIGHT"),
        ("mention=", "is not LAYER or LAYER=WEIGHT"),
        ("", "lacks the name of a layer"),
        ("mention,,reply", "lacks the name of a layer"),
        ("reply,reply=2", "'reply' is named twice"),
    ],
)
@pytest.mark.parametrize("command", ["rank", "explain", "rising", "backtest"])
def test_what_cannot_be_read_is_refused_in_one_line(mixed, command, given, said):
    """Nothing is guessed, and nothing is left out silently."""
    person = ("x",) if command == "explain" else ()

    result = mixed(command, "m.duckdb", *person, "--layers", given)

    assert result.exit_code in {1, 2}
    assert said in result.stderr.splitlines()[-1]


def test_the_layers_stand_in_the_provenance(mixed):
    """Whoever repeats the list knows what was read."""
    mixed("rank", "m.duckdb", "--layers", "mention=2", "-o", "list.csv")

    beside = (mixed.folder / "list.csv.provenance.json").read_text(encoding="utf-8")
    assert '"mention": 2.0' in beside
    assert '"reply"' not in beside


def test_no_layer_at_all_is_refused_in_python(mixed):
    """An empty mapping asks for nothing, and would list nobody."""
    with pytest.raises(ValueError, match="no layer is asked for; choose from"):
        hg.Study(mixed.folder / "m.duckdb").rank(layers={})
