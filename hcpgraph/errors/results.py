"""Errors of results that are written, and of what that needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors.base import HcpgraphError

if TYPE_CHECKING:
    from pathlib import Path


class OutputError(HcpgraphError):
    """A result cannot be written to its file."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}")
        self.path = path
        self.reason = reason


class UnreadableOutput(HcpgraphError):
    """What an output says cannot be read back, so that nobody can say what it holds.

    Attributes:
        path: the file.
        reason: why, as a sentence.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


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
