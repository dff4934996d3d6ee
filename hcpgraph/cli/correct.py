"""``hcpgraph correct``: correct by hand what exports have wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.names import ROLES

if TYPE_CHECKING:
    from pathlib import Path


@click.command("correct", cls=Verbatim)
@options.study
@click.argument("person", metavar="ID")
@click.option("--role", type=click.Choice(ROLES), help="The person's role.")
@click.option("--name", help="The name to print.")
@click.option(
    "--hide/--show",
    "hidden",
    default=None,
    help="Never list the person again, or take that back.",
)
def command(
    study: Path, person: str, role: str | None, name: str | None, hidden: bool | None
) -> None:
    r"""Correct the role or name of ID (an id or @handle), or hide the person.

    A correction by hand overrides every file, now and later.

    \b
    Example:
        hcpgraph correct oncology.duckdb @somebody --role nurse
        hcpgraph correct oncology.duckdb @somebody --hide
    """
    if role is None and name is None and hidden is None:
        raise click.UsageError("say what to correct: --role, --name, --hide or --show")
    with output.usage():
        study_at(study).correct(person, role=role, name=name, hidden=hidden)
    output.notify([f"corrected {person}"])
