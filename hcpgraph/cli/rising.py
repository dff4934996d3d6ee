"""``hcpgraph rising``: people likely to enter the top decile next period."""

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
@options.top
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
    r"""List the rising stars of AREA: outside its top decile now, maybe inside next.

    probability is that of entering the top decile by distinct responders in the next
    period. It is estimated by a logistic regression on other data sets and on the
    study's own past; the notes have its accuracy there.

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
