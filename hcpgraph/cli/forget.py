"""``hcpgraph forget``: erase people for good, with a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from pathlib import Path


@click.command("forget", cls=Verbatim)
@options.study
@click.argument("persons", metavar="PERSON...", nargs=-1, required=True)
@options.out
def command(study: Path, persons: tuple[str, ...], out: Path | None) -> None:
    r"""Erase each PERSON from STUDY, with all that is theirs, and write a certificate.

    PERSON is an id, platform:id, a handle with or without @, the address of a profile
    or a unique name. The file of the study is written anew, so that no byte stays.
    Keyed hashes keep the person from coming back: this needs --key FILE, or the file
    that HCPGRAPH_KEY_FILE names, and so does every later import.

    \b
    Example:
        hcpgraph forget oncology.duckdb @somebody --key hashes.key -o certificate.json
    """
    asked = study_at(study)
    if out is not None:
        library.output.keep_study(study, out)
    certificate = asked.forget(*persons)
    output.deliver(
        certificate.to_json().encode(),
        study=asked,
        out=out,
        parameters=output.parameters_of(certificate, "forget"),
    )
    rows = sum(certificate.tables.values())
    people = "1 person" if len(persons) == 1 else f"{len(persons)} people"
    output.notify([f"erased {people}: {rows} rows removed", *certificate.notes])
