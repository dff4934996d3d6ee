"""``hcpgraph compare``: significant changes between two periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("compare", cls=Verbatim)
@values.gathered
@options.study
@options.area
@click.option(
    "--at",
    metavar="DATE",
    help="Compare the time before DATE with the time from DATE on (UTC).",
)
@click.option(
    "--before",
    metavar="FIRST..LAST",
    help="The earlier period: first day, inclusive, and last, exclusive (UTC).",
)
@click.option("--after", metavar="FIRST..LAST", help="The later period, in that form.")
@options.audience
@options.country
@options.specialty
@options.role
@click.option(
    "--top",
    type=options.COUNT,
    default=25,
    show_default=True,
    help="Number of changes to list, best ranked first.",
)
@options.layers
@options.seed
@options.printed
def command(
    study: Path,
    query: values.QueryOptions,
    at: str | None,
    before: str | None,
    after: str | None,
    top: int,
    destination: values.Destination,
) -> None:
    r"""List the people of AREA whose score changed significantly between two periods.

    new: no responders in the earlier period; gone: none in the later. change is the
    change of the score minus the change of the area as a whole; p is the p-value of
    that change, adjusted for the number of people compared (Benjamini-Hochberg).

    \b
    Example:
        hcpgraph compare oncology.duckdb --area breast-cancer --at 2025-10-01
        hcpgraph compare oncology.duckdb --area breast-cancer \
            --before 2025-01-01..2025-07-01 --after 2025-07-01..2026-01-01
    """
    asked = study_at(study)
    with output.usage():
        changes = asked.compare(
            query.area,
            at=at,
            before=_ends(before),
            after=_ends(after),
            top=top,
            audience=query.audience,
            country=query.country,
            specialty=query.specialty,
            role=query.role,
            layers=query.layers,
            seed=query.seed,
        )
    output.notify(changes.notes)
    output.emit(
        changes.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(changes, "compare"),
    )


def _ends(period: str | None) -> tuple[str | None, str | None] | None:
    """FIRST..LAST as its two ends; an end left out is that of the study."""
    if period is None:
        return None
    first, dots, last = period.partition("..")
    if not dots:
        raise ValueError(f"{period!r} is not a period; write it FIRST..LAST")
    return first or None, last or None
