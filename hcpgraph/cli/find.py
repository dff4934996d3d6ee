"""``hcpgraph find``: accounts by part of a name, handle, bio or institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("find", cls=Verbatim)
@options.study
@click.argument("text")
@click.option("--top", type=options.COUNT, default=25, show_default=True)
@options.printed
def command(
    study: Path, text: str, top: int, format_name: str | None, out: Path | None
) -> None:
    r"""Find accounts with TEXT in name, handle, bio or institution.

    \b
    Example:
        hcpgraph find oncology.duckdb "university hospital"
    """
    from hcpgraph.study import Study  # noqa: PLC0415 - numpy waits for a command

    asked = Study(study)
    found = asked.find(text, most=top)
    if not len(found):
        output.say([f"no account with {text!r} in name, handle, bio or institution"])
    output.say(found.notes)
    output.emit(
        found,
        study=asked,
        format_name=format_name,
        out=out,
        parameters={"command": "find", "text": text, "top": top},
    )
