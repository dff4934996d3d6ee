"""``hcpgraph communities``: the communities of an area and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("communities", cls=Verbatim)
@values.gathered
@options.study
@options.area
@options.since
@options.until
@options.audience
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Resolution of modularity: above 1 for smaller communities, below 1 for"
    " larger.",
)
@options.seed
@options.printed
def command(
    study: Path,
    query: values.QueryOptions,
    resolution: float,
    destination: values.Destination,
) -> None:
    r"""Find communities (Leiden) and list their members, largest community first.

    \b
    Example:
        hcpgraph communities oncology.duckdb --area breast-cancer -o communities.csv
    """
    asked = study_at(study)
    with output.usage():
        found = asked.communities(
            query.area,
            resolution=resolution,
            since=query.since,
            until=query.until,
            audience=query.audience,
            seed=query.seed,
        )
    output.notify(found.notes)
    if not len(found):
        output.notify(["no communities to list: no ties, or nobody may be listed"])
    output.emit(
        found.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(found, "communities"),
    )
