"""The recipe for a new importer is followed step by step, so that it stays true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def add(path: Path, after: str, text: str) -> None:
    """Put *text* behind the one place where a file says *after*."""
    before = path.read_text(encoding="utf-8")
    assert before.count(after) == 1, after
    path.write_text(before.replace(after, after + text), encoding="utf-8")


@pytest.mark.slow
def test_an_importer_is_two_files(tmp_path):
    """By the recipe, and nothing beside it, a new platform is read and held to all."""
    for folder in ("hcpgraph", "tests"):
        left_out = shutil.ignore_patterns("__pycache__", "fuzz")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=left_out)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    page = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "### An importer: 2 files" in page  # the module, and its name
    module, entry, test = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)

    (tmp_path / "hcpgraph/importers/agora.py").write_text(module, encoding="utf-8")
    formats = tmp_path / "hcpgraph/model/formats.py"
    add(formats, "FORMATS: Final = (\n", f"{entry.rstrip()},\n")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    row = "from hcpgraph.model.formats import as_markdown; print(as_markdown())"
    rows = subprocess.run(
        [sys.executable, "-c", row],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    add(tmp_path / "docs" / "data.md", "|---|---|\n", f"{rows[0]}\n")
    (tmp_path / "tests/importers/test_agora.py").write_text(test, encoding="utf-8")

    held = ["tests/model/test_formats.py", "tests/importers/test_agora.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *held],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
