"""``hcpgraph backtest``: how well past rankings predicted attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
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
    recent responders x log(1+posts), PageRank, random order. ndcg is 1 for the ideal
    order; precision is the share of the TOP that is among the TOP later; difference
    and verdict compare hcpgraph with the method. In brackets stand 90 % intervals over
    samples of the people. The negative control is the same ranking with later
    responses moved to other people: it must be like random order. No person is named.
    --area all validates every area; files have NDCG at each cut-off, too.

    \b
    Example:
        hcpgraph backtest oncology.duckdb --area breast-cancer
        hcpgraph backtest oncology.duckdb --area all -o backtest.csv
        hcpgraph figure oncology.duckdb backtest -o backtest.png
    """
    asked = study_at(study)
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
    """What fits a screen: each figure with its interval, in digits that it allows."""
    first = [name for name in ("area", "method") if name in table.names]
    return Table(
        {
            **{name: table[name] for name in first},
            "ndcg": _with_interval(table, "ndcg", ("low", "high")),
            **{
                name: _with_interval(table, name, (f"{name}_low", f"{name}_high"), form)
                for name, form in (("precision", ".2f"), ("difference", "+.3f"))
            },
            "verdict": table["verdict"],
        }
    )


def _with_interval(
    table: Table, name: str, ends: tuple[str, str], form: str = ".2f"
) -> list[Cell]:
    """A column as words: the value, and in brackets the 90 % interval."""
    rows = zip(table[name], *(table[end] for end in ends), strict=True)
    return [
        None
        if value is None
        else f"{_digits(value, form)} ({_digits(low, form)} to {_digits(high, form)})"
        for value, low, high in rows
    ]


def _digits(cell: Cell, form: str) -> str:
    assert cell is not None, "every value has an interval"
    # rounded first, so that no zero is below zero
    return format(round(float(cell), 3) + 0.0, form)
