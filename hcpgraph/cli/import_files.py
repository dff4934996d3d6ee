"""``hcpgraph import``: social exports into a study."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, screen
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.names import FORMATS, LAYERS
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.model.files import FileReport


@click.command("import", cls=Verbatim)
@options.study
@click.argument("files", nargs=-1, type=options.Named(), metavar="FILE...")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="Read the files as this; recognised by content if not given.",
)
@click.option(
    "--layer", type=click.Choice(LAYERS), help="Layer of ties whose file names none."
)
@click.option(
    "--max-rejected",
    type=click.FloatRange(0, 1),
    default=0.01,
    show_default=True,
    metavar="SHARE",
    help="Refuse a file with a larger share of unusable rows.",
)
@click.option("--platform", help="Platform of files that name none.")
@click.option(
    "--ids",
    type=click.Choice(["native", "handle"]),
    default="native",
    show_default=True,
    help="What the ids of plain files are.",
)
@click.option("--ego", metavar="ID", help="Owner of a follower list that names none.")
def command(
    study: Path,
    files: tuple[Path, ...],
    format_name: str | None,
    layer: str | None,
    max_rejected: float,
    platform: str | None,
    ids: str,
    ego: str | None,
) -> None:
    r"""Bring FILEs (or folders of them) into STUDY, which is made if it is not there.

    Each file is imported whole or not at all; one that is refused does not stop the
    rest. Formats are recognised by content; any file may be gzipped. What kind of ties
    a table holds is never guessed: a column, its headings or --layer say it. Without a
    FILE, a STUDY of an older version is brought up to date.

    \b
    Example:
        hcpgraph import oncology.duckdb tweets.jsonl.gz roster.csv
        hcpgraph import oncology.duckdb follows.csv --layer follow
        hcpgraph import oncology.duckdb followers.json --ego 1234567
    """
    from hcpgraph.study import Study  # noqa: PLC0415 - numpy waits for a command

    with output.usage():
        settings = ImportOptions(
            format=format_name,
            platform=platform,
            ids=ids,
            ego=ego,
            layer=layer,
            max_rejected=max_rejected,
        )
    if not files:
        _bring_up_to_date(study)
        return
    report_imports(Study(study).add(*files, options=settings))


def _bring_up_to_date(study: Path) -> None:
    from hcpgraph.study import Study  # noqa: PLC0415 - as above

    if not study.exists():
        raise click.UsageError("Missing argument 'FILE...'.")
    Study(study).add()
    output.say([f"{study} is up to date"])


def report_imports(reports: Sequence[FileReport]) -> None:
    """Print what became of each file; end with code 1 if any was refused."""
    recognised = [report for report in reports if report.format]
    if recognised:
        screen.put(output.as_text(_table(recognised)).encode())
    for report in reports:
        output.say(f"{report.path}: {note}" for note in report.notes)
        output.say(
            f"{report.path}: line {line}: {reason}"
            for line, reason in report.reasons
            if report.error is None
        )
    refused = [report for report in reports if report.error is not None]
    for report in refused:
        output.complain([f"Error: {report.path}: {report.error}"])
    if not recognised and not refused:
        output.complain(["Error: nothing to import: no file that hcpgraph reads"])
    if refused or not recognised:
        sys.exit(1)


def _table(reports: Sequence[FileReport]) -> Table:
    return Table(
        {
            "file": [str(report.path) for report in reports],
            "format": [report.format for report in reports],
            "read": [report.read for report in reports],
            "accepted": [report.accepted for report in reports],
            "already known": [report.known for report in reports],
            "rejected": [report.rejected for report in reports],
            "": ["refused" if report.error else None for report in reports],
        }
    )
