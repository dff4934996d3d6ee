"""Devices, pipes, links and folders where a file is asked for: in words, at once."""

from __future__ import annotations

import os
import signal
import socket
import stat
import threading
from pathlib import Path

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.progress import report_to
from hcpgraph.study import Study

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices and FIFOs are of Unix")

SECONDS = 100  # after which a command hangs
AREA = '[made-up]\nname = "Made up"\nterms = ["made up"]\n'
PEOPLE = "id\n9\n"
# every option that takes a file to read
READING = {
    "import": ["import", "{}"],
    "known": ["prospects", "{}", "--known"],
    "exclude": ["prospects", "{}", "--exclude"],
    "include": ["prospects", "{}", "--include"],
    "of a report": ["report", "{}", "-o", "o.html", "--known"],
    "of a report, excluded": ["report", "{}", "-o", "o.html", "--exclude"],
    "of a figure": ["figure", "{}", "coverage", "-o", "o.svg", "--known"],
    "of a network": ["figure", "{}", "network", "-o", "o.svg", "--known"],
    "of a workbook": ["export", "{}", "xlsx", "-o", "o.xlsx", "--known"],
    "areas": ["areas", "{}", "--add"],
}
WRITING = {
    "rank": ["rank", "{}", "--format", "csv"],
    "parquet": ["rank", "{}", "--format", "parquet"],
    "json": ["communities", "{}", "--format", "json"],
    "explain": ["explain", "{}", "@nina"],
    "png": ["figure", "{}", "ranking", "--format", "png"],
    "svg": ["figure", "{}", "network", "--format", "svg"],
    "pdf": ["figure", "{}", "ranking", "--format", "pdf"],
    "html": ["report", "{}"],
    "gexf": ["export", "{}", "gexf"],
    "nodes": ["export", "{}", "nodes"],
    "xlsx": ["export", "{}", "xlsx"],
    "evidence": ["export", "{}", "evidence"],
    "areas": ["areas", "{}"],
    "prospects": ["prospects", "{}"],
}
# what is no file, and can be told so before anything is read or written
NO_FILE = (
    *("folder", "folder/", "to-folder", "nowhere/x", "dangling", "loop", "study/x", ""),
)
DEVICES = ("/dev/zero", "/dev/full", "/dev/null", "to-zero", "to-null")


@pytest.fixture
def odd(hcpgraph, study, monkeypatch):
    """A folder with one of each; gives a way to run commands in it."""
    monkeypatch.chdir(hcpgraph.folder)
    Path("folder").mkdir()
    links = {
        "to-folder": "folder", "dangling": "nowhere/x", "loop": "loop",
        "to-zero": "/dev/zero", "to-null": "/dev/null", "to-full": "/dev/full",
        "to-fifo": "fifo", "study": study.name,
    }  # fmt: skip
    for name, target in links.items():
        Path(name).symlink_to(target)
    os.mkfifo("fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
    before = {path: path.lstat().st_mode for path in Path().iterdir()}

    def run(words, *more):
        words = [study.name if word == "{}" else word for word in words]
        signal.alarm(SECONDS)
        result = hcpgraph(*words, *more)
        signal.alarm(0)
        after = {path: path.lstat().st_mode for path in before}
        assert after == before
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def assert_refused(result):
    """One line that says what is wrong."""
    assert result.exit_code in {1, 2}, result.output
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Error: "), result.stderr
    assert len(last) > len("Error: x")


@pytest.mark.parametrize("name", [*NO_FILE, *DEVICES, "socket"])
@pytest.mark.parametrize("words", READING.values(), ids=READING)
def test_what_is_no_file_is_not_read(words, name, odd):
    """A device may never end, so not a byte of it is asked for."""
    result = odd(words, name)

    if words[0] == "import" and name in {"folder", "folder/", "to-folder"}:
        assert "nothing to import" in result.stderr
    else:
        assert_refused(result)
    if "/dev/" in name or (name.startswith("to-") and name != "to-folder"):
        assert "is a device; name a file" in result.stderr


@pytest.mark.parametrize("words", READING.values(), ids=READING)
def test_a_pipe_is_read_once_and_waited_for_in_words(words, odd):
    """As bash gives it: --known <(psql ...)."""
    text = {"import": "source,target,kind\n1,2,mention\n", "areas": AREA}
    told = []

    def write(step, done, _total):
        told.append(step)
        if step.startswith("waiting for what comes through") and not done:
            threading.Thread(
                target=Path("fifo").write_text, args=(text.get(words[0], PEOPLE),)
            ).start()

    with report_to(write):
        result = odd(words, "to-fifo" if words[0] == "areas" else "fifo")

    assert result.exit_code == 0, result.output


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NO_FILE, "socket", "/dev/full", "to-full"])
@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_what_cannot_be_written_is_refused(words, name, odd):
    """Whatever kind of file is made; nothing takes its place."""
    result = odd(words, "-o", name)

    assert_refused(result)
    if "full" in name:
        assert "No space left on device" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["/dev/null", "to-null"])
@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_a_device_stays_a_device(words, name, odd):
    """Also for root, who could replace it."""
    result = odd(words, "-o", name)

    assert result.exit_code == 0, result.output
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_who_waits_for_a_reader_says_so(odd):
    """A pipe that nobody reads yet stops the command, but not without a word."""
    told = []

    def read(step, done, _total):
        told.append(step)
        if step == "waiting until to-fifo is read" and not done:
            threading.Thread(target=Path("fifo").read_bytes).start()

    with report_to(read):
        result = odd(WRITING["rank"], "-o", "to-fifo")

    assert result.exit_code == 0, result.output
    assert "waiting until to-fifo is read" in told


def test_the_library_refuses_devices_too(odd, study):
    """In the same words."""
    asked = Study(study)
    for ask in (lambda: asked.prospects(known="/dev/zero"),
                lambda: asked.report(exclude=Path("/dev/zero")),
                lambda: asked.add_vocabulary("to-zero")):  # fmt: skip
        with pytest.raises(ExportError, match="is a device; name a file"):
            ask()
