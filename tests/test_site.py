"""The documentation builds as a site, and what it is made from is all in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hcpgraph import cli
from hcpgraph.model.columns import LISTS
from hcpgraph.model.names import FIGURES, FORMATS, LAYERS, MEASURES

ROOT = Path(__file__).parent.parent

sphinx = pytest.importorskip("sphinx", reason="needs the extra 'docs'")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site; every warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "site" / "build.py", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def words_of(site, page):
    """What a page says, without its markup."""
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.slow
def test_every_page_of_docs_is_in_the_site(site):
    """A page that is written is found."""
    written = {p.relative_to(ROOT / "docs") for p in (ROOT / "docs").rglob("*.md")}

    assert [p for p in written if not (site / p.with_suffix(".html")).exists()] == []


@pytest.mark.slow
def test_the_reference_is_complete(site):
    """Each command, column, format and name that can be asked for has its entry."""
    commands = words_of(site, "reference/commands")
    columns = words_of(site, "reference/columns")
    formats = words_of(site, "reference/formats")
    configuration = words_of(site, "reference/configuration")

    assert [c for c in cli._COMMANDS if f"hcpgraph {c}" not in commands] == []
    names = {column.name for listing in LISTS.values() for column in listing}
    assert [name for name in names if name not in columns] == []
    offered = (*FORMATS, *LAYERS, *FIGURES)
    assert [name for name in offered if name not in formats] == []
    assert [name for name in MEASURES if name not in configuration] == []


@pytest.mark.slow
def test_the_site_asks_for_nothing(site):
    """It reads offline: no script, style or picture comes from elsewhere."""
    asked = [
        found
        for page in site.rglob("*.html")
        for found in re.findall(
            r"<(?:script|img|link)[^>]+(?:src|href)=\"(https?:[^\"]+)",
            page.read_text(encoding="utf-8"),
        )
    ]

    assert asked == []


@pytest.mark.slow
def test_links_within_the_site_lead_somewhere(site):
    """A reader who follows a link arrives, at the very place."""
    lost = []
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"<a[^>]+href=\"(?!https?:|mailto:)([^\"]+)\"", text):
            path, _, anchor = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            place = f'id="{anchor}"' if anchor else ""
            if not there.exists() or place not in there.read_text(encoding="utf-8"):
                lost.append((page.name, target))

    assert lost == []
