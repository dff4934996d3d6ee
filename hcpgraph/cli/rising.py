"""``hcpgraph rising``: who may be among the first next period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("rising", cls=Verbatim)
@options.study
@options.people
@click.option("--top", type=options.COUNT, default=25, show_default=True)
@options.engine
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
    top: int,
    engine: str,
    seed: int,
    format_name: str | None,
    out: Path | None,
) -> None:
    r"""List the rising stars of AREA: not among its first tenth, but maybe soon.

    probability is the chance to be, in the next period, among the tenth of people to
    whom most accounts respond. It is learned from other records and from the study's
    own past, and the notes say how such forecasts did there.

    \b
    Example:
        hcpgraph rising oncology.duckdb --area breast-cancer --top 20
    """
    asked = library.Study(study)
    with output.usage():
        found = asked.rising(
            area,
            top=top,
            since=since,
            until=until,
            audience=audience,
            country=country,
            specialty=specialty,
            role=role,
            engine=engine,
            seed=seed,
        )
    output.say(found.notes)
    output.emit(
        found.table,
        study=asked,
        format_name=format_name,
        out=out,
        parameters=output.parameters_of(found, "rising"),
    )
