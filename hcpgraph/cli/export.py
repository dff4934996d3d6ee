"""``hcpgraph export``: networks, tables and workbooks for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from hcpgraph.cli import options, output, screen, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.names import EXPORTS

_TABLES = ("csv", "parquet", "json")
_OF_WORKBOOKS = ("top", "known", "exclude", "allow_unmatched", "budget")


@click.command("export", cls=Verbatim)
@values.gathered
@options.study
@click.argument("target", type=click.Choice(tuple(EXPORTS)))
@options.out_file(
    "Output file; the suffix .csv, .parquet or .json sets the format of a table."
    " - is stdout.",
    required=True,
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_TABLES),
    help="Format of a table, for a file name without suffix.",
)
@options.area
@options.since
@options.until
@options.audience
@click.option(
    "--top",
    type=options.COUNT,
    default=50,
    show_default=True,
    help="Number of leaders in a workbook.",
)
@options.people_list(
    "--known",
    "Table of people you already know (column id, handle or npi), for the prospects of"
    " a workbook. Never stored.",
)
@options.exclude
@options.allow_unmatched
@click.option(
    "--budget",
    type=options.COUNT,
    default=25,
    show_default=True,
    help="Number of prospects in a workbook.",
)
@options.seed
@click.pass_context
def command(
    context: click.Context,
    study: Path,
    target: str,
    query: values.QueryOptions,
    top: int,
    lists: values.ListOptions,
    budget: int,
    destination: values.Destination,
) -> None:
    r"""Write AREA, or the whole study, as TARGET, a file for another tool.

    gexf opens in Gephi and Gephi Lite, graphml in networkx, igraph and Cytoscape,
    graphology in sigma. nodes and ties are the same network as tables: coordinates,
    communities, colours, scores, ranks. xlsx is a workbook of leaders, communities,
    prospects and areas. evidence lists the posts behind each tie, without their
    texts. Accounts that may not be listed stay in networks under running numbers.

    \b
    Example:
        hcpgraph export oncology.duckdb gexf --area breast-cancer -o network.gexf
        hcpgraph export oncology.duckdb nodes --area breast-cancer -o nodes.csv
        hcpgraph export oncology.duckdb xlsx --known crm.csv -o leaders.xlsx
    """
    _refuse_strangers(context, target)
    out = destination.out
    if out is None and {"parquet", "xlsx"} & {destination.format_name, target}:
        screen.refuse_binary()
    with output.usage():
        written = study_at(study).export(
            target,
            out,
            kind=destination.format_name,
            area=query.area,
            since=query.since,
            until=query.until,
            audience=query.audience,
            top=top,
            known=lists.known,
            exclude=lists.exclude,
            allow_unmatched=lists.allow_unmatched,
            budget=budget,
            seed=query.seed,
        )
    output.notify(written.notes)
    if out is None:
        screen.put(written.content)
    else:
        output.notify(output.wrote(out, written.provenance))


def _refuse_strangers(context: click.Context, target: str) -> None:
    """Refuse options without effect on the target."""
    default = click.core.ParameterSource.DEFAULT
    for name in _OF_WORKBOOKS:
        given = context.get_parameter_source(name) is not default
        if given and target != "xlsx":
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} is for xlsx, not for {target}")
