"""``hcpgraph find``: accounts by part of a name, handle, bio or institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("find", cls=Verbatim)
@values.gathered
@options.study
@click.argument("text")
@options.top
@options.printed
def command(study: Path, text: str, top: int, destination: values.Destination) -> None:
    r"""Find accounts with TEXT in name, handle, bio or institution.

    \b
    Example:
        hcpgraph find oncology.duckdb "university hospital"
    """
    asked = study_at(study)
    found = asked.find(text, most=top)
    if not len(found):
        output.notify([f"no account with {text!r} in name, handle, bio or institution"])
    output.notify(found.notes)
    output.emit(
        found,
        study=asked,
        destination=destination,
        parameters={"command": "find", "text": text, "top": top},
    )
