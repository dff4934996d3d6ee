"""Pages that are made from the code: what it offers, in its own words."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING

import click

from hcpgraph import areas, cli, compiled, errors, measures, ranking
from hcpgraph.model import names
from hcpgraph.model.column import KINDS, PRIVACY, Column
from hcpgraph.model.columns import LISTS
from hcpgraph.model.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# what a list is, for its heading
HEADINGS = {
    "nodes": "Accounts of a network: `export nodes`, GEXF, GraphML, graphology",
    "ties": "Ties of a network: `export ties`, GEXF, GraphML, graphology",
    "evidence": "Posts behind ties: `export evidence`",
    "about": "Sheet *About* of a workbook",
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n"
        for line in lines
    )


def commands() -> str:
    """Every command with its help, its arguments and its options."""
    parts = [
        "# Commands\n",
        "The same as `hcpgraph COMMAND --help`. Every command also takes `-q` (no notes"
        " and no progress). Exit codes: 0, done; 1, refused, with one line that says"
        " what to do; 2, a command or option that there is not.\n",
    ]
    for name in cli.main.list_commands(click.Context(cli.main)):
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None  # it is listed
        parts.append(_command(command, f"hcpgraph {name}"))
    return "\n".join(parts)


def _command(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name)
    said, _, example = inspect.cleandoc(command.help or "").partition("\\b\nExample:\n")
    usage = command.get_usage(context).removeprefix("Usage: ")
    rows = [
        _option(option, context)
        for option in command.get_params(context)
        if isinstance(option, click.Option)
        and not {"--help", "--quiet"} & set(option.opts)
    ]
    parts = [f"## {name}\n", _plain(said), f"```text\n{' '.join(usage.split())}\n```\n"]
    if rows:
        parts.append(table(["option", "meaning"], rows))
    if example:
        parts.append(f"```sh\n{inspect.cleandoc(example)}\n```\n")
    return "\n".join(parts)


# without the range that click adds
_DEFAULT = re.compile(r"\[default: ([^\]]*?)(?:; [\d.]*<?=?x[<>=\d.]*)?\]")


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    """An option as it is typed; its help, what it may be, and what it is else."""
    typed = ", ".join(option.opts)
    said = [_plain(option.help or "")]
    if isinstance(option.type, click.Choice):
        said.append(f"One of {', '.join(f'`{one}`' for one in option.type.choices)}.")
    elif not option.is_flag:
        numeric = isinstance(option.type, click.IntRange | click.FloatRange)
        typed += f" {option.metavar or ('N' if numeric else 'TEXT')}"
    record = option.get_help_record(context)
    shown = _DEFAULT.search(record[1]) if record else None
    said = [re.sub(r"\s*\\\[default: .*\\\]$", "", part) for part in said]
    if shown:
        said.append(f"Default: {shown[1]}.")
    return f"`{typed}`", " ".join(part for part in said if part)


def _plain(text: str) -> str:
    """Help as Markdown: options as code, and nothing in it is markup."""
    parts = re.split(r"(?<!\S)(--?[a-z][\w-]*)", text.replace("\\b\n", ""))
    return "".join(
        f"`{part}`" if place % 2 else re.sub(r"([*_<\\[\]])", r"\\\1", part)
        for place, part in enumerate(parts)
    )


def _meaning(column: Column) -> str:
    """What a column means, and which others a viewer must see to see it."""
    if not column.of:
        return column.meaning
    names = ", ".join(f"`{name}`" for name in column.of)
    return f"{column.meaning} (for viewers who see {names})"


def columns() -> str:
    """Every column of every list, as it is declared."""
    parts = [
        "# Columns\n",
        "What stands in the lists that commands print and write. An empty cell is *not"
        " known* or *not computed*, never zero. Numbers in files have all their digits,"
        " those on a screen three. The last column says of whom a column tells:\n",
        table(
            ["tells of", "that is"], [(f"*{n}*", said) for n, said in PRIVACY.items()]
        ),
        "Numbers of *points* are parts of a score, in which a doubling of a signal adds"
        " the same everywhere.\n",
    ]
    for listing, declared in LISTS.items():
        rows = [
            (f"`{c.name}`", _meaning(c), KINDS[c.kind], c.unit, f"*{c.privacy}*")
            for c in declared
        ]
        head = ["column", "meaning", "type", "unit", "tells of"]
        said = HEADINGS.get(listing, f"`hcpgraph {listing}`")
        if listing.startswith("explain "):
            said = (
                f"`hcpgraph explain --format json`: {listing.removeprefix('explain ')}"
            )
        parts += [f"## {said}\n", table(head, rows)]
    return "\n".join(parts)


def formats() -> str:
    """What can be read and written."""
    read = [(f"`{one.name}`", one.reads, one.brings) for one in FORMATS]
    layers = [
        (f"`{layer}`", f"{names.DEFAULT_LAYERS.get(layer, 0):g}")
        for layer in names.LAYERS
    ]
    written = [(f"`{n}`", ", ".join(ends)) for n, ends in names.EXPORTS.items()]
    drawn = [
        (f"`{kind}`", ", ".join(f"`--{option}`" for option in options) or "none")
        for kind, options in names.FIGURE_OPTIONS.items()
    ]
    return "\n".join(
        [
            "# Formats\n",
            "## Files that are read\n",
            "A file is recognised by its content; `--format` of `hcpgraph import`"
            " overrides that. Any file may be gzipped.\n",
            table(["`--format`", "what it is", "what it brings"], read),
            "## Layers of ties\n",
            "A tie points from who pays attention to who receives it. A layer of weight"
            " 0 is not read unless asked for (`layers=` in Python).\n",
            table(["layer", "weight"], layers),
            "## Files that are written\n",
            "Lists are written as CSV, JSON, Parquet or text (`-o`, `--format`); each"
            " file has `FILE.provenance.json` beside it. `hcpgraph export` writes:\n",
            table(["target", "file"], written),
            "## Figures\n",
            f"`hcpgraph figure` writes {', '.join(names.PICTURES)}, for a page that is"
            f" a {' or '.join(names.PAGES)}.\n",
            table(["kind", "options of its own"], drawn),
        ]
    )


def configuration() -> str:
    """What can be set, and what is set out of the box."""
    weighs = ranking.prior().value
    signals = [
        (f"`{s.name}`", s.family, f"{weighs.get(s.name, 0):g}", s.meaning, s.unit)
        for s in ranking.SIGNALS
    ]
    offered = [
        (f"`{name}`", _first(getattr(measures, name))) for name in names.MEASURES
    ]
    known = [(f"`{a.slug}`", a.name, a.mesh or "") for a in areas.load().areas]
    said = _first(compiled.n_threads)
    return "\n".join(
        [
            "# Configuration\n",
            "There is no file of settings: what is asked stands in the command, and"
            " with `-o` in the provenance file.\n",
            "## Environment\n",
            table(["variable", "meaning"], [(f"`{compiled.THREADS}`", said)]),
            "## Signals and their weights\n",
            "`--weight NAME=VALUE` of `rank` and `explain` takes a signal or one of the"
            f" contributions {', '.join(names.CONTRIBUTIONS)}.\n",
            table(["signal", "contribution", "weight", "meaning", "unit"], signals),
            "## Measures\n",
            "`rank --by` takes the score or one of these.\n",
            table(["measure", "what it is"], offered),
            "## Who may be listed\n",
            f"`--audience`: {', '.join(names.AUDIENCES)}. `--role`:"
            f" {', '.join(names.ROLES)}.\n",
            "## Disease areas\n",
            "`hcpgraph areas STUDY --add mine.toml` adds areas or terms.\n",
            table(["area", "name", "MeSH"], known),
        ]
    )


def _first(function: Callable[..., object]) -> str:
    """The first sentence of a docstring."""
    text = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
    return re.sub(r"``", "`", text)


# page -> (title, what is on it, {module: names})
_PYTHON: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {
    "api/study": (
        "Study",
        "`import hcpgraph as hg`; everything begins with `hg.Study(path)`.",
        {
            "hcpgraph.study": ("Study",),
            "hcpgraph.model.files": ("ImportOptions", "Layout"),
        },
    ),
    "api/results": (
        "Results",
        "What the methods of a study return: values that show as tables in a notebook.",
        {
            "hcpgraph.model.table": ("Table",),
            "hcpgraph.model.ranking": ("Ranking",),
            "hcpgraph.model.communities": ("Communities",),
            "hcpgraph.model.prospects": ("Prospects", "Certificate"),
            "hcpgraph.model.explanation": ("Explanation", "Section"),
            "hcpgraph.model.comparison": ("Comparison",),
            "hcpgraph.model.rising": ("Rising",),
            "hcpgraph.model.backtest": ("Backtest",),
            "hcpgraph.model.files": ("FileReport",),
            "hcpgraph.model.scores": ("Scores", "Partition"),
        },
    ),
    "api/graph": ("Graph", "Compressed sparse rows.", {"hcpgraph.graph": ("Graph",)}),
    "api/measures": (
        "Measures",
        "`hg.measures`: a graph in, scores out, one measure a function.",
        {"hcpgraph.measures": names.MEASURES},
    ),
    "api/communities": (
        "Communities",
        "`hg.communities`: a graph in, a partition out.",
        {
            "hcpgraph.communities": (
                *("leiden", "label_propagation", "modularity", "conductance"),
                "agreement",
            )
        },
    ),
    "api/prospects": (
        "Prospects",
        "`hg.prospects`: whom to approach, from a graph alone.",
        {"hcpgraph.prospects": ("maximize_influence", "key_players")},
    ),
    "api/figures": (
        "Figures",
        "`hg.figures`: values in, matplotlib figures out.",
        {
            "hcpgraph.figures": (
                *("network", "ranking", "communities", "areas", "timeline"),
                *("coverage", "backtest", "save"),
            )
        },
    ),
}


def _python(page: str) -> str:
    title, said, modules = _PYTHON[page]
    parts = [f"# {title}\n", f"{said}\n", "```{eval-rst}"]
    for module, offered in modules.items():
        for name in offered:
            found = getattr(import_module(module), name)
            kind = "autoclass" if inspect.isclass(found) else "autofunction"
            members = ["   :members:"] if kind == "autoclass" else []
            parts += [f".. {kind}:: {module}.{name}", *members, ""]
    return "\n".join([*parts, "```\n"])


def _errors() -> str:
    """The tree of errors as its module draws it, and each of them."""
    tree = inspect.cleandoc(errors.__doc__ or "")
    found = [n for n, one in vars(errors).items() if inspect.isclass(one)]
    listed = [f".. autoexception:: hcpgraph.errors.{name}\n" for name in found]
    return "\n".join(
        ["# Errors\n", f"```text\n{tree}\n```\n", "```{eval-rst}", *listed, "```\n"]
    )


def _pages_of_python() -> dict[str, Callable[[], str]]:
    def page(name: str) -> Callable[[], str]:
        return lambda: _python(name)

    return {**{name: page(name) for name in _PYTHON}, "api/errors": _errors}


# page -> what makes it
REFERENCE: dict[str, Callable[[], str]] = {
    "reference/commands": commands,
    "reference/columns": columns,
    "reference/formats": formats,
    "reference/configuration": configuration,
}
API: dict[str, Callable[[], str]] = _pages_of_python()
