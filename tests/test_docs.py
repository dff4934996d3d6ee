"""Pages lead to files that are there, and name modules and tests as they are called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hcpgraph.ranking import prior
from hcpgraph.ranking.uncertainty import intervals

ROOT = Path(__file__).parent.parent
PAGES = [
    *sorted(ROOT.glob("docs/**/*.md")),
    ROOT / "README.md",
    ROOT / ".github" / "CONTRIBUTING.md",
    ROOT / "figures" / "README.md",
]
YET_TO_BE_MADE = ("reciprocity.py", "agora.py")  # by whoever follows a recipe

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: str(page.relative_to(ROOT))
)


@every_page
def test_every_link_leads_somewhere(page):
    """A reader who follows a link arrives."""
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@every_page
def test_every_file_that_is_named_exists(page):
    """Who is told to run a test or read a module finds it."""
    text = page.read_text("utf-8")
    named = set(re.findall(r"\b(?:hcpgraph|tests|datasets)/[\w./-]*\w", text))

    lost = [name for name in named if not (ROOT / name).exists()]

    assert [name for name in lost if not name.endswith(YET_TO_BE_MADE)] == []


def test_every_module_of_the_architecture_exists():
    """The map of the rooms shows rooms that are there, and leaves none out."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    package = ROOT / "hcpgraph"
    files = set(re.findall(r"`(?!tests/)([a-z_]+/[a-z_/]*(?:\.py)?)`", text))
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    inner = {
        str(path.parent.relative_to(package))
        for path in package.glob("*/*/__init__.py")
    }
    single = {path.name for path in package.glob("*.py")} - {"__init__.py"}

    assert [name for name in files if not (package / name).exists()] == []
    assert [room for room in rooms if f"| `{room}/` |" not in text] == []
    assert [room for room in inner if f"| `{room}/` |" not in text] == []
    assert [name for name in single if f"| `{name}` |" not in text] == []


def test_methods_has_the_weights_that_are_shipped():
    """Both tables have the weights of prior.toml, within intervals fitted anew."""
    text = (ROOT / "docs" / "methods.md").read_text("utf-8")
    score = text.split("## The score")[1].split("\n## ")[0]
    shipped = prior().value
    figure = r"(\.\d+|0)"
    first = re.findall(rf"`(\w+)` \| {figure}(?: \(set\))? \| \D", score)
    anew = re.findall(
        rf"\| `(\w+)` \| {figure} \| {figure} \| {figure} to {figure} \|", text
    )

    weights = {name: float(weight) for name, weight in first}
    assert weights == {name: pytest.approx(w) for name, w in shipped.items()}
    assert {name for name, *_ in anew} == {n for n, w in shipped.items() if w} - {
        "followers"
    }
    for name, weight, fitted, low, high in anew:
        assert float(weight) == pytest.approx(shipped[name])
        assert float(low) <= min(float(weight), float(fitted))
        assert max(float(weight), float(fitted)) <= float(high)


def test_methods_has_the_constants_of_intervals():
    """What is said of the gap between score and attention is what is computed."""
    text = (ROOT / "docs" / "methods.md").read_text("utf-8").replace("\n", " ")

    assert (intervals._TO_ATTENTION, intervals._LEFT) == (0.7, 0.2)
    assert "seven tenths of the way from the score" in text
    assert "a fifth of the variance of the gap stays" in text
