"""What every command has: examples that keep their lines, and ``--quiet``."""

from __future__ import annotations

from typing import Any, Final

import click

from hcpgraph.cli import access
from hcpgraph.cli.options import keep_inputs

_QUIET: Final = "hcpgraph.quiet"


def _be_quiet(context: click.Context, _option: click.Parameter, value: Any) -> None:
    if value:
        context.meta[_QUIET] = True


def is_quiet(context: click.Context | None = None) -> bool:
    """Whether the running command has the option ``--quiet``.

    Args:
        context: of the command; needed in threads, which have none of their own.
    """
    context = context or click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


QUIET: Final = click.Option(
    ["-q", "--quiet"],
    is_flag=True,
    expose_value=False,
    callback=_be_quiet,
    help="No notes and no progress; errors are still shown.",
)


class Verbatim(click.Command):
    r"""A command whose docstring may hold examples, each behind a line ``\b``.

    click keeps the lines of a paragraph that begins with the *character* backspace;
    a raw docstring holds a backslash and a b instead.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        *own, asks_for_help = super().get_params(ctx)
        return [*own, *access.OPTIONS, QUIET, asks_for_help]

    def invoke(self, ctx: click.Context) -> Any:
        keep_inputs(ctx.params)
        return super().invoke(ctx)

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        self.help = (self.help or "").replace("\\b\n", "\b\n")
        super().format_help_text(ctx, formatter)
