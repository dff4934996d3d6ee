"""``hcpgraph explain``: the reasons for the rank of a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from hcpgraph import writing
from hcpgraph.cli import options, output, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.signs import on_one_line

if TYPE_CHECKING:
    from pathlib import Path

    from hcpgraph.model.explanation import Explanation


@click.command("explain", cls=Verbatim)
@values.gathered
@options.study
@click.argument("person")
@options.people
@click.option(
    "--resamples",
    type=options.DRAWS,
    metavar="N",
    help="Number of resamples for the 90 % interval of the rank; 0 for no interval."
    "  [default: 200]",
)
@options.weights
@options.layers
@options.engine
@options.seed
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("table", "json")),
    help="Output format: text, unless -o names a .json file.",
)
@options.out
def command(
    study: Path,
    person: str,
    query: values.QueryOptions,
    resamples: int | None,
    weights: dict[str, float],
    destination: values.Destination,
) -> None:
    r"""Explain the rank of PERSON, an id or @handle, in AREA or the whole study.

    Contributions to the score, endorsers, posts as evidence, ranks over areas and
    time, counterfactuals (what would change the rank), and robustness. Texts of posts
    are never printed; people who may not be listed are counted, not named.

    \b
    Example:
        hcpgraph explain oncology.duckdb @ninanine --area breast-cancer
        hcpgraph explain oncology.duckdb 1234567890 --format json
    """
    asked = study_at(study)
    chosen = _choose(destination)
    with output.usage():
        found = asked.explain(
            person,
            query.area,
            since=query.since,
            until=query.until,
            audience=query.audience,
            country=query.country,
            specialty=query.specialty,
            role=query.role,
            resamples=resamples,
            weights=weights,
            engine=query.engine,
            layers=query.layers,
            seed=query.seed,
        )
    output.notify(found.notes)
    text = (
        as_json(found)
        if chosen == "json"
        else as_text(found, wide=destination.out is not None)
    )
    parameters = output.parameters_of(found, "explain")
    output.deliver(
        text.encode(), study=asked, out=destination.out, parameters=parameters
    )


def _choose(destination: values.Destination) -> str:
    """The requested format, else that of the file's name, else text."""
    out = destination.out
    if destination.format_name:
        return destination.format_name
    if out is None or (not out.suffix and not writing.is_regular(out)):
        return "table"
    suffix = out.suffix.lower()
    if suffix not in {".txt", ".json"}:
        raise click.UsageError(f"{out}: end the name in .txt or .json, or use --format")
    return "json" if suffix == ".json" else "table"


def as_json(found: Explanation) -> str:
    """The explanation as one JSON object."""
    return f"{json.dumps(found.to_dict(), indent=1, ensure_ascii=False)}\n"


def as_text(found: Explanation, *, wide: bool = False) -> str:
    """The explanation as text, section by section; *wide* as for pipes."""
    blocks = ["".join(f"{_plain(line)}\n" for line in (found.who, *found.says))]
    for _, section in found.sections():
        if not section.says and not section.table.names:
            continue  # all of it is withheld
        said = "".join(f"{_plain(line)}\n" for line in section.says)
        shown = len(section.table) and not section.told
        table = f"\n{output.as_text(section.table, wide=wide)}" if shown else ""
        blocks.append(f"{section.title}\n{said}{table}")
    return "\n".join(blocks)


def _plain(line: str) -> str:
    """One line of screen text, names of strangers made harmless."""
    return on_one_line(" ".join(line.split()))
