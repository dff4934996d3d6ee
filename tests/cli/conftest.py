"""A study imported by the command itself, and a way to run commands."""

from __future__ import annotations

import contextlib
import shutil

import pytest
from click.testing import CliRunner

from hcpgraph.cli import main

TIES = """\
source,target,kind,timestamp,area
1,9,mention,2025-01-01T10:00:00Z,asthma
2,9,mention,2025-01-02T10:00:00Z,asthma
3,9,reply,2025-01-03T10:00:00Z,asthma
4,9,repost,2025-02-01T10:00:00Z,asthma
9,3,mention,2025-02-02T10:00:00Z,asthma
2,3,quote,2025-02-03T10:00:00Z,asthma
4,2,mention,2025-03-01T10:00:00Z,copd
1,9,follow,,
2,9,follow,,
"""
ROSTER = """\
id,handle,name,role,specialty,institution,country
9,nina,Nina Nine,physician,Pulmonology,Lakeside Clinic,Norway
3,theo,Theo Three,nurse,Pulmonology,Hill Hospital,Norway
2,tara,Tara Two,researcher,Immunology,Hill Hospital,Chile
4,acme,Acme Inhalers,company,,,
"""


class Command:
    """Runs ``hcpgraph`` in a folder, as a user in a shell would."""

    def __init__(self, folder):
        self.folder = folder
        self.study = folder / "study.duckdb"

    def __call__(self, *words):
        return CliRunner().invoke(main, [str(word) for word in words])

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@pytest.fixture
def hcpgraph(tmp_path):
    """The command, in an empty folder."""
    return Command(tmp_path)


@pytest.fixture
def study_of(hcpgraph, monkeypatch):
    """Import one file; gives a way to run commands on that study, and its results."""

    def imported(name, content):
        monkeypatch.chdir(hcpgraph.folder)
        hcpgraph.write(name, content)
        assert hcpgraph("import", "s.duckdb", name).exit_code == 0
        return lambda command, *words: hcpgraph(command, "s.duckdb", *words)

    return imported


@pytest.fixture(scope="session")
def little(tmp_path_factory):
    """The little study, imported once, under bare file names."""
    hcpgraph = Command(tmp_path_factory.mktemp("little"))
    files = [hcpgraph.write("ties.csv", TIES), hcpgraph.write("roster.csv", ROSTER)]
    with contextlib.chdir(hcpgraph.folder):
        result = hcpgraph("import", hcpgraph.study, *(path.name for path in files))
    assert result.exit_code == 0, result.output
    return hcpgraph.study


@pytest.fixture
def study(hcpgraph, little):
    """A copy of a study of five accounts, four of them on a roster."""
    shutil.copyfile(little, hcpgraph.study)
    return hcpgraph.study


@pytest.fixture
def say(hcpgraph, study, monkeypatch):
    """Run a command beside the study; gives (stdout, stderr), wants success."""
    monkeypatch.chdir(hcpgraph.folder)

    def run(*words):
        name, *rest = words
        result = hcpgraph(name, study.name, *rest)
        assert result.exit_code == 0, result.output
        return result.stdout, result.stderr

    return run
