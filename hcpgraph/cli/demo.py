"""``hcpgraph demo``: a synthetic study, and every step on it."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hcpgraph import study as library
from hcpgraph.cli import options, output, screen
from hcpgraph.cli.examples import Verbatim
from hcpgraph.cli.import_files import report_imports
from hcpgraph.cli.values import Destination
from hcpgraph.errors import FigureError
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.table import Listed, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcpgraph.model.prospects import Prospects
    from hcpgraph.study import Study

_SIZES = ("full", "small", "tiny")
_LISTED = 50  # leaders of an area
_SHOWN = 10  # of them on screen
_COLUMNS = ("rank", "handle", "name", "score", *CONTRIBUTIONS, "role")
_HALF_WAY = "2025-07-01"  # through the year of the synthetic world
_MARK = "truth.csv"  # what tells a demo folder from any other


@click.command("demo", cls=Verbatim)
@click.argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("hcpgraph-demo"),
)
@click.option(
    "--size",
    type=click.Choice(_SIZES),
    default="full",
    show_default=True,
    help="full: about 3,000 accounts; small: 300; tiny: 30.",
)
@click.option(
    "--seed",
    type=options.SEED,
    default=7,
    show_default=True,
    help="Random seed of the synthetic world.",
)
def command(folder: Path, size: str, seed: int) -> None:
    r"""Make exports of a synthetic world in FOLDER and run the whole chain on them.

    Writes exports as the platforms would, imports them into a study, ranks every
    area, finds communities, suggests prospects and draws. Nobody in it is real.

    \b
    Example:
        hcpgraph demo
        hcpgraph demo /tmp/world --size small
    """
    from hcpgraph import demo  # noqa: PLC0415 - numpy waits for a command

    exports = folder / "exports"
    _refuse_other_folder(folder, exports)
    exports.mkdir(parents=True, exist_ok=True)
    sizes = {"full": demo.FULL, "small": demo.SMALL, "tiny": demo.TINY}
    output.notify([f"making a synthetic world ({size}, seed {seed}) in {exports}"])
    world = demo.make_world(seed=seed, size=sizes[size])
    demo.write_exports(world, exports)
    study = library.Study(folder / "study.duckdb")
    study.path.unlink(missing_ok=True)
    output.notify([f"importing it into {study.path}"])
    report_imports(study.add(exports))
    area = world.topics[0].slug
    output.notify(["ranking every area"])
    ranking = study.rank("all", top=_LISTED)
    output.notify(["finding communities and prospects"])
    found = study.communities(area)
    plan = study.prospects(
        area, known=exports / "known.csv", exclude=exports / "exclude.csv"
    )
    results = {"leaders": ranking, "communities": found, "prospects": plan}
    lists = _lists(study, folder, results)
    pictures = _pictures(study, folder, area, plan)
    screen.print_lines(["", f"Leaders in {area}:", ""])
    leaders = _first(ranking.table, area)
    screen.put(output.as_text(leaders).encode())
    written = (f"  {path}" for path in (study.path, *lists, *pictures))
    screen.print_lines(["", "Written:", *written])
    commands = (f"  {line}" for line in _next(study.path, folder, area, leaders))
    screen.print_lines(["", "Next, to paste:", "", *commands])


def _next(study: Path, folder: Path, area: str, leaders: Table) -> Iterator[str]:
    """Five commands that go on from here, and run as they are printed."""
    known = ["--known", str(folder / "exports" / "known.csv")]
    handle = next(iter(leaders["handle"]), None)
    asked = (
        ["explain", f"@{handle}", "--area", area],
        ["compare", "--area", area, "--at", _HALF_WAY],
        ["prospects", "--area", area, *known, "--at-most", "institution=1"],
        ["export", "gexf", "--area", area, "-o", str(folder / "network.gexf")],
        ["report", *known, "-o", str(folder / "report.html")],
    )
    for name, *words in asked:
        yield shlex.join(["hcpgraph", name, str(study), *words])


def _refuse_other_folder(folder: Path, exports: Path) -> None:
    """Write only into an empty folder, or one that a demo made."""
    if folder.exists() and any(folder.iterdir()) and not (exports / _MARK).exists():
        raise click.ClickException(
            f"{folder} is not empty and holds no demo; name another folder"
        )


def _first(leaders: Table, area: str) -> Table:
    """The first leaders of *area*, as they are shown, out of those of every area."""
    mine = [row for row, slug in enumerate(leaders["area"]) if slug == area]
    return Table(
        {name: [leaders[name][row] for row in mine[:_SHOWN]] for name in _COLUMNS}
    )


def _lists(study: Study, folder: Path, results: Mapping[str, Listed]) -> list[Path]:
    """Leaders of every area, communities and prospects, as CSV."""
    paths = []
    for name, result in results.items():
        path = folder / f"{name}.csv"
        output.emit(
            result.table,
            study=study,
            destination=Destination("csv", path),
            parameters=output.parameters_of(result, name),
        )
        paths.append(path)
    return paths


def _pictures(study: Study, folder: Path, area: str, plan: Prospects) -> list[Path]:
    """The network, the leaders and the prospects of one area."""
    output.notify(["drawing"])
    drawings = {
        "network": partial(study.figure, "network", area),
        "ranking": partial(study.figure, "ranking", area),
        "coverage": partial(study.figure, "coverage", area, plan=plan),
    }
    paths = []
    for kind, draw in drawings.items():
        path = folder / f"{kind}.png"
        parameters = {"command": f"figure {kind}", "area": area}
        with study.opened() as opened:
            try:
                figure = draw()
            except FigureError as error:
                output.notify([f"no {path.name}: {error}"])
                continue
            content = library.questions.figure.render(figure, "png")
            people = library.questions.figure.people(opened, figure)
            library.output.save(opened, content, path, parameters, people=people)
        paths.append(path)
    return paths
