"""Progress in terminals, nothing in pipes, and --quiet for results alone."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from hcpgraph.cli import LazyGroup, main
from hcpgraph.cli.progress import Bars

pty = pytest.importorskip("pty", reason="terminals are of Unix")

CODE = "from hcpgraph.cli import main; main(prog_name='hcpgraph')"


def in_terminal(*words):
    """(stdout, what the terminal on stderr showed) of a command."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # how a terminal says that all is read
            break
        if not part:
            break
        shown += part
    os.close(leader)
    out = process.stdout.read()
    process.stdout.close()
    assert process.wait() == 0
    return out.decode(), shown.decode(errors="replace")


def test_a_terminal_shows_steps_and_is_left_clean(study):
    """Bars while it works; the cursor is back at the end."""
    _, shown = in_terminal("rank", study, "--area", "asthma")

    assert "reading ties" in shown
    assert "resampling ranks" in shown
    assert "audience: hcp" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


def test_a_quiet_terminal_shows_the_result_alone(study):
    """Neither bars nor notes; the result is what it was."""
    loud, _ = in_terminal("rank", study, "--area", "asthma", "--format", "csv")

    out, shown = in_terminal(
        "rank", study, "--area", "asthma", "--format", "csv", "--quiet"
    )

    assert out == loud
    assert shown == ""


def test_a_pipe_gets_no_bars(hcpgraph, study):
    """Logs are read by people, too."""
    result = hcpgraph("rank", study, "--area", "asthma")

    assert "reading ties" not in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("words", [["-q", "rank"], ["rank", "-q"], ["rank", "--quiet"]])
def test_quiet_goes_before_the_command_or_behind(hcpgraph, study, words):
    """Wherever one thinks of it."""
    result = hcpgraph(*words, study, "--area", "asthma")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert "nina" in result.stdout


def test_errors_are_not_quiet(hcpgraph, tmp_path):
    """Neither of a command nor of a file among many."""
    nothing = hcpgraph("rank", tmp_path / "no.duckdb", "-q")
    bad = hcpgraph.write("bad.bin", "who knows")
    good = hcpgraph.write("good.csv", "follower,followed\n1,2\n")
    imported = hcpgraph("import", hcpgraph.study, bad, good, "-q")

    assert "no such study" in nothing.stderr
    assert imported.exit_code == 1
    assert imported.stderr.startswith(f"Error: {bad}: ")
    assert imported.stderr.count("\n") == 1


def test_every_command_can_be_quiet():
    """One option for all, said in every help."""
    assert isinstance(main, LazyGroup)
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        names = [one.name for one in command.get_params(click.Context(command))]
        assert names.count("quiet") == 1


def test_quiet_is_forgotten_by_the_next_command(hcpgraph, study):
    """Two commands of one process know nothing of each other."""
    assert hcpgraph("rank", study, "-q").stderr == ""
    assert "audience" in hcpgraph("rank", study).stderr


def test_bars_that_nobody_ended_are_taken_away():
    """However a command ends."""
    bars = Bars()
    bars("reading", 0, None)
    bars("scoring", 0, 3)
    assert len(bars._tasks) == 2

    bars("scoring", 3, 3)
    assert list(bars._tasks) == ["reading"]
    bars.close()

    assert bars._tasks == {}
    assert bars._progress is None
