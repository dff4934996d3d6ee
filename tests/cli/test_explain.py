"""``hcpgraph explain``: read from the top."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SMALL = Path(__file__).parents[2] / "datasets/small"
TRANSCRIPTS = Path(__file__).parent / "transcripts"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The committed small study, imported by the command."""
    from click.testing import CliRunner  # noqa: PLC0415 - for this fixture alone

    from hcpgraph.cli import main  # noqa: PLC0415 - likewise

    study = tmp_path_factory.mktemp("small") / "small.duckdb"
    files = [
        path
        for path in sorted(SMALL.iterdir())
        if path.name.startswith(("posts", "follow", "roster"))
    ]
    result = CliRunner().invoke(main, ["import", str(study), *map(str, files)])
    assert result.exit_code == 0, result.output
    return study


def test_the_whole_explanation_reads_as_agreed(hcpgraph, small):
    """Every line of one person's explanation, as an analyst sees it."""
    result = hcpgraph("explain", small, "@AlbrandtT", "--area", "breast-cancer")

    assert result.exit_code == 0, result.output
    expected = (TRANSCRIPTS / "explain.txt").read_text(encoding="utf-8")
    assert result.stdout == expected


def test_json_holds_every_section(say):
    """For those who read on by machine; notes for people go to stderr."""
    out, err = say("explain", "@nina", "--area", "asthma", "--format", "json")

    found = json.loads(out)

    assert (found["rank"], found["of"]) == (1, 3)
    assert found["endorsers"]["rows"][0]["endorser"] == "@theo"
    assert found["layers"]["says"][0].startswith("Sparse data: 5 accounts")
    assert "audience: hcp" in err


def test_written_to_a_file_it_comes_with_its_provenance(say, hcpgraph):
    """What was asked can be asked again, but for the words that were typed."""
    say("explain", "@nina", "--area", "asthma", "-o", "nina.json")

    assert json.loads((hcpgraph.folder / "nina.json").read_text())["id"] == "9"
    origin = json.loads((hcpgraph.folder / "nina.json.provenance.json").read_text())
    assert origin["parameters"]["command"] == "explain"
    assert origin["parameters"]["person"] == "withheld"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["@ninna"], "no account '@ninna'; did you mean '@nina'?"),
        (["@acme"], "'@acme' is not listed for audience 'hcp': company"),
        (["@theo", "--area", "copd"], "'@theo' has no ties in copd, and so no rank;"
         " ranked in asthma"),
    ],
)  # fmt: skip
def test_who_cannot_be_explained_is_told_in_a_line(hcpgraph, study, words, message):
    """Exit code 1, nothing on stdout."""
    result = hcpgraph("explain", study, *words)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"Error: {message}\n"


def test_a_table_for_people_has_no_other_file_kind(hcpgraph, study):
    """CSV could hold but one of the tables."""
    result = hcpgraph("explain", study, "@nina", "-o", "nina.csv")

    assert result.exit_code == 2
    assert "end the name in .txt or .json" in result.stderr
