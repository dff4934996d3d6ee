"""``hcpgraph backtest``: how well past rankings predicted attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output, values
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.model.table import Cell


@click.command("backtest", cls=Verbatim)
@values.gathered
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
    help="Number of people at the top of each ranking that are scored.",
)
@options.layers
@options.seed
@options.printed
def command(
    study: Path,
    query: values.QueryOptions,
    top: int,
    destination: values.Destination,
) -> None:
    r"""Validate past rankings of AREA, or of the whole study, on later attention.

    At four cut-offs people are ranked by the data until then, and compared with the
    number of distinct accounts that respond to them later. Baselines: simple counts,
    PageRank, random order. ndcg is 1 for the ideal order, low to high its 90 %
    interval; precision is the share of the TOP that is among the TOP later; verdict
    compares hcpgraph with the method. No person is named. --area all validates every
    area; files have NDCG at each cut-off, too.

    \b
    Example:
        hcpgraph backtest oncology.duckdb --area breast-cancer
        hcpgraph backtest oncology.duckdb --area all -o backtest.csv
        hcpgraph figure oncology.duckdb backtest -o backtest.png
    """
    asked = library.Study(study)
    with output.usage():
        found = asked.backtest(
            query.area,
            top=top,
            since=query.since,
            until=query.until,
            audience=query.audience,
            layers=query.layers,
            seed=query.seed,
        )
    output.notify(found.notes)
    for_people = output.choose_format(destination) == "table"
    output.emit(
        _in_short(found.table) if for_people else found.table,
        study=asked,
        destination=destination,
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
