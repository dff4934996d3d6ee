"""The committed small study is the one its generator writes, and is small."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

DATASETS = Path(__file__).parents[2] / "datasets"
SMALL = DATASETS / "small"
README = "README.md"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the README; packed ones unpacked, since zlibs pack differently."""
    return {
        path.name: gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in folder.iterdir()
        if path.name != README
    }


def test_the_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """Nothing in the folder was edited by hand or left behind by an older version."""
    command = [sys.executable, DATASETS / "make_small.py", tmp_path]
    subprocess.run(command, check=True, cwd=DATASETS.parent)

    assert contents(tmp_path) == contents(SMALL)


def test_the_study_is_small() -> None:
    """It stays under 2.5 MB, so that a checkout stays quick."""
    assert sum(path.stat().st_size for path in SMALL.iterdir()) < 2_500_000


def test_the_readme_names_every_file_and_column() -> None:
    """Each file, and each column of each table, is explained."""
    readme = (SMALL / README).read_text(encoding="utf-8")

    for path in sorted(SMALL.iterdir()):
        if path.name == README:
            continue
        series = path.name.split("-0")[0]  # followers-01.jsonl, followers-02.jsonl, ...
        assert series in readme
        if path.suffix == ".csv":
            with path.open(encoding="utf-8") as file:
                header = file.readline().strip().split(",")
            assert all(f"`{column}`" in readme for column in header), path.name
