"""``hcpgraph policy``: who may see what, what outputs break, what is too old."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import click

from hcpgraph.cli import options, output, screen, values
from hcpgraph.cli.access import study_at
from hcpgraph.cli.examples import Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcpgraph.model.policy import PolicyInForce
    from hcpgraph.study import Study

_PART, _RULE, _LEAST = 10, 20, 30  # columns of a screen
_MOST_NOTES: Final = 12  # changes that are told one by one


@click.command("policy", cls=Verbatim)
@values.gathered
@options.study
@click.argument("outputs", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--set",
    "given",
    metavar="FILE.toml",
    help="Put this policy in force in STUDY; default is the one of the toolkit.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Read OUTPUT files back, and list what breaks the policy for the viewer of"
    " --as; exit code 1 if anything does.",
)
@click.option(
    "--retain",
    is_flag=True,
    help="List what is older than the policy allows (retention_days of regions).",
)
@click.option("--apply", is_flag=True, help="Remove what --retain lists, for good.")
@options.printed
def command(
    study: Path,
    outputs: tuple[Path, ...],
    given: str | None,
    check: bool,
    retain: bool,
    apply: bool,
    destination: values.Destination,
) -> None:
    r"""Show the policy of STUDY: viewers, regions, audiences, words.

    It holds for what hcpgraph writes. Who holds the study file holds everything.

    --check reads tables (CSV, JSON, Parquet, XLSX, text), the HTML page, networks
    (GEXF, GraphML, graphology), provenance files, and the text in figures (SVG, PDF).

    \b
    Example:
        hcpgraph policy oncology.duckdb
        hcpgraph policy oncology.duckdb --set policy.toml
        hcpgraph policy oncology.duckdb --as sales --check leaders.csv report.html
        hcpgraph policy oncology.duckdb --retain
    """
    if [check, retain, given is not None].count(True) > 1:
        raise click.UsageError("--set, --check and --retain: give one of them")
    if apply and not retain:
        raise click.UsageError("--apply is for --retain")
    if outputs and not check:
        raise click.UsageError("OUTPUT files are for --check")
    asked = study_at(study)
    if check:
        _check(asked, outputs, destination)
        return
    if retain:
        _retain(asked, destination, apply=apply)
        return
    found = asked.policy() if given is None else asked.set_policy(given)
    output.notify(_told(found.notes))
    _show(asked, found, destination, quiet=given is not None)


def _show(
    asked: Study, found: PolicyInForce, destination: values.Destination, *, quiet: bool
) -> None:
    """The rules: JSON in the shape of a policy file, or a list.

    Args:
        asked: the study.
        found: its policy.
        destination: format and file.
        quiet: say nothing on the screen, unless a format was asked for.
    """
    parameters: dict[str, object] = {"command": "policy"}
    if output.choose_format(destination) == "json":
        content = json.dumps(found.rules, indent=1, ensure_ascii=False)
        output.deliver(
            f"{content}\n".encode(),
            study=asked,
            out=destination.out,
            parameters=parameters,
            people=(),
        )
    elif destination.out or destination.format_name not in (None, "table"):
        output.emit(
            found.table, study=asked, destination=destination, parameters=parameters
        )
    elif not quiet:
        screen.print_lines(_lines(found, get_terminal_size().columns))


def _told(notes: tuple[str, ...]) -> list[str]:
    """The first changes, and how many follow."""
    more = len(notes) - _MOST_NOTES
    told = list(notes[:_MOST_NOTES])
    return [*told, f"and {more} more changes"] if more > 0 else told


def _check(
    asked: Study, outputs: tuple[Path, ...], destination: values.Destination
) -> None:
    """List what breaks the policy; the exit code says whether anything does."""
    if not outputs:
        raise click.UsageError("--check needs the OUTPUT files to read back")
    found = asked.check_policy(*outputs)
    output.warn(found.notes)
    if not len(found) and destination.out is None and not destination.format_name:
        output.notify([f"nothing breaks the policy for {found.viewer}"])
        return
    output.emit(
        found.table,
        study=asked,
        destination=destination,
        parameters=output.parameters_of(found, "policy --check"),
    )
    if len(found):
        click.get_current_context().exit(1)


def _retain(asked: Study, destination: values.Destination, *, apply: bool) -> None:
    """List what is kept for too long, and with *apply* remove it."""
    found = asked.retention(apply=apply)
    output.notify(found.notes)
    if found.removed is not None:
        rows = sum(found.removed.values())
        output.notify([f"removed {rows} rows of {len(found.removed)} tables"])
    if not len(found) and destination.out is None and not destination.format_name:
        output.notify(["nothing is older than the policy allows"])
        return
    parameters: dict[str, object] = {"command": "policy --retain", "apply": apply}
    output.emit(
        found.table, study=asked, destination=destination, parameters=parameters
    )


def _lines(found: PolicyInForce, width: int) -> Iterator[str]:
    """The rules as text: part, rule, and what it says, over as many lines as needed."""
    yield f"policy    {'of the toolkit' if found.packaged else 'set in the study'}"
    before = ("", "")
    room = max(width - _PART - _RULE - 2, _LEAST)
    for part, name, rule, value in found.table.rows():
        if (part, name) != before:
            before = (str(part), str(name))
            yield f"{part:<{_PART}}{name}".rstrip()
        first, *more = wrap(str(value), room) or ["nothing"]
        yield f"{'':<{_PART}}{rule:<{_RULE}}  {first}"
        yield from (f"{'':<{_PART + _RULE + 2}}{line}" for line in more)
