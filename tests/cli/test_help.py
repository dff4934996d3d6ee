"""Help: every command, an example each, and at once."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from hcpgraph.cli import LazyGroup, main

COMMANDS = (
    "demo",
    "inspect",
    "import",
    "info",
    "areas",
    "rank",
    "explain",
    "compare",
    "rising",
    "backtest",
    "communities",
    "prospects",
    "figure",
    "report",
    "export",
    "find",
    "correct",
    "remove",
    "audit",
)


def shown(*words):
    result = CliRunner().invoke(main, [*words, "--help"])
    assert result.exit_code == 0
    assert result.stderr == ""
    return result.stdout


def test_help_lists_every_command_with_a_line():
    """What there is, in the order of work, and how to begin."""
    lines = shown().splitlines()

    start = lines.index("Commands:") + 1
    listed = [line.split(maxsplit=1) for line in lines[start:]]
    assert tuple(name for name, _ in listed) == COMMANDS
    assert all(line.endswith(".") for _, line in listed)
    assert isinstance(main, LazyGroup)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example_that_keeps_its_lines(command):
    """An example can be copied as it stands."""
    text = shown(command)

    lines = text.splitlines()
    start = lines.index("  Example:") + 1
    examples = [line for line in lines[start:] if line.startswith("      ")]
    assert examples[0].startswith(f"      hcpgraph {command}")
    assert "\\b" not in text
    assert "\b" not in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is_for(command):
    """No command is a stranger: options are typed, and choices are listed."""
    text = shown(command)

    assert f"Usage: main {command} " in text
    assert "-h, --help" in text


def test_a_multi_line_example_keeps_its_backslash():
    """A shell reads the two lines as one."""
    assert "--area breast-cancer \\\n" in shown("prospects")


def test_help_loads_nothing_heavy():
    """Neither for the list of commands nor for those that do most."""
    probe = (
        "import sys, hcpgraph.cli\n"
        "try: hcpgraph.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('numpy', 'duckdb', 'rich') if m in sys.modules])"
    )

    for words in (["--help"], ["import", "--help"], ["demo", "--help"]):
        found = subprocess.run(
            [sys.executable, "-c", probe, *words],
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.endswith("\n[]\n"), words


def test_the_version_is_that_of_the_package():
    """For reports of faults."""
    result = CliRunner().invoke(main, ["--version"])

    assert result.exit_code == 0
    setup = configparser.ConfigParser()
    setup.read(Path(__file__).parents[2] / "setup.cfg")
    assert result.stdout.endswith(f", version {setup['metadata']['version']}\n")
