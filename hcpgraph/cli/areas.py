"""``hcpgraph areas``: which disease areas a study covers."""

from __future__ import annotations

from pathlib import Path

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim


@click.command("areas", cls=Verbatim)
@values.gathered
@options.study
@click.option(
    "--add",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="VOCABULARY.toml",
    help="Add areas of your own, or change the terms of existing ones.",
)
@click.option(
    "--all", "every", is_flag=True, help="Also list areas without posts or accounts."
)
@options.printed
def command(
    study: Path, add: Path | None, every: bool, destination: values.Destination
) -> None:
    r"""List disease areas with their posts, the accounts that work in them, and ties.

    \b
    Example:
        hcpgraph areas oncology.duckdb
        hcpgraph areas oncology.duckdb --add my-areas.toml
    """
    asked = study_at(study)
    if add is not None:
        asked.add_vocabulary(add)
        output.notify([f"added {add}; all posts and accounts were labelled again"])
    known = asked.areas(every=True)
    found = known if every else asked.areas()
    if len(found) < len(known):
        output.notify([f"{len(known) - len(found)} more areas without posts: --all"])
    output.emit(
        found,
        study=asked,
        destination=destination,
        parameters={"command": "areas"},
    )
