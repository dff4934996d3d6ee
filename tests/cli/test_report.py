"""``hcpgraph report``."""

from __future__ import annotations


def test_one_page_is_written_with_its_origin(hcpgraph, say):
    """The page opens by itself; the file beside it says what it was made of."""
    out, said = say("report", "-o", "page.html", "--top", "2")
    html = (hcpgraph.folder / "page.html").read_text(encoding="utf-8")

    assert out == ""
    assert "wrote page.html and page.html.provenance.json" in said
    assert html.startswith("<!doctype html>")
    assert "Nina Nine" in html
    assert "acme" not in html.lower().replace("acme inhalers", "acme")
    assert (hcpgraph.folder / "page.html.provenance.json").exists()


def test_areas_can_be_chosen(hcpgraph, say):
    """Several times, in order."""
    say("report", "-o", "page.html", "--area", "copd", "--area", "asthma")
    html = (hcpgraph.folder / "page.html").read_text(encoding="utf-8")

    assert html.index('id="area-copd"') < html.index('id="area-asthma"')
    assert "area-whole-study" not in html


def test_areas_left_out_are_said(say):
    """With the reason."""
    _, said = say("report", "-o", "page.html")

    assert "not in the report: asthma (3 people may be listed)" in said


def test_an_unknown_area_is_one_line(hcpgraph, study):
    """And no file is written."""
    result = hcpgraph("report", study, "--area", "asthmaa", "-o", hcpgraph.folder / "p")

    assert result.exit_code == 1
    assert "did you mean 'asthma'?" in result.output
    assert not (hcpgraph.folder / "p").exists()


def test_the_study_is_never_written_over(hcpgraph, study):
    """A page is no study."""
    result = hcpgraph("report", study, "-o", study)

    assert result.exit_code == 1
    assert "that is the study itself" in result.output
