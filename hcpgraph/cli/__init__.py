"""The ``hcpgraph`` command: parse, call the study, print. No analysis here.

One module a command, imported when it is called; ``options`` holds the options
that several share, ``output`` how results are printed and saved.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from hcpgraph.cli import progress, screen
from hcpgraph.cli.examples import Verbatim
from hcpgraph.errors import HcpgraphError
from hcpgraph.model.signs import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

# name -> (module, one line of help): what ``--help`` needs without importing
_COMMANDS = {
    "demo": ("demo", "Make a synthetic study and run the whole chain on it."),
    "inspect": ("inspect", "Say what files are, before they are imported."),
    "import": ("import_files", "Bring social exports into a study."),
    "info": ("info", "Summarise a study."),
    "areas": ("areas", "List disease areas, or add some."),
    "rank": ("rank", "List key opinion leaders."),
    "explain": ("explain", "Explain the rank of a person."),
    "compare": ("compare", "List significant changes between two periods."),
    "rising": ("rising", "List people likely to enter the top decile next period."),
    "backtest": ("backtest", "Validate past rankings on later attention."),
    "communities": ("communities", "Find communities and list their members."),
    "prospects": ("prospects", "Suggest people to approach next, with reasons."),
    "figure": ("figure", "Draw a figure of the network, the ranking and more."),
    "report": ("report", "Write one page that opens offline."),
    "export": ("export", "Write networks, tables and workbooks for other tools."),
    "find": ("find", "Find accounts by part of a name, handle or bio."),
    "consent": ("consent", "Apply what people allow and object to, or list it."),
    "correct": ("correct", "Correct a role or name by hand, or hide a person."),
    "remove": ("remove", "Remove one imported file."),
    "forget": ("forget", "Erase people for good, with a certificate."),
    "audit": ("audit", "List what was written out of a study, when and why."),
    "policy": ("policy", "Show, set or check who may see what, for how long."),
}

_WRITING = {"import", "demo", "consent"}
_QUERY_INTERRUPTED = "Query interrupted"  # what Ctrl-C is while DuckDB reads
_SELDOM: Final = 200_000  # new objects between two searches for garbage


class LazyGroup(Verbatim, click.Group):
    """Imports a command when it is called, and words errors for people."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"hcpgraph.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for word in args:
            try:
                word.encode()
            except UnicodeEncodeError:  # Python keeps stray bytes as half characters
                shown = word.encode(errors="backslashreplace").decode()
                ctx.fail(f"{shown} is no UTF-8 text; rename it, or set PYTHONUTF8=1")
        with _worded(ctx):  # help is printed here
            return super().parse_args(ctx, args)

    def main(self, *arguments: Any, **options: Any) -> Any:  # as click calls it
        with screen.opened():
            return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        if screen.shows_notes():
            _hear_log()
        _spare_time()
        with _worded(ctx), progress.shown():
            return super().invoke(ctx)


@contextmanager
def _worded(ctx: click.Context) -> Iterator[None]:
    """Every condition is one line; only a fault of the program shows where it is."""
    try:
        yield
    except click.ClickException as error:
        error.message = on_one_line(error.message)  # type: ignore[misc] # the same, seen
        raise
    except HcpgraphError as error:
        raise click.ClickException(on_one_line(str(error))) from error
    except OSError as error:
        raise screen.worded(error) from error
    except KeyboardInterrupt as error:
        raise click.ClickException(_interrupted(ctx)) from error
    except RuntimeError as error:
        if str(error) != _QUERY_INTERRUPTED:
            raise
        raise click.ClickException(_interrupted(ctx)) from error


def _hear_log() -> None:
    """Show log messages of the library on stderr, such as that it compiles."""
    import logging  # noqa: PLC0415 - 0.01 s, which pipes need not pay

    logging.basicConfig(format="%(message)s")
    logging.getLogger("hcpgraph").setLevel(logging.INFO)


def _spare_time() -> None:
    """Leave out what Python and libraries do for programs that run longer.

    Python would look for garbage after every 700 new objects, and at the end; the
    modules of a command alone are more than 100,000, and none of them is garbage.
    OpenBLAS would have threads wait busily for products of large matrices, of which
    there are none. numba would import coverage.py, if installed, in case that it runs.
    """
    gc.set_threshold(_SELDOM)
    atexit.register(gc.freeze)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.modules.setdefault("coverage", None)  # type: ignore[arg-type] # "not there"


def _interrupted(ctx: click.Context) -> str:
    """What Ctrl-C has left behind, as a sentence."""
    if ctx.invoked_subcommand in _WRITING:
        return (
            "interrupted; the file in progress was not imported, those before it were"
        )
    return "interrupted; the study is as it was before"


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hcpgraph")
def main() -> None:
    r"""Find the opinion leaders of a medical community.

    A STUDY is one file, such as oncology.duckdb: import social exports into it,
    then list opinion leaders, communities and people to approach next.

    \b
    Example:
        hcpgraph demo
        hcpgraph import oncology.duckdb tweets.jsonl roster.csv
        hcpgraph rank oncology.duckdb --area breast-cancer --top 25
    """
