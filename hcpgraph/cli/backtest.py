"""``hcpgraph backtest``: how well past rankings foretold attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.model.table import Cell


@click.command("backtest", cls=Verbatim)
@options.study
@options.area
@options.since
@options.until
@options.audience
@click.option(
    "--top",
    type=options.COUNT,
    default=20,
    show_default=True,
    help="How many people of each ranking are looked at.",
)
@options.seed
@options.printed
def command(  # noqa: PLR0913, PLR0917 - one parameter per option of the command
    study: Path,
    area: str | None,
    since: str | None,
    until: str | None,
    audience: str,
    top: int,
    seed: int,
    format_name: str | None,
    out: Path | None,
) -> None:
    r"""Rank the past of AREA, or of the whole study, and see what came after.

    At four moments people are ranked by what was known then, and held against the
    distinct accounts that respond to them afterwards; beside hcpgraph's ranking stand
    plain counts, PageRank and chance. ndcg is 1 for the order that hindsight gives,
    low to high its 90% interval; precision is the share of the TOP who were among
    the TOP later; verdict says where hcpgraph stands beside the method. No person is
    named. --area all judges every area; files have NDCG at each moment, too.

    \b
    Example:
        hcpgraph backtest oncology.duckdb --area breast-cancer
        hcpgraph backtest oncology.duckdb --area all -o backtest.csv
        hcpgraph figure oncology.duckdb backtest -o backtest.png
    """
    asked = library.Study(study)
    with output.usage():
        found = asked.backtest(
            area, top=top, since=since, until=until, audience=audience, seed=seed
        )
    output.say(found.notes)
    for_people = output.choose_format(format_name, out) == "table"
    output.emit(
        _in_short(found.table) if for_people else found.table,
        study=asked,
        format_name=format_name,
        out=out,
        parameters=output.parameters_of(found, "backtest"),
    )


def _in_short(table: Table) -> Table:
    """The columns that fit a screen, with the digits that the intervals allow."""
    plain = ("ndcg", "low", "high", "precision")
    words: dict[str, list[Cell]] = {
        name: [_digits(cell, "+.3f" if name == "difference" else ".3f") for cell in c]
        for name, c in table.columns.items()
        if name in (*plain, "difference")
    }
    first = [name for name in ("area", "method") if name in table.names]
    return Table(
        {
            **{name: table[name] for name in first},
            **words,
            "verdict": table["verdict"],
        }
    )


def _digits(cell: Cell, form: str) -> str | None:
    # rounded first, so that no zero is below zero
    return None if cell is None else format(round(float(cell), 3) + 0.0, form)
