"""``hcpgraph figure``: every kind from the shell, and wrong wishes in one line."""

from __future__ import annotations

import json

import pytest

from hcpgraph.model.names import FIGURE_OPTIONS, FIGURES

PEOPLE = "id\n9\n3\n"


@pytest.fixture
def known(hcpgraph):
    """Two people one knows."""
    return hcpgraph.write("known.csv", PEOPLE)


@pytest.mark.parametrize("kind", ["communities", "areas", "timeline", "coverage"])
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_every_kind_is_drawn_the_same_each_time(say, tmp_path, kind, suffix):
    """The kind of file is that of its name; the same bytes each time."""
    area = () if kind == "areas" else ("--area", "asthma")
    words = ("figure", kind, *area, "--page", "print", "-o", f"f.{suffix}")

    out, err = say(*words)
    first = (tmp_path / f"f.{suffix}").read_bytes()
    say(*words)

    assert (out, err) == ("", f"wrote f.{suffix} and f.{suffix}.provenance.json\n")
    assert (tmp_path / f"f.{suffix}").read_bytes() == first
    origin = json.loads((tmp_path / f"f.{suffix}.provenance.json").read_text())
    assert origin["parameters"]["command"] == f"figure {kind}"
    assert origin["parameters"]["page"] == "print"


def test_a_network_with_known_people_is_a_plan(say, known, tmp_path):
    """The picture differs; its origin holds the list's digest and none of its names."""
    say("figure", "network", "--area", "asthma", "-o", "map.svg")
    say(
        *("figure", "network", "--area", "asthma", "-o", "plan.svg"),
        *("--known", known.name, "--budget", "1"),
    )

    assert (tmp_path / "map.svg").read_bytes() != (tmp_path / "plan.svg").read_bytes()
    told = (tmp_path / "plan.svg.provenance.json").read_text()
    found = json.loads(told)["parameters"]
    assert found["known"]["entries"] == 2
    assert len(found["known"]["sha256"]) == 64
    assert found["exclude"] is None
    assert "known.csv" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ranking", "--known", "known.csv"], "--known is for network and coverage"),
        (["communities", "--top", "3"], "--top is for network, ranking, areas, time"),
        (["coverage", "--top", "3"], "families, not for coverage"),
        (["timeline", "--budget", "3"], "--budget is for network and coverage"),
        (["areas", "--area", "asthma"], "areas shows every area: leave --area out"),
        (["coverage", "--budget", "0"], "0 is not in the range 1<=x<="),
        (["map"], "'map' is not one of"),
        (["network", "--page", "poster"], "'poster' is not one of"),
    ],
)
def test_wrong_wishes_are_named(hcpgraph, study, known, monkeypatch, words, said):
    """An option that a picture has no use for is refused before the study is read."""
    monkeypatch.chdir(hcpgraph.folder)

    result = hcpgraph("figure", study, *words, "-o", "f.png")

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not (hcpgraph.folder / "f.png").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["timeline", "--area", "asthma", "--until", "2024-01-01"], "nothing to draw"),
        (["communities", "--area", "diabetes"], "nothing to draw"),
        (["coverage", "--area", "diabetes"], "nothing to draw"),
        (["coverage", "--area", "all"], "name one"),
        (["timeline", "--area", "all"], "name one"),
    ],
)
def test_nothing_to_draw_is_one_line(hcpgraph, study, monkeypatch, words, said):
    """No traceback, no file."""
    monkeypatch.chdir(hcpgraph.folder)

    result = hcpgraph("figure", study, *words, "-o", "f.png")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (hcpgraph.folder / "f.png").exists()


def test_help_explains_every_kind(hcpgraph):
    """Each kind has a line, and says which options it takes."""
    shown = hcpgraph("figure", "--help").stdout

    assert all(f"\n  {kind} " in shown for kind in FIGURES)
    assert set(FIGURE_OPTIONS) == set(FIGURES)
