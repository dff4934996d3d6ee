"""``hcpgraph inspect``: what files are, before they are imported."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hcpgraph import study as library
from hcpgraph.cli import import_files, options, output, screen, values
from hcpgraph.cli.examples import Verbatim
from hcpgraph.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hcpgraph.model.files import ImportOptions
    from hcpgraph.model.inspection import Inspection

_FEW = 3  # files that are named where many have the same answer


def _as_import(function: Callable[..., Any]) -> Callable[..., Any]:
    """Every option of an import, where --format is of files and so called --read-as."""
    for option in reversed(import_files.command.params):
        if not isinstance(option, click.Option) or "--help" in option.opts:
            continue
        if option.name == "format":
            add = click.option(
                "--read-as", option.name, type=option.type, help=option.help
            )
            function = add(function)
        else:
            function.__dict__.setdefault("__click_params__", []).append(option)
    return function


@click.command("inspect", cls=Verbatim)
@values.gathered
@click.argument(
    "files", nargs=-1, required=True, type=options.Named(), metavar="FILE..."
)
@click.option(
    "--format",
    "shown",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Output format.",
)
@_as_import
@click.option(
    "--suggest",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="MAP.toml",
    help="Write a first mapping for the one FILE, from what its columns look like, with"
    " three shortened samples of each.",
)
def command(
    files: tuple[Path, ...],
    shown: str,
    settings: ImportOptions,
    suggest: Path | None,
) -> None:
    r"""Say what FILEs (or folders of them) are, without importing them.

    For each file: its format and how sure that is, rows, period, platform, owner of a
    follower list, accounts and ties by layer as an import into an empty study counts
    them, what it has, what a ranking needs and it lacks, and how to get that. No study
    is touched, and no name or text of anybody is shown. The exit code is that of an
    import: 1 if any file would be refused, or none would be read.

    \b
    Example:
        hcpgraph inspect tweets.jsonl.gz follows.csv
        hcpgraph inspect downloads/ --format json
        hcpgraph inspect followers.json --ego 1234567
        hcpgraph inspect mentions.csv --suggest mentions.toml
    """
    with output.usage():
        found = library.questions.inspect.inspect(
            *files, options=settings, suggest=suggest
        )
    if suggest is not None:
        screen.notify(
            [f"wrote {suggest}; it holds samples of names and texts, for you alone"]
        )
    _show(found, shown)
    refused = sum(each.refused for each in found.files)
    if refused:
        screen.warn([f"{refused} of {len(found.files)} files would be refused"])
    elif not any(each.read for each in found.files):
        screen.warn(["no file here would be read"])
    else:
        return
    sys.exit(1)


def _show(found: Inspection, shown: str) -> None:
    """Print the answer on stdout."""
    if shown == "json":
        text = json.dumps(found.as_records(), indent=1, ensure_ascii=False)
        screen.put(f"{text}\n".encode())
    elif shown == "csv":
        screen.put(library.output.render(found.table, "csv"))
    elif found.files:
        screen.put(output.as_text(_brief(found)).encode())
        screen.print_lines(("", *_advice(found)))


def _brief(found: Inspection) -> Table:
    """The columns that a terminal has room for, most important first."""
    files = found.files
    return Table(
        {
            "file": _short([each.file for each in files]),
            "format": [each.format for each in files],
            "rows": [each.rows for each in files],
            "ties": [sum(each.layers.values()) or None for each in files],
            "lacks": [", ".join(each.missing) or None for each in files],
            "": ["refused" if each.refused else None for each in files],
            "sure": [each.sure for each in files],
            "accounts": [each.accounts for each in files],
            "layers": [_most_first(each.layers) for each in files],
            "first": [each.first and each.first[:10] for each in files],
            "last": [each.last and each.last[:10] for each in files],
            "platform": [each.platform for each in files],
            "owner": [each.owner for each in files],
            "has": [", ".join(each.has) or None for each in files],
            "forbidden": [", ".join(each.forbidden) or None for each in files],
        }
    )


def _most_first(layers: Mapping[str, int]) -> str | None:
    """Layers with their ties, the largest first."""
    ordered = sorted(layers.items(), key=lambda item: -item[1])
    return ", ".join(f"{count} {layer}" for layer, count in ordered) or None


def _short(files: list[str]) -> list[str]:
    """Names without the folder that all of them are in."""
    folder = files[0].rpartition("/")[0]
    within = f"{folder}/"
    if not folder or not all(name.startswith(within) for name in files):
        return files
    return [name.removeprefix(within) for name in files]


def _advice(found: Inspection) -> Iterator[str]:
    """What to do, a line each, with the files that it is good for."""
    names: dict[str, list[str]] = {}
    short = _short([each.file for each in found.files])
    for name, each in zip(short, found.files, strict=True):
        for sentence in each.how:
            names.setdefault(sentence, []).append(name)
    for sentence, files in names.items():
        shown = ", ".join(files[:_FEW])
        more = f" and {len(files) - _FEW} more" if len(files) > _FEW else ""
        yield f" {shown}{more}: {sentence}"
