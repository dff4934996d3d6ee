"""Where results came from, and how they look in a notebook."""

from __future__ import annotations

import hashlib
import json

import pytest

from hcpgraph.model.notebook import MOST


def test_provenance_has_inputs_parameters_and_versions(tiny):
    """Enough to get the result again: the digests are those of the files."""
    ranking = tiny.study.rank("breast-cancer")

    found = tiny.study.provenance(ranking.parameters)

    assert set(found) == {"inputs", "parameters", "versions"}
    for entry, path in zip(found["inputs"], tiny.files, strict=True):
        assert entry["path"] == str(path)
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found["parameters"] == dict(ranking.parameters)
    assert {"hcpgraph", "duckdb", "igraph", "numpy", "python"} <= set(found["versions"])
    assert all(found["versions"].values())


def test_provenance_has_no_clock(tiny):
    """The same result has the same provenance, tomorrow as well."""
    asked = {"seed": 0}

    one, two = (json.dumps(tiny.study.provenance(asked)) for _ in range(2))

    assert one == two
    assert "imported_at" not in one


RESULTS = {
    "ranking": lambda study: study.rank("breast-cancer", top=3),
    "ranking of all": lambda study: study.rank("all", top=3),
    "communities": lambda study: study.communities("breast-cancer"),
    "prospects": lambda study: study.prospects("breast-cancer", budget=3),
    "areas": lambda study: study.areas(),
    "find": lambda study: study.find("dr"),
}


@pytest.mark.parametrize("ask", RESULTS.values(), ids=RESULTS)
def test_results_show_in_notebooks(tiny, ask):
    """As HTML with the first rows, and as a DataFrame with the same columns."""
    result = ask(tiny.study)
    table = getattr(result, "table", result)

    html = result._repr_html_()
    frame = result.to_pandas()

    assert table._repr_html_() in html
    assert table._repr_html_().count("<tr>") == min(len(table), MOST) + 1
    assert list(frame.columns) == list(table.names)
    assert len(frame) == len(table) > 0


@pytest.mark.parametrize("ask", list(RESULTS.values())[:4], ids=list(RESULTS)[:4])
def test_results_say_what_was_asked_in_plain_values(tiny, ask):
    """Parameters go into a JSON file as they are."""
    parameters = ask(tiny.study).parameters

    assert json.loads(json.dumps(dict(parameters))) == dict(parameters)
    assert parameters["seed"] == 0
