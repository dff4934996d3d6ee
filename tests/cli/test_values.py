"""A command takes its shared options as values, whatever their number."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hcpgraph.cli import main, options, values


def test_options_arrive_together_under_the_name_of_the_parameter():
    """A query and a destination, with defaults for options that the command lacks."""
    seen = []

    @click.command()
    @values.gathered
    @options.area
    @options.audience
    @options.top
    @options.seed
    @options.printed
    def command(query, top, destination):
        seen.append((query, top, destination))

    CliRunner().invoke(
        command, ["--area", "copd", "--top", "3", "--seed", "7", "-o", "a.csv"]
    )

    assert seen == [
        (
            values.QueryOptions(area="copd", seed=7),
            3,
            values.Destination(out=Path("a.csv")),
        )
    ]


def test_what_click_passes_first_stays_first():
    """A command that asks for its context gets it, and the values by name."""
    seen = []

    @click.command("stays")
    @values.gathered
    @options.known
    @click.pass_context
    def command(context, lists):
        seen.append((context.info_name, lists))

    CliRunner().invoke(command, [])

    assert seen == [("stays", values.ListOptions())]


@pytest.mark.parametrize(
    "name", ["rank", "explain", "compare", "rising", "communities", "prospects"]
)
def test_defaults_of_values_are_those_of_the_options(name):
    """A command without an option computes what another computes by default."""
    parameters = {p.name: p for p in main.get_command(click.Context(main), name).params}
    for kind in (values.QueryOptions, values.DiffusionOptions):
        for field in fields(kind):
            if field.default is not None and field.name in parameters:
                assert parameters[field.name].default == field.default
