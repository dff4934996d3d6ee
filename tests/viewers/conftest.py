"""The study whose cells differ from each other, made once, and viewers of it."""

from __future__ import annotations

import shutil

import pytest

from hcpgraph.study import Study
from tests.viewers import asking, world


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with the study and a list of known people; nobody changes it."""
    folder = tmp_path_factory.mktemp("world")
    world.prepare(folder)
    return folder


@pytest.fixture
def seen_by(made, tmp_path):
    """Gives the study as a viewer with some rules sees it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)

    def open_as(rules, viewer="drawn", **said):
        asking.put_in_force(tmp_path / "s.duckdb", rules)
        return Study(tmp_path / "s.duckdb", viewer=viewer, **said)

    return open_as
