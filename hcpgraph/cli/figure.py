"""``hcpgraph figure``: figures of a study."""

from __future__ import annotations

from pathlib import Path

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output, screen, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.figure import FigureRequest
from hcpgraph.model.names import FIGURE_OPTIONS, FIGURES, PAGES, PICTURES
from hcpgraph.model.query import Query


@click.command("figure", cls=Verbatim)
@values.gathered
@options.study
@click.argument("kind", type=click.Choice(FIGURES))
@options.out_file(
    "Output file, .png, .svg or .pdf; - is stdout.",
    required=True,
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(PICTURES),
    help="Format of the picture, for a file name without suffix: png.",
)
@options.area
@options.since
@options.until
@options.audience
@click.option(
    "--top",
    type=options.COUNT,
    show_default="20",
    help="Number of people shown; for backtest, number of people scored.",
)
@options.people_list(
    "--known",
    "network, coverage: table of people you already know; never stored.",
)
@options.people_list(
    "--exclude",
    "network, coverage: table of people never to suggest; never stored.",
)
@options.allow_unmatched
@options.list_mapping
@click.option(
    "--budget",
    type=options.COUNT,
    help="network, coverage: number of people to suggest (25).",
)
@click.option(
    "--families",
    metavar="FAMILY,FAMILY",
    callback=lambda _context, _option, given: tuple(given.split(",")) if given else (),
    help="families: the two to compare, of social, scientific and nominated; by default"
    " those with most people in both.",
)
@click.option(
    "--page",
    type=click.Choice(PAGES),
    default=PAGES[0],
    show_default=True,
    help="Page size and font size.",
)
@click.option(
    "--dpi",
    type=click.IntRange(min=36, max=1200),
    default=200,
    show_default=True,
    help="Dots per inch of a .png file.",
)
@options.seed
def command(
    study: Path,
    kind: str,
    query: values.QueryOptions,
    top: int | None,
    lists: values.ListOptions,
    budget: int | None,
    paper: values.PageOptions,
    destination: values.Destination,
) -> None:
    r"""Draw KIND, a figure of an area or of the whole study.

    \b
    network      communities and leaders; prospects, with --known or --budget
    ranking      leaders, contributions to each score, interval of each rank
    communities  size and closure of communities, and ties between them
    areas        leaders of each area, and leaders of several
    timeline     responders over time, momentum and bursts
    coverage     prospects and the marginal gain of each
    backtest     accuracy of past rankings, beside simple baselines
    families     ranks by social, scientific or nominated ties, two against each other

    \b
    Example:
        hcpgraph figure oncology.duckdb network --area breast-cancer -o network.svg
        hcpgraph figure oncology.duckdb coverage --area breast-cancer \
            --known crm.csv --budget 15 -o coverage.pdf
        hcpgraph figure oncology.duckdb families --families social,nominated \
            -o families.png
    """
    given = {
        "top": top,
        "known": lists.known,
        "exclude": lists.exclude,
        "budget": budget,
        "families": query.families or None,
    }
    _refuse_strays(kind, [name for name, value in given.items() if value is not None])
    if kind == "areas" and query.area is not None:
        raise click.UsageError("areas shows every area: leave --area out")
    picture = library.questions.figure.picture_of(
        destination.out, destination.format_name
    )
    if destination.out is None and picture != "svg":
        screen.refuse_binary()
    asked = study_at(study)
    with output.usage(), asked.opened() as opened:
        read = library.person_lists.read_lists(lists.given())
        request = FigureRequest(
            Query.of(
                query.area,
                since=query.since,
                until=query.until,
                audience=query.audience,
                seed=query.seed,
            ),
            top=20 if top is None else top,
            lists=read,
            budget=budget,
            families=query.families,
            page=paper.page,
        )
        output.notify(
            asked.shortfalls(
                read.known, read.exclude, allow_unmatched=read.allow_unmatched
            )
        )
        figure = library.questions.figure.answer(opened, kind, request)
        parameters = {
            "command": f"figure {kind}",
            **library.questions.figure.parameters(request),
            "dpi": paper.dpi,
        }
        content = library.questions.figure.render(figure, picture, dpi=paper.dpi)
        people = library.questions.figure.people(opened, figure)
        out = destination.out
        output.deliver(
            content, study=asked, out=out, parameters=parameters, people=people
        )


def _refuse_strays(kind: str, given: list[str]) -> None:
    """Refuse options without effect on the figure."""
    for name in given:
        if name not in FIGURE_OPTIONS[kind]:
            takes = [other for other in FIGURES if name in FIGURE_OPTIONS[other]]
            known = " and ".join(filter(None, [", ".join(takes[:-1]), takes[-1]]))
            raise click.UsageError(f"--{name} is for {known}, not for {kind}")
