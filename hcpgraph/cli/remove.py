"""``hcpgraph remove``: remove one imported file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("remove", cls=Verbatim)
@options.study
@click.argument("file")
def command(study: Path, file: str) -> None:
    r"""Remove FILE from STUDY, as if it had never been imported.

    FILE is the path given at import, its last part, or the first digits of its
    SHA-256. Data also present in other files stay; accounts merged because of this
    file stay merged.

    \b
    Example:
        hcpgraph remove oncology.duckdb follows.csv
    """
    path = study_at(study).remove(file)
    output.notify([f"removed {path}"])
