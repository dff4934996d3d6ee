"""``hcpgraph rising``: people likely to enter the top decile next period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("rising", cls=Verbatim)
@values.gathered
@options.study
@options.people
@options.top
@options.layers
@options.engine
@options.seed
@options.printed
def command(
    study: Path,
    query: values.QueryOptions,
    top: int,
    destination: values.Destination,
) -> None:
    r"""List the rising stars of AREA: outside its top decile now, maybe inside next.

    probability is that of entering the top decile by distinct responders in the next
    period. It is estimated by a logistic regression on other data sets and on the
    study's own past; the notes have its accuracy there.

    \b
    Example:
        hcpgraph rising oncology.duckdb --area breast-cancer --top 20
    """
    asked = study_at(study)
    with output.usage():
        found = asked.rising(
            query.area,
            top=top,
            since=query.since,
            until=query.until,
            audience=query.audience,
            country=query.country,
            specialty=query.specialty,
            role=query.role,
            engine=query.engine,
            layers=query.layers,
            seed=query.seed,
        )
    output.notify(found.notes)
    output.emit(
        found.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(found, "rising"),
    )
