"""``hcpgraph demo``: the whole chain in one command, the same each time."""

from __future__ import annotations

import shlex

import pytest

NEXT = ["explain", "compare", "prospects", "export", "report"]
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
    """Every file but the study and its trail, which hold times."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".duckdb" not in path.suffixes
    }


def test_demo_runs_the_chain_and_gives_the_same_bytes_twice(hcpgraph, tmp_path):
    """Prints the list and where everything is; a second run changes nothing."""
    folder = tmp_path / "world"

    first = hcpgraph("demo", folder, "--size", "tiny")
    before = content(folder)
    second = hcpgraph("demo", folder, "--size", "tiny")

    assert first.exit_code == 0, first.output
    assert "Leaders in breast-cancer:" in first.stdout
    listed, commands = first.stdout.split("Written:\n")[1].split("\nNext, to paste:\n")
    listed = listed.split()
    assert listed == [str(folder / name) for name in WRITTEN]
    assert all((folder / name).exists() for name in WRITTEN)
    for name in WRITTEN[1:]:
        assert (folder / f"{name}.provenance.json").exists()
    assert len(commands.split("\n  hcpgraph ")) == 6
    assert "Traceback" not in first.stderr
    assert second.stdout == first.stdout
    assert content(folder) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["world", "a world"])
def test_the_next_commands_run_as_they_are_printed(hcpgraph, tmp_path, name):
    """Whoever pastes them gets something, also where the folder has a blank."""
    folder = tmp_path / name
    told = hcpgraph("demo", folder, "--size", "small").stdout
    commands = told.split("\nNext, to paste:\n")[1].split("\n")

    words = [shlex.split(line) for line in commands if line]

    assert [line[1] for line in words] == NEXT
    for program, *line in words:
        result = hcpgraph(*line)
        assert (program, result.exit_code) == ("hcpgraph", 0), (line, result.output)
        assert result.stdout or list(folder.glob("*.html")) + list(
            folder.glob("*.gexf")
        )


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
