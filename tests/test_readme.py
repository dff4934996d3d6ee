"""What the README shows is run on the demo, so that it stays true word for word."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from hcpgraph.cli import main
from hcpgraph.model.names import CONTRIBUTIONS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in *language*."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Where ``make demo`` was run, and the commands that it ends with."""
    folder = tmp_path_factory.mktemp("root")
    (making,) = re.findall(r"^\t\$\(BIN\)/(hcpgraph demo .*)$", MAKEFILE, re.MULTILINE)
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, shlex.split(making)[1:])
    assert result.exit_code == 0, result.output
    told = result.stdout.split("\nNext, to paste:\n")[1]
    return folder, [line.strip() for line in told.splitlines() if line]


@pytest.mark.slow
def test_the_shell_lines_run(demo, monkeypatch):
    """Every command, on what ``make demo`` leaves, with people who are there."""
    monkeypatch.chdir(demo[0])

    for line in "".join(blocks("sh")).splitlines():
        program, *words = shlex.split(line, comments=True)
        result = CliRunner().invoke(main, words)
        assert program == "hcpgraph"
        assert result.exit_code == 0, (line, result.output)

    written = {path.name for path in demo[0].iterdir()}
    assert {"communities.csv", "network.svg", "network.gexf", "report.html"} <= written


@pytest.mark.slow
def test_the_commands_that_the_demo_ends_with_run(demo, monkeypatch):
    """Five of them, as they are printed."""
    monkeypatch.chdir(demo[0])

    assert len(demo[1]) == 5
    for line in demo[1]:
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, (line, result.output)


@pytest.mark.slow
def test_the_python_lines_run(demo, monkeypatch):
    """The same as values."""
    monkeypatch.chdir(demo[0])
    names: dict[str, object] = {}

    exec("".join(blocks("python")), names)

    assert len(names["ranking"]) == 50
    assert len(names["prospects"]) == 25


def test_every_link_leads_somewhere():
    """A newcomer who follows a link arrives."""
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_it_fits_two_screens():
    """What is longer is not read; it belongs into docs/."""
    assert len(README.splitlines()) <= 110


def test_every_contribution_is_explained():
    """The parts of a score have their meaning where results are explained."""
    results = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")

    assert [name for name in CONTRIBUTIONS if f"| `{name}` |" not in results] == []
