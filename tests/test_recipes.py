"""The recipes of CONTRIBUTING are followed on a copy, with the files that they name."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")


class Copy:
    """A copy of the package, which counts the files that are changed in it."""

    def __init__(self, folder):
        self.folder = folder
        self.changed = set()
        left_out = shutil.ignore_patterns("__pycache__", "node_modules", "fuzz")
        for name in ("hcpgraph", "tests", "docs", ".github"):
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        (folder / "datasets").symlink_to(ROOT / "datasets")
        shutil.copy(ROOT / "pyproject.toml", folder)

    def with_text(self, text):
        """The one module of ``study`` that says *text*."""
        (found,) = (
            path
            for path in (self.folder / "hcpgraph" / "study").rglob("*.py")
            if text in path.read_text("utf-8")
        )
        return found.relative_to(self.folder)

    def add(self, name, text, *, after=None):
        """Write a new file, or put *text* behind the one place that says *after*."""
        path = self.folder / name
        before = "" if after is None else path.read_text("utf-8")
        if after is not None:
            assert before.count(after) == 1, (name, after)
            text = before.replace(after, after + text)
        path.write_text(text, "utf-8")
        self.changed.add(str(name))

    def run(self, *words):
        """Run Python in the copy; gives what it prints."""
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def hcpgraph(self, *words):
        """Run the command of the copy."""
        return self.run("-c", "from hcpgraph.cli import main; main()", *words)

    def test(self, name, chosen):
        """Run tests of the copy, which have to pass."""
        self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", name, "-k", chosen)


@pytest.fixture
def copy(tmp_path):
    """The package, to be changed."""
    return Copy(tmp_path)


def promised(what):
    """The number of files that CONTRIBUTING names for something new."""
    return int(re.search(rf"### A {what}: (\d+) files", CONTRIBUTING)[1])


def reference(copy, page):
    """A page of the reference, as the copy makes it."""
    return copy.run(
        "-c",
        "import sys; sys.path.insert(0, 'docs/site'); import pages;"
        f"print(pages.REFERENCE['reference/{page}']())",
    )


PLACE = '    Column("rank_high", WHOLE, LISTED,'


@pytest.mark.slow
def test_a_column_is_two_files(copy):
    """Declared and computed, it is in files, workbooks and the reference."""
    copy.add(
        "hcpgraph/model/columns.py",
        '\n    Column("share_of_first", SHARE, LISTED, "score over the first one\'s"),',
        after=f'{PLACE} "worst rank in the 90 % interval"),',
    )
    copy.add(
        copy.with_text('opened.table("rank"'),
        '\n        "share_of_first": (listed.score / listed.score[:1]).tolist(),',
        after='        "rank": listed.ranks().tolist(),',
    )

    copy.hcpgraph("import", "s.duckdb", "datasets/small/follows.csv")
    text = copy.hcpgraph("rank", "s.duckdb", "--top", "3", "--format", "csv")

    rows = list(csv.DictReader(text.splitlines()))
    assert len(copy.changed) == promised("column")
    assert list(rows[0]).index("share_of_first") == list(rows[0]).index("rank_high") + 1
    assert rows[0]["share_of_first"] == "1"
    assert 0 < float(rows[2]["share_of_first"]) <= 1
    assert "| `share_of_first` | score over the first one's |" in reference(
        copy, "columns"
    )
    copy.test("tests/cli/test_columns.py", "declared and rank or says_what")
    copy.test("tests/test_architecture.py", "layers or fit or offered")


QUESTION = '''"""Ask a study how many ties each layer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hcpgraph.model.table import Table
    from hcpgraph.study.open_study import OpenStudy


def answer(opened: OpenStudy) -> Table:
    """The layers with their ties."""
    ties = opened.store.summarise()["ties"]
    return opened.table("layers", {"layer": list(ties), "ties": list(ties.values())})
'''
METHOD = '''
    def layers(self) -> Table:
        """The layers of the study, with their ties."""
        with self.opened() as opened:
            return questions.layers.answer(opened)
'''
COMMAND = '''"""``hcpgraph layers``: how many ties each layer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("layers", cls=Verbatim)
@values.gathered
@options.study
@options.printed
def command(study: Path, destination: values.Destination) -> None:
    r"""List the layers of STUDY with their ties.

    \\b
    Example:
        hcpgraph layers oncology.duckdb
    """
    asked = study_at(study)
    output.emit(
        asked.layers(),
        study=asked,
        destination=destination,
        parameters={"command": "layers"},
    )
'''


@pytest.mark.slow
def test_a_command_is_six_files(copy):
    """By the recipe it runs, writes files with provenance, and is in the reference."""
    columns = "hcpgraph/model/columns.py"
    copy.add(
        columns,
        '\n        "layers": (\n            Column("layer", TEXT, NOBODY, "layer"),'
        '\n            Column("ties", WHOLE, NOBODY, "its ties", "ties"),\n        ),',
        after='        "about": ABOUT,',
    )
    copy.add("hcpgraph/study/questions/layers.py", QUESTION)
    door = "hcpgraph/study/questions/__init__.py"
    copy.add(door, "\n        layers,", after="        info,")
    copy.add(door, '\n    "layers",', after='    "info",')
    core = "hcpgraph/study/core.py"
    copy.add(core, METHOD, after='        return f"Study({str(self.path)!r})"\n')
    copy.add("hcpgraph/cli/layers.py", COMMAND)
    copy.add(
        "hcpgraph/cli/__init__.py",
        '\n    "layers": ("layers", "List layers with their ties."),',
        after='    "info": ("info", "Summarise a study."),',
    )

    copy.hcpgraph("import", "s.duckdb", "datasets/small/follows.csv")
    text = copy.hcpgraph("layers", "s.duckdb", "--format", "csv")
    copy.hcpgraph("layers", "s.duckdb", "-o", "layers.json")

    assert len(copy.changed) == promised("command")
    assert text.startswith("layer,ties\nfollow,")
    assert (copy.folder / "layers.json.provenance.json").exists()
    assert "## hcpgraph layers" in reference(copy, "commands")
    assert "| `layer` | layer |" in reference(copy, "columns")
    copy.test(
        "tests/test_architecture.py", "follow_the_layers or listed or has_the_name"
    )
