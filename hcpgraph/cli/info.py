"""``hcpgraph info``: summary of a study."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hcpgraph import study as library
from hcpgraph.cli import options, screen
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@click.command("info", cls=Verbatim)
@options.study
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)
def command(study: Path, format_name: str) -> None:
    r"""Summarise STUDY: files, accounts, posts, ties by layer, areas, period.

    \b
    Example:
        hcpgraph info oncology.duckdb
        hcpgraph info oncology.duckdb --format json
    """
    found = library.Study(study).summary()
    if format_name == "json":
        content = json.dumps(found, indent=1, ensure_ascii=False)
        screen.put(f"{content}\n".encode())
        return
    screen.print_lines(_lines(found))


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
