"""Bytes reach the disk whole or not at all, and devices and pipes as they are."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hcpgraph import writing
from hcpgraph.errors import OutputError
from hcpgraph.writing import write, write_together

ON_UNIX = pytest.mark.skipif(os.name == "nt", reason="devices and FIFOs are of Unix")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_and_replaced(tmp_path):
    """The new bytes, and nothing beside them."""
    path = tmp_path / "list.csv"

    write(path, b"one\n")
    write(path, b"two\n")

    assert path.read_bytes() == b"two\n"
    assert list(tmp_path.iterdir()) == [path]


@ON_UNIX
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o027, 0o002])
def test_the_umask_counts(tmp_path, mask):
    """A new file is as open as any program would make it."""
    path = tmp_path / "list.csv"

    before = os.umask(mask)
    try:
        write(path, b"one\n")
    finally:
        os.umask(before)

    assert mode(path) == 0o666 & ~mask


@ON_UNIX
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o664, 0o666, 0o755])
def test_a_file_keeps_its_rights(tmp_path, rights):
    """Neither opened to others nor closed to them."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    path.chmod(rights)

    write(path, b"new")

    assert (path.read_bytes(), mode(path)) == (b"new", rights)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away"
)
def test_a_file_keeps_its_owner(tmp_path):
    """What root writes stays the file of whose it was."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    os.chown(path, 12345, 12346)

    write(path, b"new")

    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_a_missing_folder_is_said(tmp_path):
    """With the path and the reason, in one line."""
    path = tmp_path / "nowhere" / "list.csv"

    with pytest.raises(OutputError) as caught:
        write(path, b"one\n")

    assert str(caught.value) == f"cannot write {path}: No such file or directory"
    assert caught.value.path == path


REFUSED = {
    "a folder": ("folder", "it is a folder"),
    "in a file": ("file/list.csv", "Not a directory"),
    "too long": ("n" * 300, "File name too long"),
    "in too long a folder": ("n" * 300 + "/list.csv", "File name too long"),
    "a link to itself": ("loop", "levels of symbolic links"),
    "a link to no folder": ("astray", "No such file"),
    "nothing": ("", "it is a folder"),
}


@ON_UNIX
@pytest.mark.parametrize(("name", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(tmp_path, name, said):
    """Early as well as late, and in one line."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "astray").symlink_to("nowhere/list.csv")
    before = sorted(tmp_path.rglob("*"))
    path = tmp_path / name

    for act in (lambda: write(path, b"one\n"), lambda: writing.check(path)):
        with pytest.raises(OutputError, match=said) as caught:
            act()
        assert "\n" not in str(caught.value)

    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_bytes() == b"mine"


@ON_UNIX
def test_a_link_stays_and_its_target_is_written(tmp_path):
    """Also through several links, relative ones, and to what is not there yet."""
    (tmp_path / "there").mkdir()
    (tmp_path / "here").mkdir()
    target = tmp_path / "there" / "list.csv"
    one, two = tmp_path / "here" / "one.csv", tmp_path / "two.csv"
    one.symlink_to("../there/list.csv")
    two.symlink_to("here/one.csv")

    for content in (b"first", b"second"):
        write(two, content)
        assert target.read_bytes() == content

    assert (one.is_symlink(), two.is_symlink()) == (True, True)
    assert not target.is_symlink()
    assert list(target.parent.iterdir()) == [target]


@ON_UNIX
def test_another_name_of_a_file_keeps_what_it_held(tmp_path):
    """A file takes the place of a name; a hard link is another name."""
    path, other = tmp_path / "list.csv", tmp_path / "kept.csv"
    path.write_bytes(b"old")
    other.hardlink_to(path)

    write(path, b"new")

    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


@ON_UNIX
def test_a_fifo_stays_a_fifo(tmp_path):
    """Whoever reads it gets all of it, however much that is."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    content = bytes(range(256)) * 4096  # more than a pipe holds
    read = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()

    write(path, content)

    reader.join()
    assert read == [content]
    assert stat.S_ISFIFO(path.lstat().st_mode)
    assert not writing.is_regular(path)


@ON_UNIX
@pytest.mark.parametrize("linked", [False, True])
def test_a_device_stays_a_device(tmp_path, linked):
    """A list written to nowhere does not take the place of nowhere."""
    path = device = tmp_path / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        device.open("wb").close()
    except OSError:
        pytest.skip("may not make devices here")
    if linked:
        path = tmp_path / "link.csv"
        path.symlink_to(device)
    before = sorted(tmp_path.iterdir())

    write(path, b"one\n")

    assert stat.S_ISCHR(device.lstat().st_mode)
    assert sorted(tmp_path.iterdir()) == before
    assert not writing.is_regular(path)


@ON_UNIX
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link"])
@pytest.mark.parametrize("where", ["pipe", "file"])
def test_an_open_descriptor_is_written_into(tmp_path, name, where):
    """Between what is printed before and after, at the place that it has reached."""
    (tmp_path / "link").symlink_to("/dev/fd/1")
    program = (
        "import sys; from pathlib import Path; from hcpgraph.writing import write\n"
        "print('before'); write(Path(sys.argv[1]), b'list\\n'); print('after')"
    )
    words = [sys.executable, "-c", program, str(tmp_path / name)]
    if where == "pipe":
        out = subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout
    else:
        with (tmp_path / "out").open("wb") as stream:
            subprocess.run(words, stdout=stream, check=True)
        out = (tmp_path / "out").read_bytes()

    assert out == b"before\nlist\nafter\n"


@ON_UNIX
def test_a_closed_descriptor_is_said():
    """No other file is written instead."""
    with pytest.raises(OutputError, match="Bad file descriptor"):
        write(Path("/dev/fd/987"), b"one")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_device_is_said():
    """Nothing is lost without a word."""
    with pytest.raises(OutputError, match="No space left"):
        write(Path("/dev/full"), b"one")


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_failure_half_way_leaves_the_old_files(tmp_path, monkeypatch, step, error):
    """A full disk or Ctrl-C costs the new list, never the old one."""
    path, beside = tmp_path / "list.csv", tmp_path / "list.csv.provenance.json"
    write_together({path: b"old\n", beside: b"{}"})

    def failing(*_, **__):
        raise error

    monkeypatch.setattr(os, step, failing)

    wanted = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(wanted):
        write_together({path: b"new\n", beside: b"[]"})

    assert path.read_bytes() == b"old\n"
    assert sorted(tmp_path.iterdir()) == [path, beside]


def test_files_that_belong_together_are_written_together(tmp_path):
    """Where the second cannot be written, the first is not."""
    path, beside = tmp_path / "list.csv", tmp_path / "list.csv.provenance.json"
    beside.mkdir()

    with pytest.raises(OutputError, match=r"provenance\.json: it is a folder"):
        write_together({path: b"new\n", beside: b"[]"})

    assert list(tmp_path.iterdir()) == [beside]
