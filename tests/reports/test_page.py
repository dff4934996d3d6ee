"""The program of the page: its own tests, and that it is built from its sources."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "hcpgraph" / "reports"
FILES = ("report.js", "report.css")


def test_the_program_passes_its_own_tests():
    """Columns, views, labels, search and sorting, in node."""
    if shutil.which("node") is None:
        pytest.skip("no node on this machine")

    tests = sorted((ROOM / "page" / "test").glob("*.test.js"))
    found = subprocess.run(
        ["node", "--test", *map(str, tests)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert tests
    assert found.returncode == 0, found.stdout


def test_what_is_shipped_is_built_from_its_sources(tmp_path):
    """``make page`` would change nothing."""
    if shutil.which("npm") is None:
        pytest.skip("no npm on this machine")
    page = tmp_path / "page"
    skipped = shutil.ignore_patterns("node_modules")
    shutil.copytree(ROOM / "page", page, ignore=skipped)
    fetched = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"],
        cwd=page,
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode:
        pytest.skip(f"esbuild cannot be fetched: {fetched.stderr[-200:]}")

    subprocess.run(["npm", "run", "build"], cwd=page, capture_output=True, check=True)

    for name in FILES:
        made = (tmp_path / "built" / name).read_bytes()
        assert made == (ROOM / "built" / name).read_bytes(), f"{name}: run 'make page'"


@pytest.mark.parametrize("name", FILES)
def test_what_is_shipped_can_stand_inside_its_element(name):
    """No end tag within, no address, and small."""
    text = (ROOM / "built" / name).read_text(encoding="utf-8")

    assert "</" not in text
    assert "http" not in text
    assert len(text) < 60_000
