"""``hcpgraph prospects``: whom to approach next, and why."""

from __future__ import annotations

from pathlib import Path

import click

from hcpgraph.cli import options, output
from hcpgraph.cli.examples import Verbatim

_LIST = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("prospects", cls=Verbatim)
@options.study
@options.people
@click.option(
    "--known",
    type=_LIST,
    metavar="FILE",
    help="CSV of people already known (column id, handle or npi); never stored.",
)
@click.option(
    "--exclude",
    type=_LIST,
    metavar="FILE",
    help="CSV of people never to suggest, likewise.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    default=25,
    show_default=True,
    help="How many people to suggest.",
)
@options.seed
@options.printed
def command(  # noqa: PLR0913, PLR0917 - one parameter per option of the command
    study: Path,
    area: str | None,
    since: str | None,
    until: str | None,
    audience: str,
    country: str | None,
    specialty: str | None,
    role: str | None,
    known: Path | None,
    exclude: Path | None,
    budget: int,
    seed: int,
    format_name: str | None,
    out: Path | None,
) -> None:
    r"""Suggest people of AREA to approach who are not known yet, with the reason.

    \b
    Example:
        hcpgraph prospects oncology.duckdb --area breast-cancer \
            --known crm.csv --exclude never.csv --budget 25 -o prospects.csv
    """
    from hcpgraph.study import Study  # noqa: PLC0415 - numpy waits for a command

    asked = Study(study)
    with output.usage():
        found = asked.prospects(
            area,
            known=known,
            exclude=exclude,
            budget=budget,
            since=since,
            until=until,
            audience=audience,
            country=country,
            specialty=specialty,
            role=role,
            seed=seed,
        )
    output.say(found.notes)
    if not len(found):
        output.say(["nobody to suggest: everyone is known, excluded or held back"])
    output.emit(
        found.table,
        study=asked,
        format_name=format_name,
        out=out,
        parameters=output.parameters_of(found, "prospects"),
    )
