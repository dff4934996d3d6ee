"""``hcpgraph demo``: the whole chain in one command, the same each time."""

from __future__ import annotations

import pytest

WRITTEN = (
    "study.duckdb",
    "leaders.csv",
    "communities.csv",
    "prospects.csv",
    "network.png",
    "ranking.png",
    "coverage.png",
)


def content(folder):
    """Every file but the study, whose bytes hold the time of the import."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".duckdb"
    }


def test_demo_runs_the_chain_and_gives_the_same_bytes_twice(hcpgraph, tmp_path):
    """Prints the list and where everything is; a second run changes nothing."""
    folder = tmp_path / "world"

    first = hcpgraph("demo", folder, "--size", "tiny")
    before = content(folder)
    second = hcpgraph("demo", folder, "--size", "tiny")

    assert first.exit_code == 0, first.output
    assert "Leaders in breast-cancer:" in first.stdout
    listed, page = first.stdout.split("Written:\n")[1].split("\nAll of it")
    listed = listed.split()
    assert listed == [str(folder / name) for name in WRITTEN]
    assert all((folder / name).exists() for name in WRITTEN)
    for name in WRITTEN[1:]:
        assert (folder / f"{name}.provenance.json").exists()
    assert f"hcpgraph report {folder / 'study.duckdb'}" in page
    assert "Traceback" not in first.stderr
    assert second.stdout == first.stdout
    assert content(folder) == before


@pytest.mark.parametrize("name", ["notes.txt", "exports/notes.txt"])
def test_demo_refuses_a_folder_of_somebody_else(hcpgraph, tmp_path, name):
    """Nothing is written over; the sentence says what to do."""
    path = tmp_path / "mine" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")

    result = hcpgraph("demo", tmp_path / "mine", "--size", "tiny")

    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: {tmp_path / 'mine'} is not empty and holds no demo;"
        " name another folder\n"
    )
    assert [p for p in (tmp_path / "mine").rglob("*") if p.is_file()] == [path]
