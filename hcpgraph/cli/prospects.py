"""``hcpgraph prospects``: people to approach next, with reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.consent import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Callable


def _probability(
    _context: click.Context, _option: click.Parameter, given: str
) -> str | float:
    """A number, or a word as it is; the word is checked later."""
    try:
        return float(given)
    except ValueError:
        return given


def _limits(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options for quotas."""
    function = click.option(
        "--anyone",
        is_flag=True,
        help="Also suggest inactive people and people not known to work in the area.",
    )(function)
    function = click.option(
        "--mix",
        metavar="KIND=N,...",
        help="Minimum for each kind: leader, rising, broker or voice (local"
        " influencer).",
    )(function)
    function = click.option(
        "--at-least",
        multiple=True,
        metavar="COLUMN:VALUE=N",
        help="Minimum for a group, such as specialty:oncology=5; repeatable.",
    )(function)
    return click.option(
        "--at-most",
        multiple=True,
        metavar="COLUMN[:VALUE]=N",
        help="Maximum for each group of a column, such as institution=1, or for one"
        " group, such as country:DE=5; repeatable. Columns: country, region,"
        " specialty, institution, community, team (institution and specialty), kind.",
    )(function)


@click.command("prospects", cls=Verbatim)
@values.gathered
@options.study
@options.people
@options.known
@options.exclude
@options.allow_unmatched
@options.list_mapping
@options.people_list("--include", "Table of people to put on the list in any case.")
@click.option(
    "--budget",
    type=options.COUNT,
    default=25,
    show_default=True,
    help="Number of people to suggest.",
)
@click.option(
    "--channel",
    type=click.Choice(CHANNELS),
    default="all",
    show_default=True,
    help="How they will be approached: people who object to it are not suggested.",
)
@_limits
@click.option(
    "--probability",
    default="learned",
    show_default=True,
    callback=_probability,
    metavar="WORD|NUMBER",
    help="Influence probability per tie: 'learned' from past responses, 'weighted'"
    " (1 / out-degree, the weighted cascade), or a constant such as 0.05.",
)
@click.option(
    "--model",
    type=click.Choice(("ic", "lt")),
    default="ic",
    show_default=True,
    help="Diffusion model: independent cascade or linear threshold.",
)
@click.option(
    "--error",
    type=click.FloatRange(0, 0.63, min_open=True),
    default=0.1,
    show_default=True,
    help="Approximation error: the list reaches at least (1 - 1/e - error) of the"
    " optimum.",
)
@options.seed
@options.printed
def command(
    study: Path,
    query: values.QueryOptions,
    lists: values.ListOptions,
    budget: int,
    channel: str,
    quotas: values.QuotaOptions,
    diffusion: values.DiffusionOptions,
    destination: values.Destination,
) -> None:
    r"""Suggest new people of AREA to approach, each with the reason.

    They are chosen as a set (influence maximisation): the set that maximises
    additional reach beyond the people you know, with each person's marginal gain and
    an optimality bound.

    \b
    Example:
        hcpgraph prospects oncology.duckdb --area breast-cancer \
            --known crm.csv --exclude never.csv --budget 25 -o prospects.csv
        hcpgraph prospects oncology.duckdb --area breast-cancer --known crm.csv \
            --at-most institution=1 --at-least country:DE=5 --mix leader=10
    """
    asked = study_at(study)
    with output.usage():
        given = library.person_lists.read_lists(lists.given())
        found = asked.prospects(
            query.area,
            known=given.known,
            exclude=given.exclude,
            allow_unmatched=given.allow_unmatched,
            include=given.include,
            budget=budget,
            channel=channel,
            at_most=quotas.at_most,
            at_least=quotas.at_least,
            mix=quotas.mix,
            anyone=quotas.anyone,
            probability=diffusion.probability,
            model=diffusion.model,
            error=diffusion.error,
            since=query.since,
            until=query.until,
            audience=query.audience,
            country=query.country,
            specialty=query.specialty,
            role=query.role,
            seed=query.seed,
        )
    output.notify(found.notes)
    output.emit(
        found.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(found, "prospects"),
    )
