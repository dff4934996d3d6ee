"""``hcpgraph import``: social exports into a study."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, screen, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.files import RELATIONS
from hcpgraph.model.names import FORMATS, LAYERS
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.model.files import FileReport, ImportOptions


@click.command("import", cls=Verbatim)
@options.study
@click.argument("files", nargs=-1, type=options.Named(), metavar="FILE...")
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    help="Format of the files; recognised by content if not given.",
)
@click.option(
    "--layer",
    type=click.Choice(LAYERS),
    help="Layer of ties in files that do not name it.",
)
@click.option(
    "--max-rejected",
    type=click.FloatRange(0, 1),
    default=0.01,
    show_default=True,
    metavar="SHARE",
    help="Refuse a file with a larger share of unusable rows.",
)
@click.option("--platform", help="Platform of files that do not name one.")
@click.option(
    "--ids",
    type=click.Choice(["native", "handle"]),
    default="native",
    show_default=True,
    help="Kind of the ids in plain tables.",
)
@click.option(
    "--map",
    "mapping",
    metavar="NAME|FILE.toml",
    help="Mapping that names the columns of a table: one that is shipped, or a file of"
    " your own (docs/how-to/any-table.md). A wrong NAME lists them.",
)
@click.option("--ego", metavar="ID", help="Owner of a follower list without an owner.")
@click.option(
    "--area",
    metavar="AREA",
    help="Disease area that the files belong to as a whole, with their accounts and"
    " ties; an area column in a file wins.",
)
@click.option(
    "--relation",
    type=click.Choice(RELATIONS),
    help="What accounts of such a list are to the owner.",
)
@options.layout
@values.gathered
def command(study: Path, files: tuple[Path, ...], settings: ImportOptions) -> None:
    r"""Import FILEs (also folders, zips, tars) into STUDY, which is made if missing.

    Each file is imported whole or not at all; a refused file does not stop the rest.
    Formats are recognised by content; any file may be gzipped, any table a sheet of a
    workbook. The layer of ties is never guessed: it needs a column, clear headings or
    --layer. Follows have no disease area unless --area names it. Without a FILE, a
    STUDY of an older version is upgraded.

    \b
    Example:
        hcpgraph import oncology.duckdb tweets.jsonl.gz roster.csv
        hcpgraph import oncology.duckdb follows.csv --layer follow --area breast-cancer
        hcpgraph import oncology.duckdb followers.json --ego 1234567
        hcpgraph import oncology.duckdb results.xlsx --map talkwalker
    """
    if not files:
        _bring_up_to_date(study)
        return
    report_imports(study_at(study).add(*files, options=settings))


def _bring_up_to_date(study: Path) -> None:
    if not study.exists():
        raise click.UsageError("Missing argument 'FILE...'.")
    study_at(study).add()
    output.notify([f"{study} is up to date"])


def report_imports(reports: Sequence[FileReport]) -> None:
    """Print the result for each file; end with code 1 if any was refused."""
    recognised = [report for report in reports if report.format]
    if recognised:
        screen.put(output.as_text(_table(recognised)).encode())
    for report in reports:
        output.notify(f"{report.path}: {note}" for note in report.notes)
        output.notify(
            f"{report.path}: line {line}: {reason}"
            for line, reason in report.reasons
            if report.error is None
        )
    refused = [report for report in reports if report.error is not None]
    for report in refused:
        output.warn([f"Error: {report.path}: {report.error}"])
    if not recognised and not refused:
        output.warn(["Error: nothing to import: no file that hcpgraph reads"])
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
