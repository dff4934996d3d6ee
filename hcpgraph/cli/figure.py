"""``hcpgraph figure``: the network or the ranking, as a picture."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hcpgraph.cli import options, output
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.names import FIGURES


@click.command("figure", cls=Verbatim)
@options.study
@click.argument("kind", type=click.Choice(FIGURES))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A .png, .svg or .pdf file.",
)
@options.area
@options.since
@options.until
@options.audience
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many leaders are named, or looked at by a backtest.",
)
@options.seed
def command(  # noqa: PLR0913, PLR0917 - one parameter per option of the command
    study: Path,
    kind: str,
    out: Path,
    area: str | None,
    since: str | None,
    until: str | None,
    audience: str,
    top: int,
    seed: int,
) -> None:
    r"""Draw KIND: the network, the ranking, or how well past rankings foretold.

    network shows communities and leaders; ranking what each score is made of;
    backtest how well past rankings foretold attention, beside plain counts.

    \b
    Example:
        hcpgraph figure oncology.duckdb network --area breast-cancer -o network.svg
        hcpgraph figure oncology.duckdb ranking --area breast-cancer -o leaders.png
    """
    from hcpgraph.study import (  # noqa: PLC0415 - numpy waits for a command
        Study,
        drawing,
    )

    asked = Study(study)
    with output.usage():
        motif = drawing.Motif(
            area=area,
            top=top,
            since=since,
            until=until,
            audience=audience,
            seed=seed,
        )
        figure = drawing.DRAWINGS[kind](asked, motif)
    parameters = {"command": f"figure {kind}", **asdict(motif)}
    beside = drawing.save_figure(asked, figure, out, parameters)
    output.say([f"wrote {out} and {beside}"])
