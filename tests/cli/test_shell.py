"""In a real shell: pipes that end early, Ctrl-C, and places without UTF-8."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hcpgraph.study import Study

CODE = "from hcpgraph.cli import main; main(prog_name='hcpgraph')"
ON_LINUX = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="watches open files under /proc"
)


def start(*words, **environment):
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", CODE, *(str(word) for word in words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def has_open(process, path):
    """Whether *process* holds *path* open."""
    for link in Path(f"/proc/{process.pid}/fd").glob("*"):
        try:
            if Path(os.readlink(link)) == path:
                return True
        except FileNotFoundError:
            continue
    return False


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_pipe_that_ends_early_ends_quietly(study, form):
    """`hcpgraph rank ... | head -1` prints a line and no traceback."""
    with start("rank", study, "--format", form) as process:
        process.stdout.close()
        said = process.stderr.read().decode()

    assert "Traceback" not in said
    assert "Exception" not in said
    assert said.startswith("sparse data: ")
    assert "\naudience: hcp\n" in said


LOCALES = {
    "C": {"LC_ALL": "C"},
    "C, UTF-8 mode off": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "C, ASCII demanded": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_names_leave_as_utf8_whatever_the_locale(hcpgraph, locale, monkeypatch):
    """A server without a locale prints the same bytes of data."""
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    ties = hcpgraph.write("ties.csv", "follower,followed\n1,9\n")
    roster = hcpgraph.write("roster.csv", "id,name,role\n9,Åsa Ødegård,nurse\n")
    assert hcpgraph("import", hcpgraph.study, ties, roster).exit_code == 0

    for form in ("table", "csv"):
        process = start("rank", hcpgraph.study, "--format", form, **locale)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert "Åsa Ødegård" in out.decode("utf-8")

    process = start("find", hcpgraph.study, "Ødegård", **locale)
    out, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    # where Python is told to read ASCII, the argument is refused in words
    assert process.returncode in {0, 2}
    assert (process.returncode == 2) == (b"is no UTF-8 text" in err)


@ON_LINUX
def test_ctrl_c_during_an_import_is_one_line_and_loses_nothing(hcpgraph, study):
    """The file in progress is not in the study; everything before it is."""
    rows = "".join(
        f"{n % 5003},{n % 7919},mention,1735689600\n" for n in range(600_000)
    )
    big = hcpgraph.write("big.csv", f"source,target,kind,timestamp\n{rows}")
    before = Study(study).summary()

    with start("import", study, big) as process:
        while process.poll() is None and not has_open(process, study):
            time.sleep(0.02)
        time.sleep(0.3)  # opened; now it reads
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read().decode(), process.stderr.read().decode()

    assert process.returncode == 1
    assert out == ""
    assert err == (
        "Error: interrupted; the file in progress was not imported, those before it"
        " were\n"
    )
    assert Study(study).summary() == before


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError("Query interrupted")]
)
def test_ctrl_c_while_asking_is_one_line(hcpgraph, study, monkeypatch, error):
    """Reading changes nothing, and says so."""

    def interrupted(*_, **__):
        raise error

    monkeypatch.setattr(Study, "rank", interrupted)

    result = hcpgraph("rank", study)

    assert result.exit_code == 1
    assert result.stderr == "Error: interrupted; the study is as it was before\n"


def test_a_fault_of_the_program_is_not_worded_away(hcpgraph, study, monkeypatch):
    """Only Ctrl-C is turned into a sentence; a bug shows where it is."""

    def broken(*_, **__):
        raise RuntimeError("a bug")

    monkeypatch.setattr(Study, "rank", broken)

    result = hcpgraph("rank", study)

    assert isinstance(result.exception, RuntimeError)
