"""The guides are followed step by step, so that they stay true."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from hcpgraph.cli import main

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "how-to"
GUIDES = sorted(FOLDER.glob("*.md"))

named = pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in *language*."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder with the data set where the root of the repository has it."""
    shutil.copytree(ROOT / "datasets" / "small", tmp_path / "datasets" / "small")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@named
def test_the_shell_lines_run(page, root):
    """Every line does what the guide says, and is refused only where it says so."""
    for line in "".join(blocks(page, "sh")).splitlines():
        program, *words = shlex.split(line, comments=True)
        if program != "hcpgraph":
            subprocess.run(["bash", "-c", line], check=True)
            continue
        result = CliRunner().invoke(main, words)
        assert result.exit_code == int(line.endswith("# refused")), (
            line,
            result.output,
        )


def test_every_guide_can_be_found():
    """A newcomer gets to each guide from the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [p.name for p in GUIDES if f"(docs/how-to/{p.name})" not in readme] == []


@pytest.mark.slow
def test_a_measure_is_four_files(tmp_path):
    """By the recipe, and nothing beside it, a new measure ranks and is held to all."""
    for folder in ("hcpgraph", "tests"):
        left_out = shutil.ignore_patterns("__pycache__", "node_modules", "fuzz")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    measure, oracle = blocks(FOLDER / "new-measure.md", "python")
    (tmp_path / "hcpgraph/measures/reciprocity.py").write_text(measure, "utf-8")
    add(
        tmp_path / "hcpgraph/model/names.py",
        "MEASURES: Final = (\n",
        '"reciprocity",\n',
    )
    door = tmp_path / "hcpgraph/measures/__init__.py"
    add(door, "\n\n__all__ = [\n", '"reciprocity",\n')
    line = "from hcpgraph.measures.reciprocity import reciprocity\n"
    add(door, "import components\n", line)
    oracles = tmp_path / "tests/measures/test_oracles.py"
    add(
        oracles, "TIES = st.lists(st.tuples(NODE, NODE, WEIGHT), max_size=35)\n", oracle
    )
    add(oracles, "ORACLES = {\n", '"reciprocity": reciprocity,\n')

    held = ["tests/measures/test_oracles.py", "tests/measures/test_contract.py"]
    kept = "test_every_name_has_a_measure or test_every_measure_has_an_oracle"
    words = f"reciprocity or {kept}"
    command = [sys.executable, "-m", "pytest", "-q", "-k", words, *held]
    done = subprocess.run(
        [*command, "tests/model/test_names.py", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def add(path: Path, after: str, text: str) -> None:
    """Put *text* behind the one place where a file says *after*."""
    before = path.read_text(encoding="utf-8")
    assert before.count(after) == 1, after
    path.write_text(before.replace(after, after + text), encoding="utf-8")
