"""Help texts with examples that keep their lines."""

from __future__ import annotations

import click


class Verbatim(click.Command):
    r"""A command whose docstring may hold examples, each behind a line ``\b``.

    click keeps the lines of a paragraph that begins with the *character* backspace;
    a raw docstring holds a backslash and a b instead.
    """

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        self.help = (self.help or "").replace("\\b\n", "\b\n")
        super().format_help_text(ctx, formatter)
