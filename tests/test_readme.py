"""What the README shows is run, so that it stays true."""

from __future__ import annotations

import gzip
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from hcpgraph.cli import main
from hcpgraph.model.names import CONTRIBUTIONS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SMALL = ROOT / "datasets" / "small"


def block(language: str) -> str:
    """The one fenced block of the README in *language*."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    return found


@pytest.fixture
def exports(tmp_path, monkeypatch):
    """A folder with the files that the README names, and nothing else."""
    pages = b"".join(
        gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in sorted(SMALL.glob("posts-*"))
    )
    (tmp_path / "tweets.jsonl").write_bytes(pages)
    for name, given in (("follows", "follows"), ("roster", "roster"), ("known", "crm")):
        shutil.copy(SMALL / f"{name}.csv", tmp_path / f"{given}.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_shell_lines_run(exports):
    """Ten lines of shell are a study, from exports to pictures."""
    lines = block("sh").splitlines()

    for line in lines:
        program, *words = shlex.split(line, comments=True)
        result = CliRunner().invoke(main, words)
        assert program == "hcpgraph"
        assert result.exit_code == 0, (line, result.output)

    written = {path.name for path in exports.iterdir()}
    assert {"leaders.csv", "prospects.csv", "network.svg", "leaders.png"} <= written


def test_the_python_lines_run(exports):
    """Ten lines of Python give the same as values."""
    names: dict[str, object] = {}

    exec(block("python"), names)

    assert len(names["ranking"]) == 50
    assert len(names["prospects"]) == 25


def test_every_link_leads_somewhere():
    """A newcomer who follows a link arrives."""
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_contribution_is_explained():
    """A column that is printed has its meaning in the README."""
    assert [name for name in CONTRIBUTIONS if f"| `{name}` |" not in README] == []


def test_the_number_of_areas_is_the_vocabularys():
    """Counts in prose go stale unless something counts again."""
    from hcpgraph import areas  # noqa: PLC0415 - beside the one use

    assert f"{len(areas.load().areas)} areas" in README
