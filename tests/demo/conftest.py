"""Written worlds, and a plain reading of them that trusts no code under test."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from hcpgraph import demo

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, eq=False)
class Written:
    """A world and the folder that it was written into."""

    world: demo.World
    folder: Path
    files: tuple[Path, ...]

    def lines(self, pattern: str) -> list[dict[str, Any]]:
        """Every page of the files that match, in the order of file names."""
        pages = []
        for path in sorted(self.folder.glob(pattern)):
            opened = gzip.open if path.suffix == ".gz" else open
            with opened(path, "rt", encoding="utf-8") as file:
                pages += [json.loads(line) for line in file]
        return pages

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cache  # noqa: B019 - a fixture lives as long as the session
    def posts(self) -> dict[str, dict[str, Any]]:
        """Every exported post once, by id."""
        pages = self.lines("posts-*")
        return {post["id"]: post for page in pages for post in page["data"]}

    @cache  # noqa: B019 - a fixture lives as long as the session
    def truth(self) -> dict[str, dict[str, str]]:
        """The planted truth by id."""
        return {row["id"]: row for row in self.table("truth.csv")}

    @cache  # noqa: B019 - a fixture lives as long as the session
    def follows(self) -> set[tuple[str, str]]:
        """Every follow, from the table and from the lists of users."""
        ties = {(row["follower"], row["followed"]) for row in self.table("follows.csv")}
        for page in self.lines("follow*-*.jsonl"):
            *_, ego, relation = page["__twarc"]["url"].split("?")[0].split("/")
            for user in page["data"]:
                tie = (user["id"], ego)
                ties.add(tie if relation == "followers" else tie[::-1])
        return ties


def _written(size: demo.Size, folder: Path) -> Written:
    world = demo.make_world(seed=7, size=size)
    return Written(world, folder, demo.write_exports(world, folder))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return _written(demo.SMALL, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return _written(demo.FULL, tmp_path_factory.mktemp("full"))
