"""Errors of results that are written, and of what that needs."""

from __future__ import annotations

from hcpgraph.errors.base import AboutFile, HcpgraphError


class OutputError(AboutFile):
    """A result cannot be written to its file."""

    line = "cannot write {path}: {reason}"


class UnreadableOutput(AboutFile):
    """What an output says cannot be read back, so that nobody can say what it holds."""


class FigureError(HcpgraphError):
    """There is nothing to draw, or the file kind is not one figures know."""


class MissingExtra(HcpgraphError):
    """An optional library is not installed.

    Attributes:
        extra: the name under which pip installs it with hcpgraph.
    """

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f"{what} needs {library}: pip install 'hcpgraph[{extra}]'")
        self.extra = extra
