"""``hcpgraph rank``: key opinion leaders, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("rank", cls=Verbatim)
@values.gathered
@options.study
@options.people
@options.top
@click.option(
    "--by",
    default="score",
    show_default=True,
    metavar="SCORE",
    help="score (a sum of named contributions), or a centrality measure such as"
    " pagerank.",
)
@click.option(
    "--resamples",
    type=options.DRAWS,
    metavar="N",
    help="Number of resamples for rank_low and rank_high, the 90 % interval of the"
    " rank; 0 for no interval.  [default: 200; 0 for a measure]",
)
@options.weights
@options.layers
@options.engine
@options.seed
@options.printed
def command(
    study: Path,
    query: values.QueryOptions,
    top: int,
    by: str,
    resamples: int | None,
    weights: dict[str, float],
    destination: values.Destination,
) -> None:
    r"""List the TOP leaders of AREA, or of the whole study.

    The score is the sum of the contributions beside it: reach, resonance, authority,
    brokerage, activity. --area all lists every area.

    \b
    Example:
        hcpgraph rank oncology.duckdb --area breast-cancer --top 50
        hcpgraph rank oncology.duckdb --area all --format csv > leaders.csv
        hcpgraph rank oncology.duckdb --weight reach=0.5 --weight activity=0
        hcpgraph rank oncology.duckdb --layers follow,mention=2
    """
    asked = study_at(study)
    with output.usage():
        ranking = asked.rank(
            query.area,
            top=top,
            by=by,
            since=query.since,
            until=query.until,
            audience=query.audience,
            country=query.country,
            specialty=query.specialty,
            role=query.role,
            resamples=resamples,
            weights=weights,
            engine=query.engine,
            layers=query.layers,
            seed=query.seed,
        )
    output.notify(ranking.notes)
    if not len(ranking):
        output.notify(["nobody to list: no ties, or nobody may be listed"])
    output.emit(
        ranking.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(ranking, "rank"),
    )
