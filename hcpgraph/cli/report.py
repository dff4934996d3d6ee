"""``hcpgraph report``: the study on one page that opens offline."""

from __future__ import annotations

from pathlib import Path

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim


@click.command("report", cls=Verbatim)
@values.gathered
@options.study
@options.out_file(
    "Output file, .html; - is stdout.",
    required=True,
)
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="AREA",
    help="A disease area, or all; repeatable. Default: the whole study and its eight"
    " largest areas.",
)
@options.since
@options.until
@options.audience
@click.option(
    "--top",
    type=options.COUNT,
    default=25,
    show_default=True,
    help="Number of people in each list.",
)
@options.known
@options.exclude
@options.allow_unmatched
@options.list_mapping
@click.option(
    "--budget",
    type=options.COUNT,
    default=25,
    show_default=True,
    help="Number of people to suggest per area.",
)
@options.seed
def command(
    study: Path,
    areas: tuple[str, ...],
    query: values.QueryOptions,
    top: int,
    lists: values.ListOptions,
    budget: int,
    destination: values.Destination,
) -> None:
    r"""Write one page: leaders with reasons and intervals, prospects, and a map.

    The page is one file that opens in a browser without a network connection. It
    names only people who may be listed.

    \b
    Example:
        hcpgraph report oncology.duckdb -o report.html
        hcpgraph report oncology.duckdb --area breast-cancer --known crm.csv \
            -o breast.html
    """
    asked = study_at(study)
    # open once, from the lists of people to the file and its provenance
    with output.usage(), asked.opened():
        given = library.person_lists.read_lists(lists.given())
        output.notify(
            asked.shortfalls(
                given.known, given.exclude, allow_unmatched=given.allow_unmatched
            )
        )
        found = asked.report(
            areas=areas,
            top=top,
            known=given.known,
            exclude=given.exclude,
            allow_unmatched=given.allow_unmatched,
            budget=budget,
            since=query.since,
            until=query.until,
            audience=query.audience,
            seed=query.seed,
        )
        if found.left_out:
            output.notify([f"not in the report: {', '.join(found.left_out)}"])
        content = library.questions.report.render(found)
        output.deliver(
            content,
            study=asked,
            out=destination.out,
            parameters=output.parameters_of(found, "report"),
            people=library.named_people.on_page(found),
        )
