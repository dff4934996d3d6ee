"""The classes that errors of hcpgraph are of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path


class HcpgraphError(Exception):
    """Base class: catch it to catch everything hcpgraph raises on purpose."""


class AboutFile(HcpgraphError):
    """What is wrong with a file, be it an export, a study, a key or a result.

    Attributes:
        path: the file.
        reason: what is wrong with it and what to do, as a sentence.
        line: how the message puts the two together.
    """

    line: ClassVar[str] = "{path}: {reason}"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(self.line.format(path=path, reason=reason))
        self.path = path
        self.reason = reason
