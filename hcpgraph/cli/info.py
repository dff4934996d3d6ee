"""``hcpgraph info``: summary of a study."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output, screen, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@click.command("info", cls=Verbatim)
@values.gathered
@options.study
@click.option(
    "--gaps",
    metavar="AREA",
    help="List what to collect next: the accounts whose follower lists, posts and"
    " profiles would narrow the rank intervals of the first people of AREA.",
)
@options.top
@options.printed
def command(
    study: Path, gaps: str | None, top: int, destination: values.Destination
) -> None:
    r"""Summarise STUDY: files, accounts, posts, ties by layer, areas, period.

    With --gaps, a list for a collector. A file that ends in .txt holds ids alone, one a
    line: of the accounts to collect the same of as of the first, such as followers.
    --top, -o and formats other than table and json are for this list.

    \b
    Example:
        hcpgraph info oncology.duckdb
        hcpgraph info oncology.duckdb --format json
        hcpgraph info oncology.duckdb --gaps breast-cancer -o ids.csv
    """
    asked = study_at(study)
    if gaps is not None:
        _collect(asked, gaps, top, destination)
        return
    if destination.out or destination.format_name not in (None, "table", "json"):
        raise click.UsageError("-o, csv and parquet are for --gaps AREA")
    found = asked.summary()
    if destination.format_name == "json":
        content = json.dumps(found, indent=1, ensure_ascii=False)
        screen.put(f"{content}\n".encode())
        return
    screen.print_lines(_lines(found))


def _collect(
    asked: library.Study, area: str, top: int, destination: values.Destination
) -> None:
    """Print or write what to collect in *area*."""
    with output.usage():
        found = asked.gaps(area, top=top)
    output.notify(found.notes)
    said = output.parameters_of(found, "info --gaps")
    out = destination.out
    if out is not None and out.suffix == ".txt" and destination.format_name is None:
        content = "".join(f"{one}\n" for one in found.ids()).encode()
        people = found.ids()
        output.deliver(content, study=asked, out=out, parameters=said, people=people)
        return
    output.emit(found.table, study=asked, destination=destination, parameters=said)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The summary as text, one fact a line."""
    span = f"{found['first']} to {found['last']}" if found["first"] else "no times"
    yield f"accounts   {found['accounts']}"
    if found["placeholders"]:
        yield f"           {found['placeholders']} of them known by handle alone"
    yield f"posts      {found['posts']}"
    for layer, count in found["ties"].items():
        weight = found["default_layers"].get(layer)
        worth = f"weight {weight:g}" if weight else "not read unless asked for"
        yield f"ties       {count} {layer} ({worth})"
    yield f"           {found['ties_without_time']} of them without a time"
    yield f"period     {span}"
    for role, count in found["roles"].items():
        yield f"role       {count} {role}"
    rule = found["works_in_area"]
    yield f"areas      {', '.join(found['areas']) or 'none'}"
    yield (
        "           a follow belongs to the areas both ends work in: a roster, a bio or"
        " the area of a file says so, or"
        f" {rule['posts']} posts and {rule['share']:.0%} of their posts"
    )
    for entry in found["files"]:
        area = f", of {entry['area']}" if entry["area"] else ""
        yield (
            f"file       {entry['path']} ({entry['format']}{area}): "
            f"{entry['read']} rows, "
            f"{entry['accepted']} accepted, {entry['known']} already known, "
            f"{entry['rejected']} rejected"
        )
