"""Bytes reach the disk whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from hcpgraph.errors import OutputError
from hcpgraph.exports.files import write_whole


def test_a_file_is_written_and_replaced(tmp_path):
    """The new bytes, readable by others, and nothing beside them."""
    path = tmp_path / "list.csv"

    write_whole(path, b"one\n")
    write_whole(path, b"two\n")

    assert path.read_bytes() == b"two\n"
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_missing_folder_is_said(tmp_path):
    """With the path and the reason, in one line."""
    path = tmp_path / "nowhere" / "list.csv"

    with pytest.raises(OutputError) as caught:
        write_whole(path, b"one\n")

    assert str(caught.value) == f"cannot write {path}: No such file or directory"
    assert caught.value.path == path


def test_a_folder_is_not_overwritten(tmp_path):
    """A name that is taken by a folder is refused, and nothing is left behind."""
    path = tmp_path / "list.csv"
    path.mkdir()

    with pytest.raises(OutputError, match="cannot write"):
        write_whole(path, b"one\n")

    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_failure_half_way_leaves_the_old_file(tmp_path, monkeypatch, step):
    """A full disk costs the new list, never the old one."""
    path = tmp_path / "list.csv"
    write_whole(path, b"old\n")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, step, full)

    with pytest.raises(OutputError, match="No space left on device"):
        write_whole(path, b"new\n")

    assert path.read_bytes() == b"old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_nothing_half_written(tmp_path, monkeypatch):
    """Ctrl-C as well: the old file, and no other."""
    path = tmp_path / "list.csv"
    write_whole(path, b"old\n")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new\n")

    assert path.read_bytes() == b"old\n"
    assert list(tmp_path.iterdir()) == [path]
