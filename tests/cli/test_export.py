"""``hcpgraph export``: files for other tools, and words on stderr."""

from __future__ import annotations

import csv
import json
import sys

import networkx as nx
import pytest

FILES = {
    "gexf": "x.gexf",
    "graphml": "x.graphml",
    "graphology": "x.json",
    "nodes": "x.csv",
    "ties": "x.parquet",
    "evidence": "x.json",
}


@pytest.mark.parametrize(("target", "name"), FILES.items(), ids=FILES)
def test_every_target_is_a_file_with_its_provenance(say, tmp_path, target, name):
    """Nothing on stdout; what was written, and who is not named, on stderr."""
    out, err = say("export", target, "--area", "asthma", "-o", name)

    assert out == ""
    assert "audience: hcp\nnot listed: 1 company\n" in err
    assert err.endswith(f"wrote {name} and {name}.provenance.json\n")
    assert (tmp_path / name).stat().st_size > 0
    origin = json.loads((tmp_path / f"{name}.provenance.json").read_text())
    assert origin["parameters"]["command"] == f"export {target}"


def test_those_held_back_are_counted_and_stay_in_the_network(say, tmp_path):
    """Account 1 is on no roster, account 4 is a company."""
    _, err = say("export", "graphml", "--area", "asthma", "-o", "x.graphml")

    graph = nx.read_graphml(tmp_path / "x.graphml")
    assert set(graph.nodes) == {"2", "3", "9", "node-1", "node-2"}
    assert graph.nodes["9"]["label"] == "@nina"
    assert graph.nodes["node-1"]["label"] == "node-1"
    assert "Acme" not in (tmp_path / "x.graphml").read_text()
    assert "2 of 5 accounts are not named: they stand as node-1 to node-2" in err


def test_a_workbook_is_written(say, tmp_path):
    """With prospects once somebody is known."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs hcpgraph[excel]")
    (tmp_path / "crm.csv").write_text("handle\n@nina\n")

    say("export", "xlsx", "--area", "asthma", "--known", "crm.csv", "-o", "x.xlsx")

    assert "Prospects" in openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames


def test_a_missing_library_is_one_line(hcpgraph, study, tmp_path, monkeypatch):
    """With what to install; no file is left behind."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    result = hcpgraph("export", study, "xlsx", "-o", tmp_path / "x.xlsx")

    assert result.exit_code == 1
    assert "pip install 'hcpgraph[excel]'" in result.stderr
    assert not (tmp_path / "x.xlsx").exists()


FAILURES = {
    "another end": (["gexf", "-o", "x.csv"], 1, "gexf is written to a file that ends"),
    "no such target": (["dot", "-o", "x.dot"], 2, "'dot' is not one of"),
    "nowhere to write": (["gexf"], 2, "Missing option '-o'"),
    "an option of workbooks": (
        ["nodes", "-o", "x.csv", "--top", "3"],
        2,
        "--top is for xlsx, not for nodes",
    ),
    "every area": (["ties", "-o", "x.csv", "--area", "all"], 1, "name one"),
}


@pytest.mark.parametrize(("words", "code", "answer"), FAILURES.values(), ids=FAILURES)
def test_what_cannot_be_written_is_said(hcpgraph, study, words, code, answer):
    """Code 1: it could not be done. Code 2: it was not asked rightly."""
    result = hcpgraph("export", study, *words)

    assert result.exit_code == code
    assert answer in result.stderr
    assert "Traceback" not in result.stderr


def test_texts_of_strangers_are_no_formulas(study_of, tmp_path):
    """In whichever column of a CSV file they stand."""
    words = ["=1+1", "+1+1", "-1+1", "@SUM(1)"]
    people = "".join(f"{n},{word},clinician\n" for n, word in enumerate(words))
    run = study_of("roster.csv", f"id,name,role\n{people}")
    (tmp_path / "ties.csv").write_text("follower,followed\n0,1\n1,2\n2,3\n")
    assert run("import", "ties.csv").exit_code == 0

    assert run("export", "nodes", "-o", "x.csv").exit_code == 0

    rows = list(csv.reader((tmp_path / "x.csv").read_text().splitlines()))
    assert [row[4] for row in rows[1:]] == [f"'{word}" for word in words]
    cells = [cell for row in rows for cell in row if not cell.startswith("-")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@SUM"))]
