"""Arguments and options that several commands share."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hcpgraph import writing
from hcpgraph.errors import OutputError
from hcpgraph.model.files import Layout
from hcpgraph.model.names import AUDIENCES, ENGINES, MOST, MOST_SEED, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STDOUT = "-"
FORMATS = ("table", "csv", "json", "parquet")
# what no study has so many of, and what computers count in 64 bits
COUNT = click.IntRange(1, MOST)
DRAWS = click.IntRange(0, 1_000_000)
SEED = click.IntRange(0, MOST_SEED)

study = click.argument("study", type=click.Path(path_type=Path))
area = click.option(
    "--area", metavar="AREA", help="A disease area; 'hcpgraph areas' lists them."
)
since = click.option("--since", metavar="DATE", help="First day, inclusive (UTC).")
until = click.option("--until", metavar="DATE", help="Last day, exclusive (UTC).")
audience = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="auto",
    show_default=True,
    help="People to list: health professionals (hcp) or everyone (all). auto: hcp if"
    " the study has any role.",
)
country = click.option("--country", help="List only people of this country.")
specialty = click.option("--specialty", help="List only people of this specialty.")
role = click.option(
    "--role", type=click.Choice(ROLES), help="List only people of this role."
)
top = click.option(
    "--top",
    type=COUNT,
    default=25,
    show_default=True,
    help="Number of people to list.",
)
seed = click.option(
    "--seed",
    type=SEED,
    default=0,
    show_default=True,
    help="Random seed; the same seed gives the same result.",
)
engine = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Where centrality measures are computed.",
)
format_name = click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="Output format: a table, unless the suffix of -o names another.",
)


class Named(click.Path):
    """A file or folder; a name of nothing, as of a variable not set, is none."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        if value == "":  # to the system, the folder that we are in
            self.fail("it is empty; name a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


class _Output(click.Path):
    """A file to write, or ``-`` for stdout, which is None."""

    def __init__(self) -> None:
        # whether it can be read does not matter, as of the end of a pipe
        super().__init__(path_type=Path, dir_okay=False, readable=False)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        if value == STDOUT:
            return STDOUT
        return super().convert(value, param, ctx)


def out_file(words: str, *, required: bool = False) -> Callable[..., Any]:
    """The option ``-o``; a command gets None where the result goes to stdout.

    Args:
        words: its help.
        required: whether it must be given.
    """
    return click.option(
        "-o",
        "--out",
        type=_Output(),
        required=required,
        callback=lambda _context, _option, given: None if given == STDOUT else given,
        help=words,
        metavar="FILE",
    )


out = out_file(
    "Write FILE, and FILE.provenance.json beside it, instead of printing. No provenance"
    " file beside a pipe or a device; - is stdout."
)


def people_list(name: str, words: str) -> Callable[..., Any]:
    """An option for a list of people, read for one run.

    Args:
        name: of the option, such as ``--known``.
        words: its help.
    """
    kind = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option(name, type=kind, metavar="FILE", help=words)


known = people_list(
    "--known",
    "Table of people you already know (column id, handle or npi); never stored.",
)
exclude = people_list(
    "--exclude",
    "Table of people never to suggest; never stored. The command stops if none of them"
    " is in the study.",
)
allow_unmatched = click.option(
    "--allow-unmatched",
    is_flag=True,
    help="Continue if none of the people of --exclude is in the study.",
)

list_mapping = click.option(
    "--map",
    "mapping",
    metavar="NAME|FILE.toml",
    help="Mapping that names the columns of these lists, as of import --map.",
)


def _own_weights(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> dict[str, float]:
    """``NAME=VALUE`` words as a mapping; the names are checked later."""
    found: dict[str, float] = {}
    for word in given:
        name, _, value = word.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise click.BadParameter(
                f"{word!r} is not NAME=VALUE, such as reach=0.5"
            ) from None
    return found


_TAB = ("tab", "\\t")  # what a shell can hardly pass on


def _layout(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> Layout:
    """``NAME=VALUE`` words as a layout."""
    said: dict[str, Any] = {}
    known = [field.name for field in fields(Layout)]
    for word in given:
        name, sign, value = word.partition("=")
        if name not in known or not sign or not value:
            raise click.BadParameter(
                f"{word!r} is not NAME=VALUE with one of {', '.join(known)}"
            )
        said[name] = "\t" if name == "separator" and value in _TAB else value
    try:
        if "header" in said:
            said["header"] = int(said["header"] if said["header"].isdecimal() else 0)
        return Layout(**said)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


layout = click.option(
    "--layout",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_layout,
    help="How tables stand in their files: sheet=Edges, header=3 (row of the headings),"
    " encoding=cp1252, separator=tab, decimal=,; repeatable.",
)
weights = click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_own_weights,
    help="Your own weight for a contribution or one of its signals, such as reach=0.5;"
    " repeatable.",
)


def _layers(
    _context: click.Context, _option: click.Parameter, given: str | None
) -> dict[str, float] | None:
    """``follow,mention=2`` as a mapping; names and ranges are checked later."""
    if given is None:
        return None
    found: dict[str, float] = {}
    for word in given.split(","):
        name, sign, value = (part.strip() for part in word.partition("="))
        if not name:
            raise click.BadParameter(f"{given!r} lacks the name of a layer")
        if name in found:
            raise click.BadParameter(f"{name!r} is named twice")
        try:
            found[name] = float(value) if sign else 1.0
        except ValueError:
            raise click.BadParameter(
                f"{word.strip()!r} is not LAYER or LAYER=WEIGHT, such as mention=2"
            ) from None
    return found


layers = click.option(
    "--layers",
    metavar="LAYER[=WEIGHT],...",
    callback=_layers,
    help="Read only ties of these layers, such as follow,mention=2; a weight says how"
    " much each of them counts (1).  [default: all but mention_in_repost]",
)


def people(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options for area, period and people."""
    for option in (role, specialty, country, audience, until, since, area):
        function = option(function)
    return function


def keep_inputs(given: Mapping[str, object]) -> None:
    """Refuse to write over what the command reads, before it begins.

    Args:
        given: the values of the command's parameters, by name.

    Raises:
        OutputError: if the result, or its provenance, would replace such a file, or
            cannot be written.
    """
    out = given.get("out")
    if not isinstance(out, Path):
        return
    writing.check(out)
    outcome = [out]
    if writing.is_regular(out):
        outcome.append(out.with_name(f"{out.name}.provenance.json"))
        writing.check(outcome[-1])
    for name, path in given.items():
        if name == "out" or not isinstance(path, Path):
            continue
        what = "the study itself" if name == "study" else f"the file of --{name}"
        for written in outcome:
            if writing.is_same(written, path):
                raise OutputError(written, f"that is {what}; name another file")


def printed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options for the format and the file of a result."""
    decorated: Callable[..., Any] = format_name(out(function))
    return decorated
