"""The synthetic world imported once, and a plain reading of its exports."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from hcpgraph import demo
from hcpgraph.study import Study

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, eq=False)
class Planted:
    """A study of a synthetic world, the files it was made of, and the truth."""

    study: Study
    folder: Path
    files: tuple[Path, ...]
    areas: tuple[str, ...]

    # a frozen dataclass has a __dict__, which is all that cached_property needs
    @cached_property
    def truth(self) -> dict[str, dict[str, str]]:
        """What was planted, by id."""
        return {row["id"]: row for row in self.table("truth.csv")}

    @cached_property
    def posts(self) -> dict[str, dict[str, Any]]:
        """Every post of the exports once, by id."""
        pages = [page for path in self.files for page in lines(path)]
        return {
            item["id"]: item
            for page in pages
            for item in page["data"]
            if "author_id" in item
        }

    @cached_property
    def follows(self) -> set[tuple[str, str]]:
        """Every follow, from the table and from the lists of users."""
        ties = {(row["follower"], row["followed"]) for row in self.table("follows.csv")}
        for path in self.folder.glob("follow*-*.jsonl"):
            for page in lines(path):
                # .../users/EGO/followers
                *_, ego, relation = page["__twarc"]["url"].split("?")[0].split("/")
                for user in page["data"]:
                    tie = (user["id"], ego)
                    ties.add(tie if relation == "followers" else tie[::-1])
        return ties

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file of the folder."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def ids(self, name: str) -> set[str]:
        """The ids on one of the lists of people."""
        return {row["id"] for row in self.table(name)}

    def who(self, **planted: str) -> set[str]:
        """The ids of everyone planted so, such as ``planted_kind="leader"``."""
        return {
            account
            for account, row in self.truth.items()
            if all(row[field] == value for field, value in planted.items())
        }


def lines(path: Path) -> list[dict[str, Any]]:
    """The pages of one file; none for tables."""
    if path.suffix == ".csv":
        return []
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def made(size: demo.Size, folder: Path) -> Planted:
    world = demo.make_world(seed=7, size=size)
    files = demo.write_exports(world, folder / "exports")
    study = Study(folder / "study.duckdb")
    reports = study.add(*files)
    assert all(report.imported for report in reports), reports
    return Planted(
        study, folder / "exports", files, tuple(topic.slug for topic in world.topics)
    )


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """Three thousand accounts, six areas. Only to be read."""
    return made(demo.FULL, tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """Thirty accounts, two areas. Only to be read."""
    return made(demo.TINY, tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def own(tiny: Planted, tmp_path: Path) -> Planted:
    """A copy of the tiny study that a test may change."""
    path = tmp_path / "study.duckdb"
    shutil.copyfile(tiny.study.path, path)
    return Planted(Study(path), tiny.folder, tiny.files, tiny.areas)


@pytest.fixture
def fresh(full: Planted) -> Planted:
    """The full study, of which nothing is remembered."""
    return Planted(Study(full.study.path), full.folder, full.files, full.areas)
