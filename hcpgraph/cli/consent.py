"""``hcpgraph consent``: what people allow, by channel and purpose."""

from __future__ import annotations

from pathlib import Path

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.cli.import_files import report_imports


@click.command("consent", cls=Verbatim)
@values.gathered
@options.study
@click.argument("files", nargs=-1, type=options.Named(), metavar="[FILE...]")
@click.option("--list", "listed", is_flag=True, help="List what each person said.")
@click.option(
    "--notices",
    is_flag=True,
    help="List people to inform that their data came from elsewhere (GDPR art. 14).",
)
@options.printed
def command(
    study: Path,
    files: tuple[Path, ...],
    listed: bool,
    notices: bool,
    destination: values.Destination,
) -> None:
    r"""Apply FILEs with consent and objections to STUDY, or list what it holds.

    A FILE is a table (CSV, TSV, XLSX, JSON) with id, handle, npi or email and channel,
    purpose, status, basis, date, source, expiry; an export of Veeva or Salesforce; or
    a compliance result of X. Of statements that differ the least permissive counts; a
    term that is over is a no. Unknown words are never guessed: their rows are counted.
    Who objects to profiling is not scored, who objects to contact not suggested. To
    take a FILE back out: hcpgraph remove.

    \b
    Example:
        hcpgraph consent oncology.duckdb consent.csv --key KEYFILE
        hcpgraph consent oncology.duckdb --list --as compliance
        hcpgraph consent oncology.duckdb --notices --as compliance -o notices.csv
    """
    if sum((bool(files), listed, notices)) != 1:
        raise click.UsageError("give FILEs, or --list, or --notices")
    asked = study_at(study)
    if files:
        report_imports(asked.consent(*files))
        return
    found = asked.consents() if listed else asked.notices()
    output.notify(found.notes)
    output.emit(
        found,
        study=asked,
        destination=destination,
        parameters={
            "command": "consent",
            "list": "statements" if listed else "notices",
        },
    )
